//! Where a flow or a process shows in the written evidence.

use serde::{Deserialize, Serialize};

/// A record of an event log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordReference {
    /// Event id, as 5156.
    pub event_id: u16,
    /// Event record id in its log.
    pub record: u64,
}

/// What is left of a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogRange {
    /// Record id of the first record.
    pub first_record: u64,
    /// Record id of the last record.
    pub last_record: u64,
    /// True instant of the first record.
    pub begins_ns: i64,
    /// Older records were overwritten: the first id is not 1.
    pub overwritten: bool,
    /// Records missing between the first and the last.
    pub records_lost: u64,
}

/// How a socket list shows a flow.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SocketSighting {
    /// The process id in the row; 0 in TIME_WAIT.
    pub pid: u32,
    /// The row is the flow's own; otherwise it is the socket that accepted it or that several UDP flows share.
    pub own_row: bool,
    /// With `-b`: the file name of the owner.
    pub owner: Option<String>,
    /// With `-b`: the service of the socket.
    pub service: Option<String>,
}

/// Where a flow shows.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct FlowEvidence {
    /// Its 5156 or 5157.
    pub decision_event: Option<RecordReference>,
    /// Its 5158.
    pub bind_event: Option<RecordReference>,
    /// For an inbound TCP flow the 5154 of the listener that accepted it.
    pub listener_event: Option<RecordReference>,
    /// The event fell into a run of lost records.
    pub event_lost: bool,
    /// The event is older than the log.
    pub event_before_log: bool,
    /// Its Sysmon 3.
    pub sysmon_event: Option<RecordReference>,
    /// Its row, or its listener's, in the socket list.
    pub socket: Option<SocketSighting>,
    /// Every packet without which the name cannot be read is in the capture.
    pub name_in_packets: bool,
    /// The name was sent, but only encrypted.
    pub name_encrypted: bool,
    /// The name was sent in the clear in packets that the capture does not hold.
    pub name_packets_missing: bool,
    /// The flow began before the capture.
    pub began_before_capture: bool,
    /// Packets of the flow that the capture dropped.
    pub packets_lost: u64,
    /// What the trace tells of it.
    #[serde(default)]
    pub trace: TraceSighting,
    /// What the text log of the firewall tells of it; none where that was not written.
    #[serde(default)]
    pub firewall: Option<FirewallSighting>,
}

/// What the text log of the firewall tells of a flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct FirewallSighting {
    /// A row tells that it was let through or blocked.
    pub decides: bool,
    /// The row names the process.
    pub owned: bool,
}

/// What of a flow is left in a trace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is an independent kind of event, told apart by name"
)]
pub struct TraceSighting {
    /// An event names both ends and the process.
    pub owner: bool,
    /// An event tells that the host opened it.
    pub opening: bool,
    /// An event tells that the connection stands.
    pub standing: bool,
    /// An event tells the name that it was opened to.
    pub named: bool,
    /// An HTTP library tells what was asked for over it, and both of its ends.
    #[serde(default)]
    pub requested: bool,
    /// An HTTP library tells what was asked for over a connection to its far end, just then.
    #[serde(default)]
    pub requested_of_far_end: bool,
    /// It is in a list of connections.
    pub listed: bool,
    /// It is there with its process.
    pub listed_with_owner: bool,
    /// An event of its opening was written and lost.
    #[serde(default)]
    pub opening_lost: bool,
}

/// What a trace covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TraceRange {
    /// True instant from which on it tells what happens.
    pub begins_ns: i64,
    /// Whether it lost buffers.
    pub lost: bool,
}

/// Where a process shows.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ProcessEvidence {
    /// Its 4688.
    pub creation_event: Option<RecordReference>,
    /// Its 4689.
    pub exit_event: Option<RecordReference>,
    /// Its Sysmon 1.
    pub sysmon_event: Option<RecordReference>,
    /// It is in the process list.
    pub in_tasklist: bool,
    /// Its command line is readable somewhere.
    pub command_line_written: bool,
    /// A trace names its program.
    #[serde(default)]
    pub in_trace: bool,
}
