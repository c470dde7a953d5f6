//! Which command would have supplied a missing proof.

use whotalks_correlate::{EncryptedBy, Remedy, UnknownReason};
use whotalks_record::SourceKind;

const TABLE: &str = include_str!("../data/remedies.tsv");

/// The command for a reason; none where no command could have helped (the engine recorded no filter, say).
pub(crate) fn remedy(reason: &UnknownReason) -> Option<Remedy> {
    let key = match reason {
        UnknownReason::RingOverwritten { .. } => "larger-security-log",
        // The system said all that it knows.
        UnknownReason::NotInSource(SourceKind::PacketProcesses) => return None,
        UnknownReason::SourceNotCollected(source)
        | UnknownReason::SourceBeganLater { source, .. }
        | UnknownReason::SourceEndedEarlier { source, .. }
        | UnknownReason::EventsLost { source, .. }
        | UnknownReason::NotAudited { source, .. }
        | UnknownReason::NotInSource(source) => key_of(*source)?,
        UnknownReason::Ambiguous(_) | UnknownReason::EncryptedName(EncryptedBy::EncryptedDns | EncryptedBy::Quic) => {
            "dns-client-log"
        }
        UnknownReason::EncryptedName(EncryptedBy::EncryptedClientHello) => "dns-client-log",
        UnknownReason::ProcessEndedBeforeItsNameWasRead(_) => "process-creation-audit",
        UnknownReason::HostNotObserved => "connection-audit",
        UnknownReason::OneDirectionOnly | UnknownReason::SnappedTooShort => "packets",
        UnknownReason::ClocksNotAligned
        | UnknownReason::BehindProxy(_)
        | UnknownReason::FilterIdsRenumbered
        | UnknownReason::NoFilterRecorded => {
            return None;
        }
    };
    command(key)
}

fn key_of(source: SourceKind) -> Option<&'static str> {
    Some(match source {
        SourceKind::Packets => "packets",
        SourceKind::ConnectionAudit | SourceKind::TraceSockets => "connection-audit",
        SourceKind::PacketDropAudit => "packet-drop-audit",
        SourceKind::ProcessCreationAudit | SourceKind::TraceProcesses => "process-creation-audit",
        SourceKind::ProcessTerminationAudit => "process-termination-audit",
        SourceKind::FilterPolicyAudit | SourceKind::FirewallLog => "filter-policy-audit",
        SourceKind::SysmonDns | SourceKind::DnsClientLog | SourceKind::TraceDns | SourceKind::TraceRequests => {
            "dns-client-log"
        }
        SourceKind::SysmonConnection | SourceKind::SysmonProcessStart | SourceKind::SysmonProcessEnd => "sysmon",
        SourceKind::SocketList => "socket-list",
        SourceKind::ProcessList => "process-list",
        SourceKind::FilterDump => "filter-dump",
        SourceKind::ResolverCache => "resolver-cache",
        SourceKind::DeviceSettings => "device-settings",
        SourceKind::FirewallTextLog => "firewall-text-log",
        SourceKind::NetworkEvents => "network-events",
        SourceKind::NetworkProtection => "network-protection",
        SourceKind::TransferLog => "transfer-log",
        SourceKind::PacketProcesses => "packet-processes",
        SourceKind::Counters | SourceKind::OtherEvents => return None,
    })
}

/// The command of a row of the table.
pub(crate) fn command(key: &str) -> Option<Remedy> {
    let line = TABLE.lines().find(|line| line.split('\t').next() == Some(key))?;
    let mut cells = line.split('\t').skip(1);
    let command = cells.next()?.into();
    let undo = cells.next().filter(|undo| !undo.is_empty()).map(Into::into);
    Some(Remedy { command, undo })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_source_that_can_be_missing_has_its_command() {
        for source in SourceKind::ALL {
            let expected = !matches!(source, SourceKind::Counters | SourceKind::OtherEvents);
            assert_eq!(
                remedy(&UnknownReason::SourceNotCollected(source)).is_some(),
                expected,
                "{source:?}"
            );
        }
    }

    #[test]
    fn audit_policies_are_set_by_guid_and_can_be_undone() {
        let remedy = remedy(&UnknownReason::SourceNotCollected(SourceKind::ConnectionAudit)).unwrap();
        assert!(remedy.command.contains("{0CCE9226-69AE-11D9-BED3-505054503030}"));
        assert!(remedy.undo.unwrap().contains("/success:disable"));
    }
}
