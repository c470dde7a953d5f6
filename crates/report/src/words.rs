//! Language-neutral words for citations: event numbers and tool names, as people write them.

use std::collections::BTreeSet;

use whotalks_record::{
    ConnectionEventKind, EvidenceId, ListingTool, ProcessEvent, ProcessEventKind, ResolverEvent, ResolverSource,
    SourceRange, Text,
};

/// What an event of a trace is called; several providers tell of one thing.
const TRACE: &str = "ETW";

/// The pieces of evidence that are traces.
pub(crate) fn traces<'a>(ranges: impl Iterator<Item = &'a SourceRange>) -> BTreeSet<EvidenceId> {
    let traced = ranges.filter(|range| range.source.is_traced());
    traced.map(|range| range.evidence).collect()
}

/// The event number, or the log, behind a connection event.
pub fn event_word(kind: ConnectionEventKind) -> Text {
    match kind.event_id() {
        None if kind.is_firewall_text() => "pfirewall.log".into(),
        None if kind.is_network_event() => "netevents.xml".into(),
        None => TRACE.into(),
        Some(3) => "Sysmon 3".into(),
        Some(id) => id.to_string().into(),
    }
}

/// The event number, or the log, behind a question for a name.
pub(crate) fn resolver_event(event: &ResolverEvent) -> &'static str {
    match event.source {
        ResolverSource::Sysmon => "Sysmon 22",
        ResolverSource::DnsClientLog => "DNS-Client",
        ResolverSource::Trace => TRACE,
    }
}

/// The event number or tool behind a process event.
pub(crate) fn process_event(event: &ProcessEvent, is_traced: bool) -> &'static str {
    if is_traced {
        return TRACE;
    }
    let sysmon = event.unique_id.is_some();
    match (event.kind, sysmon) {
        (ProcessEventKind::Start, true) => "Sysmon 1",
        (ProcessEventKind::Start, false) => "4688",
        (ProcessEventKind::End, true) => "Sysmon 5",
        (ProcessEventKind::End, false) => "4689",
        (ProcessEventKind::Alive, _) => "tasklist",
    }
}

/// The tool that wrote a listing.
pub(crate) fn tool(tool: ListingTool) -> &'static str {
    match tool {
        ListingTool::WindowsNetstat | ListingTool::LinuxNetstat => "netstat",
        ListingTool::WindowsNetstatStatistics => "netstat -s",
        ListingTool::Tasklist => "tasklist",
        ListingTool::Ss => "ss",
        ListingTool::WfpFilters => "filters.xml",
        ListingTool::WfpState => "wfpstate.xml",
        ListingTool::TraceRundown => "TCPIP 1300",
        ListingTool::Ipconfig => "ipconfig",
        ListingTool::DnsCache => "ipconfig /displaydns",
        ListingTool::RoutePrint => "route print",
        ListingTool::Arp => "arp -a",
        ListingTool::Systeminfo => "systeminfo",
        ListingTool::NetTcpConnection => "Get-NetTCPConnection",
        ListingTool::DnsClientCache => "Get-DnsClientCache",
        ListingTool::Defender => "Get-MpComputerStatus",
        ListingTool::FirewallRules => "Get-NetFirewallRule",
        ListingTool::WinHttpProxy => "netsh winhttp",
        ListingTool::RegistryText => "registry",
        ListingTool::Auditpol => "auditpol",
    }
}
