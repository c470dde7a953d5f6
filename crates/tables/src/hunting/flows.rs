//! Table `Flows`.

use std::net::IpAddr;

use whotalks_record::{Text, Timestamp};

use crate::cell::Json;
use crate::declare::{columns, table};
use crate::hunting::declare::hunting_table;

hunting_table! {
    /// Who talked to whom: one row per conversation as one host sees it, of packets, events and listings, with all that was
    /// concluded about it.
    pub struct Flows;
    /// One conversation as one host sees it.
    pub struct FlowRow {
        /// When it happened, in UTC, on the reference clock of the case.
        pub timestamp as Timestamp: Timestamp [Correlation],
        /// The last moment of it.
        pub last_seen as LastSeen: Timestamp [Correlation],
        /// A stable identifier of the host, made from its name or its addresses; the same in every case.
        pub device_id as DeviceId: Text [Correlation],
        /// The name of the host as its own evidence writes it; empty where no evidence names it.
        pub device_name as DeviceName: Text [Correlation lookup],
        /// The protocol above IP.
        pub protocol as Protocol: Text [Evidence],
        /// Who opened it, seen from the host: `outbound` or `inbound`; empty where not known.
        pub direction as Direction: Text [Correlation],
        /// The address of the host's own end.
        pub local_ip as LocalIP: IpAddr [Evidence],
        /// The port of the host's own end.
        pub local_port as LocalPort: i32 [Evidence],
        /// The address of the far end.
        pub remote_ip as RemoteIP: IpAddr [Evidence],
        /// The port of the far end.
        pub remote_port as RemotePort: i32 [Evidence],
        /// The Community ID, version 1: the same text for one conversation in every tool.
        pub community_id as CommunityId: Text [Reader lookup],
        /// Packets that the host sent; null (not zero) without packets in the evidence.
        pub sent_packets as SentPackets: i64 [Evidence packets],
        /// Bytes of IP packets that the host sent.
        pub sent_ip_bytes as SentIpBytes: i64 [Evidence bytes],
        /// Bytes for the application that the host sent.
        pub sent_payload_bytes as SentPayloadBytes: i64 [Evidence bytes],
        /// Packets that the host received.
        pub received_packets as ReceivedPackets: i64 [Evidence packets],
        /// Bytes of IP packets that the host received.
        pub received_ip_bytes as ReceivedIpBytes: i64 [Evidence bytes],
        /// Bytes for the application that the host received.
        pub received_payload_bytes as ReceivedPayloadBytes: i64 [Evidence bytes],
        /// The initial round-trip time.
        pub initial_rtt as InitialRtt: i64 [Reader nanoseconds],
        /// Whether the called end answered; null where the evidence cannot tell.
        pub answered as Answered: bool [Correlation],
        /// How it ended, where packets show it.
        pub close_reason as CloseReason: Text [Reader],
        /// What its content was recognised as.
        pub application as Application: Text [Reader],
        /// How that is known: `content`, `tunnel`, `name` or `port`.
        pub recognised_by as RecognisedBy: Text [Reader],
        /// How sure the process is.
        pub process_grade as ProcessGrade: Text [Correlation],
        /// How the process was found.
        pub process_rule as ProcessRule: Text [Correlation],
        /// The process identifier; see `ProcessGrade`.
        pub process_id as ProcessId: i64 [Correlation],
        /// When the process started.
        pub process_started as ProcessStarted: Timestamp [Correlation],
        /// When the process ended.
        pub process_ended as ProcessEnded: Timestamp [Correlation],
        /// The image of the process; see `ProcessGrade`.
        pub process_image as ProcessImage: Text [Correlation lookup],
        /// The command line of the process.
        pub process_command_line as ProcessCommandLine: Text [Evidence],
        /// The account of the process.
        pub process_user as ProcessUser: Text [Evidence],
        /// The services inside the process; several are candidates, never a pick.
        pub process_services as ProcessServices: Json [Correlation],
        /// Why the process, or a part of it, is not known.
        pub process_unknown as ProcessUnknown: Text [Correlation],
        /// Other programs that evidence of the same grade names, as an array of objects.
        pub process_conflicts as ProcessConflicts: Json [Correlation],
        /// How sure it is that the process relays for another one on the host.
        pub relayed_for_grade as RelayedForGrade: Text [Correlation],
        /// The process that it relays for.
        pub relayed_for_process_id as RelayedForProcessId: i64 [Correlation],
        /// The image of the process that it relays for.
        pub relayed_for_image as RelayedForImage: Text [Correlation],
        /// The best name of the far end; see `RemoteNameGrade`.
        pub remote_name as RemoteName: Text [Correlation lookup],
        /// The port that was asked of a proxy.
        pub remote_name_port as RemoteNamePort: i32 [Evidence],
        /// How the name is known.
        pub remote_name_evidence as RemoteNameEvidence: Text [Correlation],
        /// How sure the name is.
        pub remote_name_grade as RemoteNameGrade: Text [Correlation],
        /// Why the name is not known.
        pub remote_name_unknown as RemoteNameUnknown: Text [Correlation],
        /// All other candidates, best first, as an array of objects.
        pub other_names as OtherNames: Json [Correlation],
        /// Whether the host let it through, by its own log: `allowed`, `blocked`, `dropped-packets`, `passed` or `unknown`.
        pub verdict as Verdict: Text [Correlation],
        /// How sure the verdict is.
        pub verdict_grade as VerdictGrade: Text [Correlation],
        /// The run-time identifier of the deciding filter.
        pub filter_id as FilterId: i64 [Evidence],
        /// The display name of the deciding filter.
        pub filter_name as FilterName: Text [Correlation],
        /// The provider of the deciding filter.
        pub filter_provider as FilterProvider: Text [Correlation],
        /// The rule or default that the filter comes from.
        pub filter_origin as FilterOrigin: Text [Correlation],
        /// The layer of the filter.
        pub filter_layer as FilterLayer: Text [Correlation],
        /// What the filter does.
        pub filter_action as FilterAction: Text [Correlation],
        /// How sure the name of the filter is.
        pub filter_grade as FilterGrade: Text [Correlation],
        /// Packets of it that the log says were dropped; by themselves no decision.
        pub dropped_packets as DroppedPackets: i64 [Correlation packets],
        /// Why the decision or the filter is not known.
        pub verdict_unknown as VerdictUnknown: Text [Correlation],
        /// The flow in its capture, such as `E1:17`; joins with `Flows`.
        pub flow_id as FlowId: Text [Reader],
        /// The reference to the evidence that states it, as `whotalks explain` takes it (`E1#801`).
        pub span as Span: Text [Reader],
        /// All references to the evidence behind it, as an array.
        pub proof as Proof: Json [Correlation],
    }
}
