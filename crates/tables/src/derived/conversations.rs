//! Table `Conversations`.

use std::net::IpAddr;

use whotalks_correlate::{FilterMatch, NameEvidence, ProcessRule, Verdict};
use whotalks_record as record;
use whotalks_record::{
    ApplicationProtocol, CloseReason, Direction, FilterAction, Grade, Nanoseconds, RecognisedBy, SourceKind, Text,
    Timestamp,
};

use crate::declare::{columns, item, row_item, row_table, table};
use crate::words::UnknownKind;

row_table! {
    /// Who talked to whom, under which name, decided by which filter: one row per conversation as one host sees it, every
    /// statement with its grade and its references to evidence (`E1#801`, `E2@77391`, `E3:14`; see `whotalks explain`).
    pub struct Conversations(Derived);
    /// One conversation, flattened from [`whotalks_correlate::Conversation`].
    pub struct ConversationRow {
        /// First moment, on the reference clock.
        pub first as First: Option<Timestamp> [Correlation],
        /// Last moment, on the reference clock.
        pub last as Last: Option<Timestamp> [Correlation],
        /// The host's computer name; none where only its addresses are known, or no host has the local address.
        pub host as Host: Option<Text> [Correlation lookup],
        /// The number of the host in this case; none where no host in the evidence has the local address.
        pub host_number as HostNumber: Option<u32> [Correlation],
        /// The protocol above IP.
        pub protocol as Protocol: record::IpProtocol [Evidence],
        /// Who opened it, seen from the host.
        pub direction as Direction: Option<Direction> [Correlation],
        /// The address of the host's end.
        pub local_address as LocalAddress: IpAddr [Evidence],
        /// The port of the host's end.
        pub local_port as LocalPort: u16 [Evidence],
        /// The address of the far end.
        pub remote_address as RemoteAddress: IpAddr [Evidence],
        /// The port of the far end.
        pub remote_port as RemotePort: u16 [Evidence],
        /// The capture of its flow, where there are packets.
        pub flow_evidence as FlowEvidenceId: Option<record::EvidenceId> [Reader],
        /// Its flow in that capture; joins with `Flows`.
        pub flow as FlowId: Option<record::FlowId> [Reader],
        /// Packets the host sent; none (not zero) without packets in the evidence.
        pub sent_packets as SentPackets: Option<u64> [Evidence packets],
        /// Bytes of IP packets the host sent.
        pub sent_ip_bytes as SentIpBytes: Option<u64> [Evidence bytes],
        /// Bytes for the application the host sent.
        pub sent_payload_bytes as SentPayloadBytes: Option<u64> [Evidence bytes],
        /// Packets the host received.
        pub received_packets as ReceivedPackets: Option<u64> [Evidence packets],
        /// Bytes of IP packets the host received.
        pub received_ip_bytes as ReceivedIpBytes: Option<u64> [Evidence bytes],
        /// Bytes for the application the host received.
        pub received_payload_bytes as ReceivedPayloadBytes: Option<u64> [Evidence bytes],
        /// The initial round-trip time.
        pub initial_rtt as InitialRtt: Option<Nanoseconds> [Reader],
        /// Whether the called end answered; none where the evidence cannot tell.
        pub answered as Answered: Option<bool> [Correlation],
        /// How it ended, where packets show it.
        pub close as CloseReason: Option<CloseReason> [Reader],
        /// What its content was recognised as.
        pub application as Application: ApplicationProtocol [Reader],
        /// How that is known: `content`, `name` of whom TLS was for, or `port` where it is a guess; none where it is not known.
        pub recognised_by as RecognisedBy: Option<RecognisedBy> [Reader],
        /// References to what proves that it happened.
        pub proof as Proof: Vec<Text> [Correlation],

        /// How sure the process is.
        pub process_grade as ProcessGrade: Grade [Correlation],
        /// How the process was found; none where unknown.
        pub process_rule as ProcessRule: Option<ProcessRule> [Correlation],
        /// The process identifier.
        pub process_id as ProcessId: Option<record::Pid> [Evidence],
        /// When the process started, on the reference clock.
        pub process_started as ProcessStarted: Option<Timestamp> [Correlation],
        /// When the process ended, on the reference clock.
        pub process_ended as ProcessEnded: Option<Timestamp> [Correlation],
        /// The image path, in DOS form where the volume is known.
        pub image as Image: Option<Text> [Correlation lookup],
        /// The command line.
        pub command_line as CommandLine: Option<Text> [Evidence],
        /// The parent's image.
        pub parent_image as ParentImage: Option<Text> [Evidence],
        /// The parent's identifier.
        pub parent_process_id as ParentProcessId: Option<record::Pid> [Evidence],
        /// The account.
        pub user as User: Option<Text> [Evidence],
        /// How sure the services are.
        pub service_grade as ServiceGrade: Grade [Correlation],
        /// The service inside the process; several are candidates, never a pick.
        pub services as Services: Vec<Text> [Correlation],
        /// References to what says which process it was, and what it is.
        pub process_proof as ProcessProof: Vec<Text> [Correlation],
        /// Why the process, or a part of it, is unknown.
        pub process_unknown as ProcessUnknown: Option<UnknownKind> [Correlation],
        /// The source that reason blames.
        pub process_unknown_source as ProcessUnknownSource: Option<SourceKind> [Correlation],
        /// Other programs that evidence of the same grade names.
        pub process_conflicts as ProcessConflicts: Vec<ProcessConflictItem> [Correlation],
        /// How sure it is that the process relays for another one on the host; none where nothing shows that it relays.
        pub relayed_for_grade as RelayedForGrade: Option<Grade> [Correlation],
        /// The process it relays for; none where several come into question.
        pub relayed_for_process_id as RelayedForProcessId: Option<record::Pid> [Evidence],
        /// The image of that process.
        pub relayed_for_image as RelayedForImage: Option<Text> [Correlation lookup],
        /// References to what says so.
        pub relayed_for_proof as RelayedForProof: Vec<Text> [Correlation],

        /// The best name of the far end; none where unknown or ambiguous.
        pub name as Name: Option<Text> [Correlation lookup],
        /// The port of a proxy target.
        pub name_port as NamePort: Option<u16> [Evidence],
        /// How the name is known.
        pub name_evidence as NameEvidence: Option<NameEvidence> [Correlation],
        /// How sure the name is.
        pub name_grade as NameGrade: Grade [Correlation],
        /// References to what says the name.
        pub name_proof as NameProof: Vec<Text> [Correlation],
        /// All other candidates, best first.
        pub other_names as OtherNames: Vec<NameCandidateItem> [Correlation],
        /// Why the name is unknown.
        pub name_unknown as NameUnknown: Option<UnknownKind> [Correlation],
        /// The source that reason blames.
        pub name_unknown_source as NameUnknownSource: Option<SourceKind> [Correlation],

        /// Whether it was let through.
        pub verdict as Verdict: Verdict [Correlation],
        /// How sure the verdict is.
        pub verdict_grade as VerdictGrade: Grade [Correlation],
        /// How many events say so.
        pub verdict_events as VerdictEvents: u64 [Correlation],
        /// References to the first events that say so.
        pub verdict_proof as VerdictProof: Vec<Text> [Correlation],
        /// The run-time identifier of the deciding filter.
        pub filter as FilterId: Option<record::FilterId> [Evidence],
        /// Its display name.
        pub filter_name as FilterName: Option<Text> [Correlation lookup],
        /// Its provider.
        pub filter_provider as FilterProvider: Option<Text> [Correlation],
        /// The rule or default it comes from.
        pub filter_origin as FilterOrigin: Option<record::FilterOrigin> [Correlation],
        /// Its layer.
        pub filter_layer as FilterLayer: Option<Text> [Correlation],
        /// What it does.
        pub filter_action as FilterAction: Option<FilterAction> [Correlation],
        /// How sure its name and provider are.
        pub filter_grade as FilterGrade: Option<Grade> [Correlation],
        /// How its name was found.
        pub filter_match as FilterMatch: Option<FilterMatch> [Correlation],
        /// References to what says its name.
        pub filter_proof as FilterProof: Vec<Text> [Correlation],
        /// Packets of it that were dropped, by the log; by themselves no decision.
        pub dropped_packets as DroppedPackets: u64 [Correlation packets],
        /// The filter that dropped packets.
        pub drop_filter as DropFilterId: Option<record::FilterId> [Evidence],
        /// References to the first events that say so.
        pub drop_proof as DropProof: Vec<Text> [Correlation],
        /// Why the decision or the filter is unknown.
        pub verdict_unknown as VerdictUnknown: Option<UnknownKind> [Correlation],
        /// The source that reason blames.
        pub verdict_unknown_source as VerdictUnknownSource: Option<SourceKind> [Correlation],
    }
}

row_item! {
    /// Another program that evidence names for the same conversation.
    pub struct ProcessConflictItem {
        /// Its process identifier.
        pub process_id as ProcessId: Option<record::Pid> [Evidence],
        /// Its image.
        pub image as Image: Option<Text> [Correlation],
        /// How it was found.
        pub rule as Rule: ProcessRule [Correlation],
        /// References to what says so.
        pub proof as Proof: Vec<Text> [Correlation],
    }
}

row_item! {
    /// Another name that something in the evidence gives the far end.
    pub struct NameCandidateItem {
        /// The name.
        pub name as Name: Text [Evidence],
        /// The port of a proxy target.
        pub port as Port: Option<u16> [Evidence],
        /// How it is known.
        pub evidence as Evidence: NameEvidence [Correlation],
        /// How sure.
        pub grade as Grade: Grade [Correlation],
        /// When it was seen.
        pub time as Time: Option<Timestamp> [Evidence],
        /// References to what says so.
        pub proof as Proof: Vec<Text> [Correlation],
    }
}
