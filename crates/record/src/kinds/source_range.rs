//! What a source covered and what it lost: the raw material of the coverage ledger.

use crate::{EvidenceId, Nanoseconds, Text, Timestamp};

/// One source within one piece of evidence, stated once when the reader is done with it.
#[derive(Clone, Debug, PartialEq)]
pub struct SourceRange {
    /// Which evidence.
    pub evidence: EvidenceId,
    /// Which source.
    pub source: SourceKind,
    /// The computer, where the evidence names it.
    pub host: Option<Text>,
    /// The interface of a capture.
    pub interface: Option<Text>,
    /// The earliest time in it.
    pub first: Option<Timestamp>,
    /// The latest time in it.
    pub last: Option<Timestamp>,
    /// How many packets, events or rows were read.
    pub units: u64,
    /// How many units the source itself says it lost; none where it cannot say.
    pub lost: Option<u64>,
    /// Whose clock and zone the times of a log are in; none for other sources, whose times stand for themselves.
    pub clock: Option<EventClock>,
    /// The session that wrote it, where it is one of several files of one; none for everything else.
    pub session: Option<TraceSession>,
}

/// A trace session that writes several files, one after the other. Two files are of one session when they agree in its name, in
/// its start and in the start of the computer.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TraceSession {
    /// How it is called.
    pub name: Text,
    /// When the computer was started.
    pub boot: Timestamp,
    /// When the session was started.
    pub start: Timestamp,
    /// The number of this file among its files, as its name had it where it was written.
    pub file: u32,
}

/// How far the times of an exported event log can be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EventClock {
    /// The weakest basis that any of its events had.
    pub basis: ClockBasis,
    /// How far this source's times run ahead of UTC (negative: behind), where the exporter of its events also exported events
    /// that carry both its time and their own (Sysmon's `UtcTime`): whole quarter hours, from at least three events that
    /// agree. An exporter that wrote local time, even with a false `Z`, shows here. None where the source's events have their
    /// own UTC. The times are not corrected by it; the correlation decides.
    pub exporter_offset: Option<Nanoseconds>,
}

/// Where the time of an event comes from, strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ClockBasis {
    /// The event's own time in UTC (`TimeCreated SystemTime`, Sysmon's `UtcTime`).
    Event,
    /// The host's time as an exporter wrote it, without a zone (`EventTime`); read as if it were UTC.
    EventWithoutZone,
    /// The time at which a collector took the event in (`@timestamp`, `EventReceivedTime`).
    Collector,
}

/// A source of knowledge. What each can and cannot see is said by the coverage ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SourceKind {
    /// Packets of a capture.
    Packets,
    /// Security 5154 to 5159 and 5031.
    ConnectionAudit,
    /// Security 5152 and 5153.
    PacketDropAudit,
    /// Security 4688.
    ProcessCreationAudit,
    /// Security 4689.
    ProcessTerminationAudit,
    /// Security 5440 to 5450 and 4944 to 4958.
    FilterPolicyAudit,
    /// The Windows Firewall's own log, 2002 to 2011.
    FirewallLog,
    /// Sysmon 3.
    SysmonConnection,
    /// Sysmon 1.
    SysmonProcessStart,
    /// Sysmon 5.
    SysmonProcessEnd,
    /// Sysmon 22.
    SysmonDns,
    /// The DNS client's own operational log (Microsoft-Windows-DNS-Client, 3006 to 3020).
    DnsClientLog,
    /// A socket listing.
    SocketList,
    /// A process listing.
    ProcessList,
    /// A filter dump.
    FilterDump,
    /// A counter listing.
    Counters,
    /// A listing of the host's own DNS cache.
    ResolverCache,
    /// A listing of settings, names and addresses of the host.
    DeviceSettings,
    /// Events of a channel that whotalks does not use, counted only.
    OtherEvents,
    /// Sockets and connections in a trace (Winsock-AFD, TCPIP, Kernel-Network, the kernel logger).
    TraceSockets,
    /// Processes in a trace (Kernel-Process, the kernel logger).
    TraceProcesses,
    /// Names asked in a trace (DNS-Client).
    TraceDns,
    /// Requests of HTTP libraries and transfers in a trace (WinINet, WinHTTP, WebIO, BITS).
    TraceRequests,
    /// The text log of the Windows Firewall (`pfirewall.log`).
    FirewallTextLog,
    /// Network events of the filtering platform (`netsh wfp show netevents`, `netsh wfp capture`).
    NetworkEvents,
    /// Network protection in the log of Defender, 1125 and 1126.
    NetworkProtection,
    /// The log of the background transfer service (Microsoft-Windows-Bits-Client, 3 and 59 to 61).
    TransferLog,
    /// The processes that the capturing host names for packets (macOS: PKTAP, process information of pcapng).
    PacketProcesses,
}

impl SourceKind {
    /// All kinds.
    pub const ALL: [Self; 28] = [
        Self::Packets,
        Self::ConnectionAudit,
        Self::PacketDropAudit,
        Self::ProcessCreationAudit,
        Self::ProcessTerminationAudit,
        Self::FilterPolicyAudit,
        Self::FirewallLog,
        Self::SysmonConnection,
        Self::SysmonProcessStart,
        Self::SysmonProcessEnd,
        Self::SysmonDns,
        Self::DnsClientLog,
        Self::SocketList,
        Self::ProcessList,
        Self::FilterDump,
        Self::Counters,
        Self::ResolverCache,
        Self::DeviceSettings,
        Self::OtherEvents,
        Self::TraceSockets,
        Self::TraceProcesses,
        Self::TraceDns,
        Self::TraceRequests,
        Self::FirewallTextLog,
        Self::NetworkEvents,
        Self::NetworkProtection,
        Self::TransferLog,
        Self::PacketProcesses,
    ];

    /// Whether it is a part of a trace, which one computer writes without naming itself.
    pub const fn is_traced(self) -> bool {
        matches!(
            self,
            Self::TraceSockets | Self::TraceProcesses | Self::TraceDns | Self::TraceRequests
        )
    }

    /// Whether it is a log of one computer that does not name it.
    pub const fn is_nameless_log(self) -> bool {
        matches!(self, Self::FirewallTextLog | Self::NetworkEvents)
    }
}
