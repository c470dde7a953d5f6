//! Table `HttpTransactions`.

use std::net::IpAddr;

use whotalks_record::{Text, Timestamp};

use crate::declare::{columns, table};
use crate::hunting::declare::hunting_table;

hunting_table! {
    /// Hosts that HTTP requests in the clear name: one row per host, path and flow as they were seen.
    pub struct HttpTransactions;
    /// One host that a request named.
    pub struct HttpRow {
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
        /// The host that the request names.
        pub host as Host: Text [Evidence lookup],
        /// The port that the request names.
        pub target_port as TargetPort: i32 [Evidence],
        /// The path of the request without its query, at most 256 bytes.
        pub path as Path: Text [Evidence lookup],
        /// Where the host stood: `http-host`, `http-absolute` (asked of a proxy) or `http-connect` (asked of a proxy).
        pub form as Form: Text [Reader],
        /// The flow in its capture, such as `E1:17`; joins with `Flows`.
        pub flow_id as FlowId: Text [Reader],
        /// The reference to the evidence that states it, as `whotalks explain` takes it (`E1#801`).
        pub span as Span: Text [Reader],
    }
}
