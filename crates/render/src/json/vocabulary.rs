//! The words of closed lists. They are part of the documented shape: a change needs a new version.

use whotalks_correlate::{EncryptedBy, FilterMatch, NameEvidence, ProcessRule, Verdict};
use whotalks_record::{Direction, Ech, FilterAction, NameSource, SourceKind};
use whotalks_report::{EvidenceStatus, Severity, UnknownAspect};

pub(crate) fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Allowed => "allowed",
        Verdict::Blocked => "blocked",
        Verdict::DroppedPackets => "dropped_packets",
        Verdict::Passed => "passed",
        Verdict::Unknown => "unknown",
    }
}

pub(crate) fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::High => "high",
        Severity::Medium => "medium",
        Severity::Low => "low",
        Severity::Info => "info",
    }
}

pub(crate) fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::Outbound => "outbound",
        Direction::Inbound => "inbound",
    }
}

pub(crate) fn source(source: SourceKind) -> &'static str {
    match source {
        SourceKind::Packets => "packets",
        SourceKind::ConnectionAudit => "connection_audit",
        SourceKind::PacketDropAudit => "packet_drop_audit",
        SourceKind::ProcessCreationAudit => "process_creation_audit",
        SourceKind::ProcessTerminationAudit => "process_termination_audit",
        SourceKind::FilterPolicyAudit => "filter_policy_audit",
        SourceKind::FirewallLog => "firewall_log",
        SourceKind::SysmonConnection => "sysmon_connection",
        SourceKind::SysmonProcessStart => "sysmon_process_start",
        SourceKind::SysmonProcessEnd => "sysmon_process_end",
        SourceKind::SysmonDns => "sysmon_dns",
        SourceKind::DnsClientLog => "dns_client_log",
        SourceKind::SocketList => "socket_list",
        SourceKind::ProcessList => "process_list",
        SourceKind::FilterDump => "filter_dump",
        SourceKind::Counters => "counters",
        SourceKind::ResolverCache => "resolver_cache",
        SourceKind::DeviceSettings => "device_settings",
        SourceKind::OtherEvents => "other_events",
        SourceKind::TraceSockets => "trace_sockets",
        SourceKind::TraceProcesses => "trace_processes",
        SourceKind::TraceDns => "trace_dns",
        SourceKind::TraceRequests => "trace_requests",
        SourceKind::FirewallTextLog => "firewall_text_log",
        SourceKind::NetworkEvents => "network_events",
        SourceKind::NetworkProtection => "network_protection",
        SourceKind::TransferLog => "transfer_log",
        SourceKind::PacketProcesses => "packet_processes",
    }
}

pub(crate) fn process_rule(rule: ProcessRule) -> &'static str {
    match rule {
        ProcessRule::ExactEvent => "exact_event",
        ProcessRule::ExactSnapshot => "exact_snapshot",
        ProcessRule::PacketOwner => "packet_owner",
        ProcessRule::Bind => "bind",
        ProcessRule::Listener => "listener",
        ProcessRule::Loopback => "loopback",
        ProcessRule::Relay => "relay",
        ProcessRule::Delegation => "delegation",
        ProcessRule::Call => "call",
    }
}

pub(crate) fn name_evidence(evidence: NameEvidence) -> &'static str {
    match evidence {
        NameEvidence::ProxyTarget(NameSource::HttpConnect) => "http_connect",
        NameEvidence::ProxyTarget(NameSource::HttpAbsolute) => "http_absolute_uri",
        NameEvidence::ProxyTarget(NameSource::SocksTarget) => "socks_target",
        NameEvidence::ProxyTarget(_) => "proxy_target",
        NameEvidence::RequestToProxy => "request_to_proxy",
        NameEvidence::TlsServerName(Ech::Absent) => "tls_sni",
        NameEvidence::TlsServerName(Ech::Present) => "tls_sni_with_ech",
        NameEvidence::QuicServerName(Ech::Absent) => "quic_sni",
        NameEvidence::QuicServerName(Ech::Present) => "quic_sni_with_ech",
        NameEvidence::HttpHost => "http_host",
        NameEvidence::Requested => "requested",
        NameEvidence::StackName => "stack_name",
        NameEvidence::AskedByProcess => "dns_asked_by_process",
        NameEvidence::Certificate => "certificate",
        NameEvidence::DnsAnswer => "dns_answer",
        NameEvidence::SharedDnsAnswer => "dns_answer_shared",
        NameEvidence::ResolverCache => "resolver_cache",
        NameEvidence::ExpiredDnsAnswer => "dns_answer_expired",
        NameEvidence::CaptureNameTable => "capture_name_table",
        NameEvidence::HostResolution => "host_resolution",
    }
}

pub(crate) fn filter_match(found: FilterMatch) -> &'static str {
    match found {
        FilterMatch::SameBoot => "same_boot",
        FilterMatch::Event => "event",
        FilterMatch::MaybeRenumbered => "maybe_renumbered",
        FilterMatch::Rule => "rule",
        FilterMatch::Conditions => "conditions",
        FilterMatch::NotFound => "not_found",
    }
}

pub(crate) fn filter_action(action: FilterAction) -> &'static str {
    match action {
        FilterAction::Block => "block",
        FilterAction::Permit => "permit",
        FilterAction::CalloutTerminating => "callout_terminating",
        FilterAction::CalloutInspection => "callout_inspection",
        FilterAction::CalloutUnknown => "callout_unknown",
        FilterAction::Continue => "continue",
        FilterAction::Unknown => "unknown",
    }
}

pub(crate) fn status(status: EvidenceStatus) -> &'static str {
    match status {
        EvidenceStatus::Read => "read",
        EvidenceStatus::ReadInPart => "read_in_part",
        EvidenceStatus::NotUnderstood => "not_understood",
        EvidenceStatus::Failed => "failed",
        EvidenceStatus::Container => "container",
        EvidenceStatus::Duplicate(_) => "duplicate",
    }
}

pub(crate) fn aspect(aspect: UnknownAspect) -> &'static str {
    match aspect {
        UnknownAspect::Program => "program",
        UnknownAspect::ProgramName => "program_name",
        UnknownAspect::Service => "service",
        UnknownAspect::Name => "name",
        UnknownAspect::Decision => "decision",
        UnknownAspect::Filter => "filter",
    }
}

pub(crate) fn encrypted_by(by: EncryptedBy) -> &'static str {
    match by {
        EncryptedBy::EncryptedClientHello => "encrypted_client_hello",
        EncryptedBy::EncryptedDns => "encrypted_dns",
        EncryptedBy::Quic => "quic",
    }
}
