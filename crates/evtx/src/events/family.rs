//! Which events whotalks understands, told by provider and identifier together: Sysmon's 3 is nobody else's 3.

use whotalks_record::{
    ConnectionEventKind, HostEventKind, NameAnswer, NetworkProtectionAction, ProcessEventKind, SourceKind,
    WebRequestStage,
};

/// A family of events that one decoder reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Family {
    /// Security 5031, 5148 to 5159.
    Connection(ConnectionEventKind),
    /// Security 4688, 4689.
    Process(ProcessEventKind),
    /// Security 5441, 5447: a filter of the Windows Filtering Platform.
    Filter,
    /// Security 4944 to 4958 and the other objects of 5440 to 5450.
    Rule,
    /// Windows Firewall 2002 to 2011 and their successors.
    FirewallLog,
    /// Sysmon 1, 3, 5, 22.
    Sysmon(SysmonEvent),
    /// Windows Defender 1125, 1126.
    NetworkProtection(NetworkProtectionAction),
    /// DNS-Client 3006 to 3020.
    DnsClient,
    /// Bits-Client 3: who ordered a job.
    TransferOrder,
    /// Bits-Client 59 to 61: a transfer.
    Transfer(WebRequestStage),
    /// Boots, shutdowns, cleared logs, audit policy, the clock.
    Host(HostEventKind),
}

/// The Sysmon events that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SysmonEvent {
    /// 1: process creation.
    ProcessCreate,
    /// 3: network connection.
    NetworkConnection,
    /// 5: process end.
    ProcessTerminate,
    /// 22: DNS query.
    DnsQuery,
}

/// The provider of most events of the Security log.
const SECURITY_AUDITING: &str = "Microsoft-Windows-Security-Auditing";

impl Family {
    /// Whether its events are read for more than their head.
    pub(crate) fn has_fields(self) -> bool {
        !matches!(self, Self::Host(_))
    }
}

/// The family of an event; `None` for events that are only counted.
pub(crate) fn family_of(provider: &str, channel: &str, event_id: u32) -> Option<Family> {
    match canonical_provider(provider, channel)? {
        Provider::SecurityAuditing => security(event_id),
        Provider::Sysmon => sysmon(event_id),
        Provider::Firewall => firewall(event_id),
        Provider::Defender => network_protection(event_id),
        Provider::DnsClient => NameAnswer::is_told_by_dns_client(event_id).then_some(Family::DnsClient),
        Provider::BitsClient => transfer(event_id),
        Provider::EventLogService => event_log_service(event_id),
        Provider::KernelGeneral => kernel_general(event_id),
        Provider::ClassicEventLog => classic_event_log(event_id),
    }
}

enum Provider {
    SecurityAuditing,
    Sysmon,
    Firewall,
    Defender,
    DnsClient,
    BitsClient,
    EventLogService,
    KernelGeneral,
    ClassicEventLog,
}

/// The provider, by its name; exports without one are told by their channel.
fn canonical_provider(provider: &str, channel: &str) -> Option<Provider> {
    let known = [
        (SECURITY_AUDITING, Provider::SecurityAuditing),
        ("Microsoft-Windows-Sysmon", Provider::Sysmon),
        ("Linux-Sysmon", Provider::Sysmon),
        (
            "Microsoft-Windows-Windows Firewall With Advanced Security",
            Provider::Firewall,
        ),
        ("Microsoft-Windows-Windows Defender", Provider::Defender),
        ("Microsoft-Windows-DNS-Client", Provider::DnsClient),
        ("Microsoft-Windows-Bits-Client", Provider::BitsClient),
        ("Microsoft-Windows-Eventlog", Provider::EventLogService),
        ("Microsoft-Windows-Kernel-General", Provider::KernelGeneral),
        ("EventLog", Provider::ClassicEventLog),
    ];
    if provider.is_empty() {
        return provider_of_channel(channel);
    }
    known
        .into_iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(provider))
        .map(|(_, provider)| provider)
}

fn provider_of_channel(channel: &str) -> Option<Provider> {
    let known = [
        ("Security", Provider::SecurityAuditing),
        ("Microsoft-Windows-Sysmon/Operational", Provider::Sysmon),
        (
            "Microsoft-Windows-Windows Firewall With Advanced Security/Firewall",
            Provider::Firewall,
        ),
        ("Microsoft-Windows-Windows Defender/Operational", Provider::Defender),
        ("Microsoft-Windows-DNS-Client/Operational", Provider::DnsClient),
        ("Microsoft-Windows-Bits-Client/Operational", Provider::BitsClient),
    ];
    known
        .into_iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(channel))
        .map(|(_, provider)| provider)
}

fn security(event_id: u32) -> Option<Family> {
    let connection = match event_id {
        4688 => return Some(Family::Process(ProcessEventKind::Start)),
        4689 => return Some(Family::Process(ProcessEventKind::End)),
        4608 => return Some(Family::Host(HostEventKind::Boot)),
        4616 => return Some(Family::Host(HostEventKind::ClockSet)),
        4719 => return Some(Family::Host(HostEventKind::AuditPolicyChanged)),
        5441 | 5447 => return Some(Family::Filter),
        4944..=4958 | 5440..=5450 => return Some(Family::Rule),
        5031 => ConnectionEventKind::ApplicationBlocked,
        5148 => ConnectionEventKind::FloodDetected,
        5149 => ConnectionEventKind::FloodSubsided,
        5150 | 5151 => ConnectionEventKind::FrameBlocked,
        5152 => ConnectionEventKind::PacketBlocked,
        5153 => ConnectionEventKind::PacketBlockedByMoreRestrictiveFilter,
        5154 => ConnectionEventKind::ListenPermitted,
        5155 => ConnectionEventKind::ListenBlocked,
        5156 => ConnectionEventKind::ConnectionPermitted,
        5157 => ConnectionEventKind::ConnectionBlocked,
        5158 => ConnectionEventKind::BindPermitted,
        5159 => ConnectionEventKind::BindBlocked,
        _ => return None,
    };
    Some(Family::Connection(connection))
}

fn sysmon(event_id: u32) -> Option<Family> {
    let event = match event_id {
        1 => SysmonEvent::ProcessCreate,
        3 => SysmonEvent::NetworkConnection,
        5 => SysmonEvent::ProcessTerminate,
        22 => SysmonEvent::DnsQuery,
        _ => return None,
    };
    Some(Family::Sysmon(event))
}

/// 2002 to 2033 up to Windows 10; Windows 11 22H2 renumbered them to 2052 and 2071 to 2099.
fn firewall(event_id: u32) -> Option<Family> {
    matches!(event_id, 2002..=2011 | 2031..=2033 | 2052 | 2059 | 2060 | 2071..=2073 | 2082 | 2083 | 2097 | 2099)
        .then_some(Family::FirewallLog)
}

fn network_protection(event_id: u32) -> Option<Family> {
    NetworkProtectionAction::ALL
        .into_iter()
        .find(|action| u32::from(action.event_id()) == event_id)
        .map(Family::NetworkProtection)
}

fn transfer(event_id: u32) -> Option<Family> {
    if event_id == 3 {
        return Some(Family::TransferOrder);
    }
    WebRequestStage::of_transfer(event_id).map(Family::Transfer)
}

fn event_log_service(event_id: u32) -> Option<Family> {
    let kind = match event_id {
        1100 => HostEventKind::Shutdown,
        1102 | 104 => HostEventKind::LogCleared,
        _ => return None,
    };
    Some(Family::Host(kind))
}

fn kernel_general(event_id: u32) -> Option<Family> {
    let kind = match event_id {
        12 => HostEventKind::Boot,
        13 => HostEventKind::Shutdown,
        _ => return None,
    };
    Some(Family::Host(kind))
}

fn classic_event_log(event_id: u32) -> Option<Family> {
    let kind = match event_id {
        6005 => HostEventKind::Boot,
        6006 => HostEventKind::Shutdown,
        _ => return None,
    };
    Some(Family::Host(kind))
}

/// The source that an event counts towards in the coverage ledger.
pub(crate) fn source_kind(family: Option<Family>) -> SourceKind {
    match family {
        Some(Family::Connection(kind)) => connection_source(kind),
        Some(Family::Process(ProcessEventKind::Start)) => SourceKind::ProcessCreationAudit,
        Some(Family::Process(_)) => SourceKind::ProcessTerminationAudit,
        Some(Family::Filter | Family::Rule) => SourceKind::FilterPolicyAudit,
        Some(Family::FirewallLog) => SourceKind::FirewallLog,
        Some(Family::Sysmon(SysmonEvent::ProcessCreate)) => SourceKind::SysmonProcessStart,
        Some(Family::Sysmon(SysmonEvent::NetworkConnection)) => SourceKind::SysmonConnection,
        Some(Family::Sysmon(SysmonEvent::ProcessTerminate)) => SourceKind::SysmonProcessEnd,
        Some(Family::Sysmon(SysmonEvent::DnsQuery)) => SourceKind::SysmonDns,
        Some(Family::NetworkProtection(_)) => SourceKind::NetworkProtection,
        Some(Family::DnsClient) => SourceKind::DnsClientLog,
        Some(Family::TransferOrder | Family::Transfer(_)) => SourceKind::TransferLog,
        Some(Family::Host(_)) | None => SourceKind::OtherEvents,
    }
}

fn connection_source(kind: ConnectionEventKind) -> SourceKind {
    match kind {
        ConnectionEventKind::PacketBlocked
        | ConnectionEventKind::PacketBlockedByMoreRestrictiveFilter
        | ConnectionEventKind::FrameBlocked => SourceKind::PacketDropAudit,
        ConnectionEventKind::FloodDetected | ConnectionEventKind::FloodSubsided => SourceKind::OtherEvents,
        _ => SourceKind::ConnectionAudit,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_identifier_of_another_provider_is_not_ours() {
        assert_eq!(family_of("Microsoft-Windows-HttpService", "x", 3), None);
        assert_eq!(family_of("Microsoft-Windows-Kernel-General", "System", 5156), None);
        assert_eq!(
            family_of("Microsoft-Windows-Sysmon", "x", 3),
            Some(Family::Sysmon(SysmonEvent::NetworkConnection))
        );
    }

    #[test]
    fn an_export_without_a_provider_is_told_by_its_channel() {
        assert_eq!(
            family_of("", "security", 5157),
            Some(Family::Connection(ConnectionEventKind::ConnectionBlocked))
        );
        assert_eq!(family_of("", "System", 5157), None);
    }
}
