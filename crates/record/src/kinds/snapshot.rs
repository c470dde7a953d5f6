//! The listing that rows belong to.

use crate::{Nanoseconds, Span, Text, Timestamp};

/// One run of a listing tool. A file may hold several.
#[derive(Clone, Debug, PartialEq)]
pub struct Snapshot {
    /// The first line.
    pub span: Span,
    /// Its number within the evidence, from 0.
    pub number: u32,
    /// Which tool wrote it.
    pub tool: ListingTool,
    /// When it was taken, where known.
    pub time: Option<Timestamp>,
    /// How the time is known.
    pub time_source: TimeSource,
    /// How far off the time may be.
    pub uncertainty: Nanoseconds,
    /// The computer, where the listing names it.
    pub host: Option<Text>,
    /// Whether owners (process ids) were asked for.
    pub has_owners: bool,
}

/// The tool that wrote a listing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ListingTool {
    /// Windows `netstat` connections.
    WindowsNetstat,
    /// Windows `netstat -s` or `-e`.
    WindowsNetstatStatistics,
    /// Windows `tasklist`.
    Tasklist,
    /// Linux `ss`.
    Ss,
    /// Linux `netstat`.
    LinuxNetstat,
    /// `netsh wfp show filters`.
    WfpFilters,
    /// `netsh wfp show state`.
    WfpState,
    /// The network stack's own list of connections in a trace (TCPIP 1300).
    TraceRundown,
    /// `ipconfig`, `ipconfig /all`.
    Ipconfig,
    /// `ipconfig /displaydns`.
    DnsCache,
    /// `route print`, `netstat -r`.
    RoutePrint,
    /// `arp -a`.
    Arp,
    /// `systeminfo`.
    Systeminfo,
    /// `Get-NetTCPConnection` or `Get-NetUDPEndpoint`.
    NetTcpConnection,
    /// `Get-DnsClientCache`.
    DnsClientCache,
    /// `Get-MpComputerStatus` or `Get-MpPreference`.
    Defender,
    /// `Get-NetFirewallRule`.
    FirewallRules,
    /// `netsh winhttp show proxy`.
    WinHttpProxy,
    /// A registry export or `reg query`, as far as it holds proxies or network protection.
    RegistryText,
    /// `auditpol /get /r` or `auditpol /backup`.
    Auditpol,
}

/// How the time of a snapshot is known, weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TimeSource {
    /// Not at all.
    None,
    /// From the file's modification time.
    FileModified,
    /// From the listing itself.
    Stated,
}
