//! Table `DnsTransactions`.

use std::net::IpAddr;

use whotalks_record::{Text, Timestamp};

use crate::cell::Json;
use crate::declare::{columns, table};
use crate::hunting::declare::hunting_table;

hunting_table! {
    /// DNS questions and answers that packets show, and those of the DNS client in its own log or in a trace.
    pub struct DnsTransactions;
    /// One question and its answer.
    pub struct DnsRow {
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
        /// Over what it travelled: `udp`, `tcp` or `multicast`; `client` where the DNS client of the host tells of it.
        pub transport as Transport: Text [Reader],
        /// The name that was asked for.
        pub query as Query: Text [Evidence lookup],
        /// The type that was asked for, such as `A`.
        pub query_type as QueryType: Text [Evidence],
        /// The number of that type.
        pub query_type_code as QueryTypeCode: i32 [Evidence],
        /// When it was asked; null where only the answer was captured.
        pub asked_time as AskedTime: Timestamp [Evidence],
        /// When it was answered; null where no answer was captured.
        pub answered_time as AnsweredTime: Timestamp [Evidence],
        /// The response code, 0 for no error; null without an answer.
        pub response_code as ResponseCode: i32 [Evidence],
        /// The name of the response code, such as `NXDOMAIN`.
        pub response_name as ResponseName: Text [Evidence],
        /// The answer section in order, as an array of objects with `name`, `ttl`, `type` and `data`.
        pub answers as Answers: Json [Evidence],
        /// The flow in its capture, such as `E1:17`; joins with `Flows`.
        pub flow_id as FlowId: Text [Reader],
        /// The reference to the evidence that states it, as `whotalks explain` takes it (`E1#801`).
        pub span as Span: Text [Reader],
    }
}
