//! Table `Sockets`.

use std::net::IpAddr;

use whotalks_record::{Text, Timestamp};

use crate::cell::Json;
use crate::declare::{columns, table};
use crate::hunting::declare::hunting_table;

hunting_table! {
    /// Socket listings over time.
    pub struct Sockets;
    /// One row of a socket listing.
    pub struct SocketRow {
        /// When it happened, in UTC, on the reference clock of the case.
        pub timestamp as Timestamp: Timestamp [Correlation],
        /// A stable identifier of the host, made from its name or its addresses; the same in every case.
        pub device_id as DeviceId: Text [Correlation],
        /// The name of the host as its own evidence writes it; empty where no evidence names it.
        pub device_name as DeviceName: Text [Correlation lookup],
        /// The number of the listing within its evidence, from 0.
        pub snapshot as Snapshot: i32 [Reader],
        /// The tool that wrote the listing.
        pub tool as Tool: Text [Reader],
        /// How the time of the listing is known: `stated`, `file-modified` or `none`.
        pub time_source as TimeSource: Text [Reader],
        /// The protocol above IP.
        pub protocol as Protocol: Text [Evidence],
        /// The address of the host's own end.
        pub local_ip as LocalIP: IpAddr [Evidence],
        /// The port of the host's own end.
        pub local_port as LocalPort: i32 [Evidence],
        /// The address of the far end; empty for listeners.
        pub remote_ip as RemoteIP: IpAddr [Evidence],
        /// The port of the far end; null for listeners.
        pub remote_port as RemotePort: i32 [Evidence],
        /// The TCP state; empty where the listing has none.
        pub state as State: Text [Evidence],
        /// The owner, where listed.
        pub process_id as ProcessId: i64 [Evidence],
        /// The image of the owner as listed; it ends in `…` where the tool cut it.
        pub process_file_name as ProcessFileName: Text [Evidence lookup],
        /// The component or service, where listed.
        pub component as Component: Text [Evidence],
        /// The modules of the call chain, lowest first, as an array.
        pub modules as Modules: Json [Evidence],
        /// The reference to the evidence that states it, as `whotalks explain` takes it (`E1#801`).
        pub span as Span: Text [Reader],
    }
}
