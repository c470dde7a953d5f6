//! Sources, their clocks, and grades.

use whotalks_record::{ClockBasis, Grade, ResolverSource, SourceKind};

use super::words;

words!(SourceKind {
    Packets => "packets",
    ConnectionAudit => "connection-audit",
    PacketDropAudit => "packet-drop-audit",
    ProcessCreationAudit => "process-creation-audit",
    ProcessTerminationAudit => "process-termination-audit",
    FilterPolicyAudit => "filter-policy-audit",
    FirewallLog => "firewall-log",
    SysmonConnection => "sysmon-connection",
    SysmonProcessStart => "sysmon-process-start",
    SysmonProcessEnd => "sysmon-process-end",
    SysmonDns => "sysmon-dns",
    DnsClientLog => "dns-client-log",
    SocketList => "socket-list",
    ProcessList => "process-list",
    FilterDump => "filter-dump",
    Counters => "counters",
    ResolverCache => "resolver-cache",
    DeviceSettings => "device-settings",
    OtherEvents => "other-events",
    TraceSockets => "trace-sockets",
    TraceProcesses => "trace-processes",
    TraceDns => "trace-dns",
    TraceRequests => "trace-requests",
    FirewallTextLog => "firewall-text-log",
    NetworkEvents => "network-events",
    NetworkProtection => "network-protection",
    TransferLog => "transfer-log",
    PacketProcesses => "packet-processes",
});

words!(ResolverSource {
    Sysmon => "sysmon",
    DnsClientLog => "dns-client-log",
    Trace => "trace",
});

words!(ClockBasis {
    Event => "event",
    EventWithoutZone => "event-without-zone",
    Collector => "collector",
});

words!(Grade {
    Unknown => "unknown",
    Inferred => "inferred",
    Derived => "derived",
    Observed => "observed",
});
