//! Table `Names`.

use std::net::IpAddr;

use whotalks_record::{Text, Timestamp};

use crate::cell::Json;
use crate::declare::{columns, table};
use crate::hunting::declare::hunting_table;

hunting_table! {
    /// Every name that something in the evidence gives the far end of a conversation, the best one and all others.
    pub struct Names;
    /// One name candidate of one conversation.
    pub struct NameRow {
        /// When it happened, in UTC, on the reference clock of the case.
        pub timestamp as Timestamp: Timestamp [Correlation],
        /// A stable identifier of the host, made from its name or its addresses; the same in every case.
        pub device_id as DeviceId: Text [Correlation],
        /// The name of the host as its own evidence writes it; empty where no evidence names it.
        pub device_name as DeviceName: Text [Correlation lookup],
        /// The address of the host's own end.
        pub local_ip as LocalIP: IpAddr [Evidence],
        /// The port of the host's own end.
        pub local_port as LocalPort: i32 [Evidence],
        /// The address of the far end.
        pub remote_ip as RemoteIP: IpAddr [Evidence],
        /// The port of the far end.
        pub remote_port as RemotePort: i32 [Evidence],
        /// The name.
        pub name as Name: Text [Evidence lookup],
        /// The port that was asked of a proxy.
        pub target_port as TargetPort: i32 [Evidence],
        /// How the name is known.
        pub name_evidence as NameEvidence: Text [Correlation],
        /// How sure it is.
        pub grade as Grade: Text [Correlation],
        /// Whether it is the answer; the others are candidates.
        pub is_best as IsBest: bool [Correlation],
        /// The flow in its capture, such as `E1:17`; joins with `Flows`.
        pub flow_id as FlowId: Text [Reader],
        /// The reference to the evidence that states it, as `whotalks explain` takes it (`E1#801`).
        pub span as Span: Text [Reader],
        /// All references to the evidence behind it, as an array.
        pub proof as Proof: Json [Correlation],
    }
}
