//! What hosts say: events, listings, filters.

use whotalks_record::{
    ConnectionEventKind, DeviceFactKind, Direction, FilterAction, FilterChange, HostEventKind, ListingTool,
    NetworkProtectionAction, ProcessEventKind, SocketCallKind, SocketState, TimeSource, WebRequestStage,
};

use super::{Word, words};

words!(SocketCallKind {
    Open => "open",
    Bound => "bound",
    Called => "called",
    Accepted => "accepted",
    Closed => "closed",
});

words!(NetworkProtectionAction {
    Audited => "audited",
    Blocked => "blocked",
});

words!(WebRequestStage {
    Asked => "asked",
    Connected => "connected",
    Secured => "secured",
    Sent => "sent",
    Answered => "answered",
    ProxyFound => "proxy-found",
    ProxyFailed => "proxy-failed",
    ProxyLookup => "proxy-lookup",
    TransferStarted => "transfer-started",
    TransferEnded => "transfer-ended",
    TransferFailed => "transfer-failed",
});

words!(ConnectionEventKind {
    ApplicationBlocked => "application-blocked",
    FloodDetected => "flood-detected",
    FloodSubsided => "flood-subsided",
    FrameBlocked => "frame-blocked",
    PacketBlocked => "packet-blocked",
    PacketBlockedByMoreRestrictiveFilter => "packet-blocked-by-more-restrictive-filter",
    ListenPermitted => "listen-permitted",
    ListenBlocked => "listen-blocked",
    ConnectionPermitted => "connection-permitted",
    ConnectionBlocked => "connection-blocked",
    BindPermitted => "bind-permitted",
    BindBlocked => "bind-blocked",
    SysmonConnection => "sysmon-connection",
    TraceRequested => "trace-requested",
    TraceConnected => "trace-connected",
    TraceAccepted => "trace-accepted",
    TraceFailed => "trace-failed",
    TraceUsed => "trace-used",
    TraceClosed => "trace-closed",
    TraceBound => "trace-bound",
    TraceNamed => "trace-named",
    FirewallAllowed => "firewall-allowed",
    FirewallBlocked => "firewall-blocked",
    FirewallDropped => "firewall-dropped",
    NetworkEventAllowed => "network-event-allowed",
    NetworkEventBlocked => "network-event-blocked",
    NetworkEventDropped => "network-event-dropped",
});

words!(Direction {
    Outbound => "outbound",
    Inbound => "inbound",
});

words!(ProcessEventKind {
    Start => "start",
    End => "end",
    Alive => "alive",
});

words!(SocketState {
    Listen => "listen",
    SynSent => "syn-sent",
    SynReceived => "syn-received",
    Established => "established",
    FinWait1 => "fin-wait-1",
    FinWait2 => "fin-wait-2",
    CloseWait => "close-wait",
    Closing => "closing",
    LastAck => "last-ack",
    TimeWait => "time-wait",
    Closed => "closed",
    Bound => "bound",
    DeleteTcb => "delete-tcb",
});

words!(ListingTool {
    WindowsNetstat => "windows-netstat",
    WindowsNetstatStatistics => "windows-netstat-statistics",
    Tasklist => "tasklist",
    Ss => "ss",
    LinuxNetstat => "linux-netstat",
    WfpFilters => "wfp-filters",
    WfpState => "wfp-state",
    TraceRundown => "trace-rundown",
    Ipconfig => "ipconfig",
    DnsCache => "dns-cache",
    RoutePrint => "route-print",
    Arp => "arp",
    Systeminfo => "systeminfo",
    NetTcpConnection => "net-tcp-connection",
    DnsClientCache => "dns-client-cache",
    Defender => "defender",
    FirewallRules => "firewall-rules",
    WinHttpProxy => "winhttp-proxy",
    RegistryText => "registry-text",
    Auditpol => "auditpol",
});

words!(TimeSource {
    None => "none",
    FileModified => "file-modified",
    Stated => "stated",
});

words!(FilterChange {
    Present => "present",
    Added => "added",
    Deleted => "deleted",
});

words!(FilterAction {
    Block => "block",
    Permit => "permit",
    CalloutTerminating => "callout-terminating",
    CalloutInspection => "callout-inspection",
    CalloutUnknown => "callout-unknown",
    Continue => "continue",
    Unknown => "unknown",
});

words!(HostEventKind {
    Boot => "boot",
    Shutdown => "shutdown",
    LogCleared => "log-cleared",
    AuditPolicyChanged => "audit-policy-changed",
    ClockSet => "clock-set",
});

impl Word for DeviceFactKind {
    const WORDS: &'static [&'static str] = Self::WORDS;

    fn word(&self) -> &'static str {
        (*self).word()
    }

    fn from_word(word: &str) -> Option<Self> {
        Self::from_word(word)
    }
}
