//! The truth about a scenario, as stable JSON. All instants are nanoseconds since 1970 by the clock of the capture;
//! add the skew of a source (`clock_skew_ns`) to get what that source says.

mod evidence;
mod tell;

pub use evidence::{
    FirewallSighting, FlowEvidence, LogRange, ProcessEvidence, RecordReference, SocketSighting, TraceRange,
    TraceSighting,
};
pub use tell::{truth, write_truth};

use crate::scenario::Knobs;
use crate::sources::{SourceKind, Sources};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Everything that is true about a scenario and how much of it the written evidence shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Truth {
    /// Seed of the scenario.
    pub seed: u64,
    /// Its switches.
    pub knobs: Knobs,
    /// The kinds of evidence that were written.
    pub sources: Sources,
    /// First instant of the captures.
    pub capture_begins_ns: i64,
    /// Last instant of the captures.
    pub capture_ends_ns: i64,
    /// When `netstat` ran.
    pub snapshot_ns: i64,
    /// When the filters were listed.
    pub filters_ns: i64,
    /// Source clock less true clock, by `Security.evtx@HOST`.
    pub clock_skew_ns: BTreeMap<String, i64>,
    /// The hosts of the scenario, also those that nobody observed.
    pub hosts: Vec<TrueHost>,
    /// Every process of every host.
    pub processes: Vec<TrueProcess>,
    /// Every flow of every host; a flow between two hosts is there twice, once for each view.
    pub flows: Vec<TrueFlow>,
    /// Every lookup.
    pub lookups: Vec<TrueLookup>,
    /// Packets that were dropped although nothing decided against their connection.
    pub packet_drops: Vec<TruePacketDrop>,
    /// What an analyst should be told.
    pub findings: Vec<TrueFinding>,
}

/// One host.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TrueHost {
    /// Computer name.
    pub name: String,
    /// Its addresses, IPv4 first.
    pub addresses: Vec<String>,
    /// Seconds east of UTC.
    pub utc_offset_seconds: i32,
    /// Whether evidence was collected on it.
    pub observed: bool,
    /// When it started last before the capture.
    pub boot_ns: i64,
    /// When it started again after the capture, before the filters were listed.
    pub reboot_ns: Option<i64>,
    /// What is left of its Security log; none when it was not written.
    pub security_log: Option<LogRange>,
    /// What is left of its Sysmon log.
    pub sysmon_log: Option<LogRange>,
    /// Packets in its capture; none when no capture was written.
    pub packets_captured: Option<u64>,
    /// Packets that its capture dropped, as its statistics block says.
    pub packets_dropped: Option<u64>,
    /// What its trace covers; none when none was written.
    #[serde(default)]
    pub trace: Option<TraceRange>,
}

/// One process.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TrueProcess {
    /// Computer name.
    pub host: String,
    /// Process id.
    pub pid: u32,
    /// When it started.
    pub start_ns: i64,
    /// When it ended, if it did.
    pub end_ns: Option<i64>,
    /// Full path, or `System`.
    pub image: String,
    /// Command line.
    pub command_line: String,
    /// Process id of its parent.
    pub parent_pid: u32,
    /// `DOMAIN\name`.
    pub user: String,
    /// Short names of the services it hosts.
    pub services: Vec<String>,
    /// Where it shows in the written evidence.
    pub evidence: ProcessEvidence,
}

/// The process of a flow.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FlowProcess {
    /// Process id.
    pub pid: u32,
    /// Full path, or `System`.
    pub image: String,
    /// The service that asked, when the process hosts services.
    pub service: Option<String>,
    /// When the process started, which together with the id names the instance.
    pub start_ns: i64,
}

/// TCP or UDP.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Protocol {
    /// Transmission Control Protocol.
    Tcp,
    /// User Datagram Protocol.
    Udp,
}

/// Who opened the flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FlowDirection {
    /// The host.
    Outbound,
    /// The other end.
    Inbound,
}

/// What the firewall of the host did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FlowDecision {
    /// Let it pass.
    Allowed,
    /// Stopped it.
    Blocked,
}

/// The filter that decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrueFilter {
    /// Run-time id in the boot of the flow, as the events say it.
    pub id: u64,
    /// Its name.
    pub name: String,
    /// Rule id or the name of a default.
    pub origin: String,
}

/// One flow as its host saw it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TrueFlow {
    /// Unique in the scenario.
    pub id: u32,
    /// Computer name of the host whose view this is.
    pub host: String,
    /// Transport protocol.
    pub protocol: Protocol,
    /// `ip:port` of the host, `[ip]:port` for IPv6.
    pub local: String,
    /// `ip:port` of the other end.
    pub remote: String,
    /// Who opened it.
    pub direction: FlowDirection,
    /// True first packet, or the decision when it was blocked before any packet.
    pub first_ns: i64,
    /// True last packet.
    pub last_ns: i64,
    /// Whether the written capture holds any of its packets.
    pub in_capture: bool,
    /// Packets from the host in the capture.
    pub packets_sent: u64,
    /// Packets to the host in the capture.
    pub packets_received: u64,
    /// IP bytes from the host in the capture.
    pub bytes_sent: u64,
    /// IP bytes to the host in the capture.
    pub bytes_received: u64,
    /// The process behind it.
    pub process: FlowProcess,
    /// The name that the program wanted to reach; none when it used an address.
    pub name: Option<String>,
    /// The name of the address itself where that is another one: the name of a proxy.
    pub address_name: Option<String>,
    /// Where a proxy was asked to go, as `host:port`.
    pub proxy_target: Option<String>,
    /// The process on the host that a relay on the host made the flow for; none for all other flows.
    #[serde(default)]
    pub relayed_for: Option<FlowProcess>,
    /// What the firewall did.
    pub decision: FlowDecision,
    /// The filter; none when the platform recorded id 0.
    pub filter: Option<TrueFilter>,
    /// Which ingredient of the scenario made it.
    pub ingredient: String,
    /// Where it shows in the written evidence.
    pub evidence: FlowEvidence,
}

/// One lookup.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TrueLookup {
    /// Computer name of the host that asked.
    pub host: String,
    /// The flow that carried it in the open; none for an answer from the cache or inside HTTPS.
    pub flow: Option<u32>,
    /// The resolver of the host had the answer already.
    pub from_cache: bool,
    /// Process id of the process that wanted the name.
    pub asker_pid: u32,
    /// When that process started.
    pub asker_start_ns: i64,
    /// The name asked for.
    pub name: String,
    /// Aliases on the way.
    pub aliases: Vec<String>,
    /// Addresses of the answer.
    pub addresses: Vec<String>,
    /// Seconds that the answer may be kept.
    pub ttl_seconds: u32,
    /// When the answer arrived.
    pub answered_ns: i64,
    /// The answer can be read in the written capture.
    pub in_capture: bool,
    /// Record id of its Sysmon 22, if that was written.
    pub sysmon_record: Option<u64>,
    /// A trace tells of it.
    #[serde(default)]
    pub in_trace: bool,
}

/// A dropped packet that is no block.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TruePacketDrop {
    /// Computer name.
    pub host: String,
    /// The flow that the packet came too late for.
    pub flow: u32,
    /// When.
    pub time_ns: i64,
    /// Run-time id of the filter.
    pub filter_id: u64,
    /// Record id of its 5152, if that is left in the log.
    pub record: Option<u64>,
}

/// What a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TrueFindingKind {
    /// SYN to many neighbours.
    SynSweep,
    /// A process called almost like one of the system.
    LookalikeProcess,
    /// Calls at regular times.
    Beacon,
    /// A process called like one of the system that runs from another folder.
    SystemNameWrongPath,
}

/// Something an analyst should be told.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TrueFinding {
    /// What it is.
    pub kind: TrueFindingKind,
    /// Computer name.
    pub host: String,
    /// Process id.
    pub pid: u32,
    /// Full path.
    pub image: String,
    /// `ip:port` of the other ends.
    pub remotes: Vec<String>,
}

impl Truth {
    /// The host of that name.
    #[must_use]
    pub fn host(&self, name: &str) -> Option<&TrueHost> {
        self.hosts.iter().find(|host| host.name == name)
    }

    /// The process instance behind a flow.
    #[must_use]
    pub fn process_of(&self, flow: &TrueFlow) -> Option<&TrueProcess> {
        let is = |process: &&TrueProcess| {
            process.host == flow.host && process.pid == flow.process.pid && process.start_ns == flow.process.start_ns
        };
        self.processes.iter().find(is)
    }

    /// Whether this kind was written and is among the sources that are looked at.
    #[must_use]
    pub fn shows(&self, sources: &Sources, kind: SourceKind) -> bool {
        self.sources.contains(kind) && sources.contains(kind)
    }
}
