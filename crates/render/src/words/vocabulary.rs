//! The word for each value of a closed list. Every match is exhaustive, so a new value does not compile without its word.

use whotalks_correlate::{FilterMatch, NameEvidence, ProcessRule, Verdict};
use whotalks_record::{
    CloseReason, ConnectionEventKind, Direction, Ech, FilterAction, Grade, NameSource, NetworkProtectionAction,
    SourceKind,
};
use whotalks_report::{EvidenceStatus, Explanation, FindingKind, Severity, TimelineMarkKind, UnknownAspect};

use crate::messages::{FindingMessage, WordMessage as Word};

/// How sure.
pub fn grade(grade: Grade) -> Word {
    match grade {
        Grade::Observed => Word::GradeObserved,
        Grade::Derived => Word::GradeDerived,
        Grade::Inferred => Word::GradeInferred,
        Grade::Unknown => Word::GradeUnknown,
    }
}

/// Allowed or blocked.
pub fn verdict(verdict: Verdict) -> Word {
    match verdict {
        Verdict::Allowed => Word::VerdictAllowed,
        Verdict::Blocked => Word::VerdictBlocked,
        Verdict::DroppedPackets => Word::VerdictDroppedPackets,
        Verdict::Passed => Word::VerdictPassed,
        Verdict::Unknown => Word::VerdictUnknown,
    }
}

/// How bad.
pub fn severity(severity: Severity) -> Word {
    match severity {
        Severity::High => Word::SeverityHigh,
        Severity::Medium => Word::SeverityMedium,
        Severity::Low => Word::SeverityLow,
        Severity::Info => Word::SeverityInfo,
    }
}

/// Who opened it.
pub fn direction(direction: Option<Direction>) -> Word {
    match direction {
        Some(Direction::Outbound) => Word::DirectionOutbound,
        Some(Direction::Inbound) => Word::DirectionInbound,
        None => Word::DirectionUnknown,
    }
}

/// A source of knowledge.
pub fn source(source: SourceKind) -> Word {
    match source {
        SourceKind::Packets => Word::SourcePackets,
        SourceKind::ConnectionAudit => Word::SourceConnectionAudit,
        SourceKind::PacketDropAudit => Word::SourcePacketDropAudit,
        SourceKind::ProcessCreationAudit => Word::SourceProcessCreationAudit,
        SourceKind::ProcessTerminationAudit => Word::SourceProcessTerminationAudit,
        SourceKind::FilterPolicyAudit => Word::SourceFilterPolicyAudit,
        SourceKind::FirewallLog => Word::SourceFirewallLog,
        SourceKind::SysmonConnection => Word::SourceSysmonConnection,
        SourceKind::SysmonProcessStart => Word::SourceSysmonProcessStart,
        SourceKind::SysmonProcessEnd => Word::SourceSysmonProcessEnd,
        SourceKind::SysmonDns => Word::SourceSysmonDns,
        SourceKind::DnsClientLog => Word::SourceDnsClientLog,
        SourceKind::SocketList => Word::SourceSocketList,
        SourceKind::ProcessList => Word::SourceProcessList,
        SourceKind::FilterDump => Word::SourceFilterDump,
        SourceKind::Counters => Word::SourceCounters,
        SourceKind::ResolverCache => Word::SourceResolverCache,
        SourceKind::DeviceSettings => Word::SourceDeviceSettings,
        SourceKind::OtherEvents => Word::SourceOtherEvents,
        SourceKind::TraceSockets => Word::SourceTraceSockets,
        SourceKind::TraceProcesses => Word::SourceTraceProcesses,
        SourceKind::TraceDns => Word::SourceTraceDns,
        SourceKind::TraceRequests => Word::SourceTraceRequests,
        SourceKind::FirewallTextLog => Word::SourceFirewallTextLog,
        SourceKind::NetworkEvents => Word::SourceNetworkEvents,
        SourceKind::NetworkProtection => Word::SourceNetworkProtection,
        SourceKind::TransferLog => Word::SourceTransferLog,
        SourceKind::PacketProcesses => Word::SourcePacketProcesses,
    }
}

/// What a source cannot see by its nature.
pub fn cannot_see(source: SourceKind) -> Word {
    match source {
        SourceKind::Packets => Word::BlindPackets,
        SourceKind::ConnectionAudit => Word::BlindConnectionAudit,
        SourceKind::PacketDropAudit => Word::BlindPacketDropAudit,
        SourceKind::ProcessCreationAudit => Word::BlindProcessCreationAudit,
        SourceKind::ProcessTerminationAudit => Word::BlindProcessTerminationAudit,
        SourceKind::FilterPolicyAudit => Word::BlindFilterPolicyAudit,
        SourceKind::FirewallLog => Word::BlindFirewallLog,
        SourceKind::SysmonConnection => Word::BlindSysmonConnection,
        SourceKind::SysmonProcessStart => Word::BlindSysmonProcessStart,
        SourceKind::SysmonProcessEnd => Word::BlindSysmonProcessEnd,
        SourceKind::SysmonDns => Word::BlindSysmonDns,
        SourceKind::DnsClientLog => Word::BlindDnsClientLog,
        SourceKind::SocketList => Word::BlindSocketList,
        SourceKind::ProcessList => Word::BlindProcessList,
        SourceKind::FilterDump => Word::BlindFilterDump,
        SourceKind::Counters => Word::BlindCounters,
        SourceKind::ResolverCache => Word::BlindResolverCache,
        SourceKind::DeviceSettings => Word::BlindDeviceSettings,
        SourceKind::OtherEvents => Word::BlindOtherEvents,
        SourceKind::TraceSockets => Word::BlindTraceSockets,
        SourceKind::TraceProcesses => Word::BlindTraceProcesses,
        SourceKind::TraceDns => Word::BlindTraceDns,
        SourceKind::TraceRequests => Word::BlindTraceRequests,
        SourceKind::FirewallTextLog => Word::BlindFirewallTextLog,
        SourceKind::NetworkEvents => Word::BlindNetworkEvents,
        SourceKind::NetworkProtection => Word::BlindNetworkProtection,
        SourceKind::TransferLog => Word::BlindTransferLog,
        SourceKind::PacketProcesses => Word::BlindPacketProcesses,
    }
}

/// How a flow ended.
pub fn close_reason(reason: CloseReason) -> Word {
    match reason {
        CloseReason::Finished => Word::CloseFinished,
        CloseReason::ClientReset => Word::CloseClientReset,
        CloseReason::ServerReset => Word::CloseServerReset,
        CloseReason::Unanswered => Word::CloseUnanswered,
        CloseReason::Idle => Word::CloseIdle,
        CloseReason::CaptureEnded => Word::CloseCaptureEnded,
        CloseReason::Evicted => Word::CloseEvicted,
        CloseReason::Reused => Word::CloseReused,
    }
}

/// The rule that found a program.
pub fn process_rule(rule: ProcessRule) -> Word {
    match rule {
        ProcessRule::ExactEvent => Word::RuleExactEvent,
        ProcessRule::ExactSnapshot => Word::RuleExactSnapshot,
        ProcessRule::PacketOwner => Word::RulePacketOwner,
        ProcessRule::Bind => Word::RuleBind,
        ProcessRule::Listener => Word::RuleListener,
        ProcessRule::Loopback => Word::RuleLoopback,
        ProcessRule::Relay => Word::RuleRelay,
        ProcessRule::Delegation => Word::RuleDelegation,
        ProcessRule::Call => Word::RuleCall,
    }
}

/// How a name is known, short enough for a table cell.
pub fn name_evidence(evidence: NameEvidence) -> Word {
    match evidence {
        NameEvidence::ProxyTarget(NameSource::HttpConnect) => Word::NameConnect,
        NameEvidence::ProxyTarget(NameSource::HttpAbsolute) => Word::NameAbsolute,
        NameEvidence::ProxyTarget(NameSource::SocksTarget) => Word::NameSocks,
        NameEvidence::ProxyTarget(_) => Word::NameProxyOther,
        NameEvidence::RequestToProxy => Word::NameRequestToProxy,
        NameEvidence::TlsServerName(Ech::Absent) => Word::NameSni,
        NameEvidence::TlsServerName(Ech::Present) => Word::NameSniOuter,
        NameEvidence::QuicServerName(Ech::Absent) => Word::NameQuicSni,
        NameEvidence::QuicServerName(Ech::Present) => Word::NameQuicSniOuter,
        NameEvidence::HttpHost => Word::NameHost,
        NameEvidence::Requested => Word::NameRequested,
        NameEvidence::StackName => Word::NameStack,
        NameEvidence::AskedByProcess => Word::NameAsked,
        NameEvidence::Certificate => Word::NameCertificate,
        NameEvidence::DnsAnswer => Word::NameDns,
        NameEvidence::SharedDnsAnswer => Word::NameDnsShared,
        NameEvidence::ResolverCache => Word::NameResolverCache,
        NameEvidence::ExpiredDnsAnswer => Word::NameDnsExpired,
        NameEvidence::CaptureNameTable => Word::NameCaptureTable,
        NameEvidence::HostResolution => Word::NameHostResolution,
    }
}

/// How the name of a filter was found.
pub fn filter_match(found: FilterMatch) -> Word {
    match found {
        FilterMatch::SameBoot => Word::MatchSameBoot,
        FilterMatch::Event => Word::MatchEvent,
        FilterMatch::MaybeRenumbered => Word::MatchMaybeRenumbered,
        FilterMatch::Rule => Word::MatchRule,
        FilterMatch::Conditions => Word::MatchConditions,
        FilterMatch::NotFound => Word::MatchNotFound,
    }
}

/// What a filter does.
pub fn filter_action(action: FilterAction) -> Word {
    match action {
        FilterAction::Block => Word::ActionBlock,
        FilterAction::Permit => Word::ActionPermit,
        FilterAction::CalloutTerminating => Word::ActionCalloutTerminating,
        FilterAction::CalloutInspection => Word::ActionCalloutInspection,
        FilterAction::CalloutUnknown => Word::ActionCalloutUnknown,
        FilterAction::Continue => Word::ActionContinue,
        FilterAction::Unknown => Word::ActionUnknown,
    }
}

/// Whether a piece of evidence was read.
pub fn evidence_status(status: EvidenceStatus) -> Word {
    match status {
        EvidenceStatus::Read => Word::StatusRead,
        EvidenceStatus::ReadInPart => Word::StatusReadInPart,
        EvidenceStatus::NotUnderstood => Word::StatusNotUnderstood,
        EvidenceStatus::Failed => Word::StatusFailed,
        EvidenceStatus::Container => Word::StatusContainer,
        EvidenceStatus::Duplicate(of) => Word::StatusDuplicate { of: of.to_string() },
    }
}

/// Which statement is missing.
pub fn unknown_aspect(aspect: UnknownAspect) -> Word {
    match aspect {
        UnknownAspect::Program => Word::AspectProgram,
        UnknownAspect::ProgramName => Word::AspectProgramName,
        UnknownAspect::Service => Word::AspectService,
        UnknownAspect::Name => Word::AspectName,
        UnknownAspect::Decision => Word::AspectDecision,
        UnknownAspect::Filter => Word::AspectFilter,
    }
}

/// A connection event.
pub fn connection_event(kind: ConnectionEventKind) -> Word {
    match kind {
        ConnectionEventKind::ApplicationBlocked => Word::EventApplicationBlocked,
        ConnectionEventKind::FloodDetected => Word::EventFloodDetected,
        ConnectionEventKind::FloodSubsided => Word::EventFloodSubsided,
        ConnectionEventKind::FrameBlocked => Word::EventFrameBlocked,
        ConnectionEventKind::PacketBlocked => Word::EventPacketBlocked,
        ConnectionEventKind::PacketBlockedByMoreRestrictiveFilter => Word::EventPacketBlockedByMoreRestrictiveFilter,
        ConnectionEventKind::ListenPermitted => Word::EventListenPermitted,
        ConnectionEventKind::ListenBlocked => Word::EventListenBlocked,
        ConnectionEventKind::ConnectionPermitted => Word::EventConnectionPermitted,
        ConnectionEventKind::ConnectionBlocked => Word::EventConnectionBlocked,
        ConnectionEventKind::BindPermitted => Word::EventBindPermitted,
        ConnectionEventKind::BindBlocked => Word::EventBindBlocked,
        ConnectionEventKind::SysmonConnection => Word::EventSysmonConnection,
        ConnectionEventKind::TraceRequested => Word::EventTraceRequested,
        ConnectionEventKind::TraceConnected => Word::EventTraceConnected,
        ConnectionEventKind::TraceAccepted => Word::EventTraceAccepted,
        ConnectionEventKind::TraceFailed => Word::EventTraceFailed,
        ConnectionEventKind::TraceUsed => Word::EventTraceUsed,
        ConnectionEventKind::TraceClosed => Word::EventTraceClosed,
        ConnectionEventKind::TraceBound => Word::EventTraceBound,
        ConnectionEventKind::TraceNamed => Word::EventTraceNamed,
        ConnectionEventKind::FirewallAllowed => Word::EventFirewallAllowed,
        ConnectionEventKind::FirewallBlocked => Word::EventFirewallBlocked,
        ConnectionEventKind::FirewallDropped => Word::EventFirewallDropped,
        ConnectionEventKind::NetworkEventAllowed => Word::EventNetworkEventAllowed,
        ConnectionEventKind::NetworkEventBlocked => Word::EventNetworkEventBlocked,
        ConnectionEventKind::NetworkEventDropped => Word::EventNetworkEventDropped,
    }
}

/// What a mark on the timeline shows.
pub fn timeline_mark(kind: TimelineMarkKind) -> Word {
    match kind {
        TimelineMarkKind::Block => Word::MarkBlock,
        TimelineMarkKind::Finding(_) => Word::MarkFinding,
    }
}

/// Whether an endpoint is explained.
pub fn explanation(explanation: &Explanation) -> Word {
    match explanation {
        Explanation::Known(_) => Word::ExplanationKnown,
        Explanation::KnownButUnexpectedProgram(_) => Word::ExplanationUnexpected,
        Explanation::Explained => Word::ExplanationExplained,
        Explanation::Unknown { suspicious: false } => Word::ExplanationUnknown,
        Explanation::Unknown { suspicious: true } => Word::ExplanationSuspicious,
    }
}

/// The unit of an issue; none where it is no word of ours.
pub fn issue_unit(unit: &str) -> Option<Word> {
    match unit {
        "packet" => Some(Word::UnitPacket),
        "event" => Some(Word::UnitEvent),
        "record" => Some(Word::UnitRecord),
        "chunk" => Some(Word::UnitChunk),
        "line" => Some(Word::UnitLine),
        "block" => Some(Word::UnitBlock),
        "flow" => Some(Word::UnitFlow),
        _ => None,
    }
}

/// The title of a finding.
pub fn finding_title(kind: &FindingKind) -> FindingMessage {
    match kind {
        FindingKind::SynSweep { .. } => FindingMessage::TitleSynSweep,
        FindingKind::PortScan { .. } => FindingMessage::TitlePortScan,
        FindingKind::LookAlikeName { .. } => FindingMessage::TitleLookAlikeName,
        FindingKind::WrongPath { .. } => FindingMessage::TitleWrongPath,
        FindingKind::ListenerBurst { .. } => FindingMessage::TitleListenerBurst,
        FindingKind::Beacon { .. } => FindingMessage::TitleBeacon,
        FindingKind::UnexpectedProgram { .. } => FindingMessage::TitleUnexpectedProgram,
        FindingKind::SourcesDisagree { .. } => FindingMessage::TitleSourcesDisagree,
        FindingKind::NameMismatch { .. } => FindingMessage::TitleNameMismatch,
        FindingKind::LogCleared => FindingMessage::TitleLogCleared,
        FindingKind::ProtectionOff => FindingMessage::TitleProtectionOff,
        FindingKind::NetworkProtection(judged) => match judged.action {
            NetworkProtectionAction::Audited => FindingMessage::TitleNetworkProtectionAudited,
            NetworkProtectionAction::Blocked => FindingMessage::TitleNetworkProtectionBlocked,
        },
        FindingKind::LateralConnection { .. } => FindingMessage::TitleLateralConnection,
        FindingKind::PolicyViolation(_) => FindingMessage::TitlePolicyViolation,
    }
}

/// What a finding means and what to do about it.
pub fn finding_advice(kind: &FindingKind) -> FindingMessage {
    match kind {
        FindingKind::SynSweep { .. } => FindingMessage::AdviceSynSweep,
        FindingKind::PortScan { .. } => FindingMessage::AdvicePortScan,
        FindingKind::LookAlikeName { .. } => FindingMessage::AdviceLookAlikeName,
        FindingKind::WrongPath { .. } => FindingMessage::AdviceWrongPath,
        FindingKind::ListenerBurst { .. } => FindingMessage::AdviceListenerBurst,
        FindingKind::Beacon { .. } => FindingMessage::AdviceBeacon,
        FindingKind::UnexpectedProgram { .. } => FindingMessage::AdviceUnexpectedProgram,
        FindingKind::SourcesDisagree { .. } => FindingMessage::AdviceSourcesDisagree,
        FindingKind::NameMismatch { .. } => FindingMessage::AdviceNameMismatch,
        FindingKind::LogCleared => FindingMessage::AdviceLogCleared,
        FindingKind::ProtectionOff => FindingMessage::AdviceProtectionOff,
        FindingKind::NetworkProtection(judged) => match judged.action {
            NetworkProtectionAction::Audited => FindingMessage::AdviceNetworkProtectionAudited,
            NetworkProtectionAction::Blocked => FindingMessage::AdviceNetworkProtectionBlocked,
        },
        FindingKind::LateralConnection { .. } => FindingMessage::AdviceLateralConnection,
        FindingKind::PolicyViolation(_) => FindingMessage::AdvicePolicyViolation,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::{Language, Messages};

    /// A word that stands for two values would hide which one is meant.
    fn assert_distinct<T: Copy>(values: &[T], word: impl Fn(T) -> Word) {
        for language in Language::ALL {
            let messages = Messages::new(language);
            let words: BTreeSet<String> = values.iter().map(|value| messages.get(&word(*value))).collect();
            assert_eq!(words.len(), values.len(), "{language:?} {words:?}");
        }
    }

    #[test]
    fn every_grade_source_and_event_has_a_word_of_its_own() {
        assert_distinct(&Grade::ALL, grade);
        assert_distinct(&SourceKind::ALL, source);
        assert_distinct(&ConnectionEventKind::ALL, connection_event);
    }
}
