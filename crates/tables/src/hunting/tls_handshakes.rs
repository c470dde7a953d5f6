//! Table `TlsHandshakes`.

use std::net::IpAddr;

use whotalks_record::{Text, Timestamp};

use crate::declare::{columns, table};
use crate::hunting::declare::hunting_table;

hunting_table! {
    /// Names in the handshakes of TLS and QUIC: what the client asked for, and what a certificate claims.
    pub struct TlsHandshakes;
    /// One name in a handshake.
    pub struct TlsRow {
        /// When it happened, in UTC, on the reference clock of the case.
        pub timestamp as Timestamp: Timestamp [Correlation],
        /// A stable identifier of the host, made from its name or its addresses; the same in every case.
        pub device_id as DeviceId: Text [Correlation],
        /// The name of the host as its own evidence writes it; empty where no evidence names it.
        pub device_name as DeviceName: Text [Correlation lookup],
        /// The address of who asked.
        pub client_ip as ClientIP: IpAddr [Evidence],
        /// The port of who asked.
        pub client_port as ClientPort: i32 [Evidence],
        /// The address of who was asked.
        pub server_ip as ServerIP: IpAddr [Evidence],
        /// The port of who was asked.
        pub server_port as ServerPort: i32 [Evidence],
        /// The name.
        pub server_name as ServerName: Text [Evidence lookup],
        /// Where the name stood: `tls-sni`, `quic-sni` or `certificate`; a certificate is only its own claim.
        pub source as Source: Text [Reader],
        /// Whether the client also sent an encrypted hello, whose name may be another; null for certificates.
        pub encrypted_client_hello as EncryptedClientHello: bool [Evidence],
        /// The flow in its capture, such as `E1:17`; joins with `Flows`.
        pub flow_id as FlowId: Text [Reader],
        /// The reference to the evidence that states it, as `whotalks explain` takes it (`E1#801`).
        pub span as Span: Text [Reader],
    }
}
