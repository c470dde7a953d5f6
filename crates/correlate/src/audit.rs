//! What hosts are set to write into their Security logs, as listings of their audit policy say: a log is silent about what is not
//! audited, and its silence about what is audited means something.
//!
//! A listing shows the setting of its own moment. Listings of one host that differ prove nothing.

use rustc_hash::FxHashMap;
use whotalks_record::{DeviceFactKind, SourceKind};

use crate::hosts::Hosts;
use crate::observed::Observed;
use crate::{AuditGap, HostId};

/// Subcategories of audit by GUID, with the source that each writes (Microsoft "auditpol", "Audit policy" GUIDs).
const SUBCATEGORIES: [(&str, SourceKind); 5] = [
    ("{0CCE9226-69AE-11D9-BED3-505054503030}", SourceKind::ConnectionAudit),
    ("{0CCE9225-69AE-11D9-BED3-505054503030}", SourceKind::PacketDropAudit),
    (
        "{0CCE922B-69AE-11D9-BED3-505054503030}",
        SourceKind::ProcessCreationAudit,
    ),
    (
        "{0CCE922C-69AE-11D9-BED3-505054503030}",
        SourceKind::ProcessTerminationAudit,
    ),
    ("{0CCE9233-69AE-11D9-BED3-505054503030}", SourceKind::FilterPolicyAudit),
];

/// The source that a subcategory of audit writes; none where no answer needs it.
pub fn audited_source(guid: &str) -> Option<SourceKind> {
    let known = SUBCATEGORIES.iter().find(|(known, _)| known.eq_ignore_ascii_case(guid));
    known.map(|(_, source)| *source)
}

/// The settings of all hosts.
#[derive(Debug, Default)]
pub(crate) struct AuditPolicies {
    /// None where listings differ.
    by_source: FxHashMap<(HostId, SourceKind), Option<Setting>>,
}

/// What is audited of one subcategory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Setting {
    successes: bool,
    failures: bool,
}

/// What a listing says of a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Audited {
    /// Everything that the source can tell.
    Whole,
    /// This is missing.
    Without(AuditGap),
}

impl AuditPolicies {
    pub(crate) fn collect(observed: &Observed, hosts: &Hosts) -> Self {
        let mut policies = Self::default();
        let settings = observed.device_facts.iter();
        for fact in settings.filter(|fact| fact.kind == DeviceFactKind::AuditSetting) {
            let source = fact.about.as_deref().and_then(audited_source);
            let host = hosts.of_listing(fact.span.evidence);
            let (Some(source), Some(host), Some(setting)) = (source, host, Setting::of(&fact.value)) else {
                continue;
            };
            let known = policies.by_source.entry((host, source)).or_insert(Some(setting));
            *known = known.filter(|known| *known == setting);
        }
        policies
    }

    /// What is audited of a source on a host; none where no listing says it.
    pub(crate) fn of(&self, host: HostId, source: SourceKind) -> Option<Audited> {
        let setting = (*self.by_source.get(&(host, source))?)?;
        let has_failures = source == SourceKind::ConnectionAudit;
        Some(match (setting.successes, setting.failures) {
            (true, true) => Audited::Whole,
            (true, false) if !has_failures => Audited::Whole,
            (true, false) => Audited::Without(AuditGap::Failures),
            (false, true) if has_failures => Audited::Without(AuditGap::Successes),
            (false, _) => Audited::Without(AuditGap::Everything),
        })
    }
}

impl Setting {
    /// The words of a listing are those of its reader, in every language.
    fn of(value: &str) -> Option<Self> {
        let (successes, failures) = match value {
            "none" => (false, false),
            "success" => (true, false),
            "failure" => (false, true),
            "success-and-failure" => (true, true),
            _ => return None,
        };
        Some(Self { successes, failures })
    }
}
