//! Why something stays unknown, from the coverage ledger.

use whotalks_record::{Pid, SourceKind, Timestamp};

use crate::coverage::{Coverage, SourceState};
use crate::{Attribution, Conversation, HostId, UnknownReason};

/// Why no rule found a process. A listing shows one moment, so that its silence is never the reason: the audit log is.
pub(crate) fn no_process(coverage: &Coverage, host: Option<HostId>, time: Option<Timestamp>) -> UnknownReason {
    if host.is_none() && coverage.has_host_sources() {
        return UnknownReason::HostNotObserved;
    }
    blame(
        coverage,
        &[SourceKind::ConnectionAudit, SourceKind::SysmonConnection],
        host,
        time,
    )
}

/// Why no decision is known for a flow of no observed host.
pub(crate) fn no_decision(coverage: &Coverage, time: Option<Timestamp>) -> UnknownReason {
    if coverage.has_host_sources() {
        return UnknownReason::HostNotObserved;
    }
    coverage.reason(None, SourceKind::ConnectionAudit, time)
}

/// Why no decision is known for a conversation that only a listing shows.
pub(crate) fn no_listed_decision(coverage: &Coverage, conversation: &Conversation) -> UnknownReason {
    coverage.reason(conversation.host, SourceKind::ConnectionAudit, conversation.first)
}

/// Why a process is known by its identifier only.
pub(crate) fn no_image(coverage: &Coverage, host: Option<HostId>, pid: Pid, time: Option<Timestamp>) -> UnknownReason {
    let sources = [SourceKind::ProcessCreationAudit, SourceKind::SysmonProcessStart];
    match blame(coverage, &sources, host, time) {
        UnknownReason::NotInSource(_) => UnknownReason::ProcessEndedBeforeItsNameWasRead(pid),
        other => other,
    }
}

/// Why no name is known: the first source that could have shown one.
pub(crate) fn no_name(coverage: &Coverage, conversation: &Conversation) -> UnknownReason {
    if conversation.flow.is_none() {
        let reason = coverage.reason(None, SourceKind::Packets, conversation.first);
        if !matches!(reason, UnknownReason::NotInSource(_)) {
            return reason;
        }
    }
    blame(
        coverage,
        &[SourceKind::SysmonDns],
        conversation.host,
        conversation.first,
    )
}

/// The reason of the first source that was collected at all, since its gap is the nearest explanation; where none was, the
/// first of the list, since that is the one to collect.
fn blame(coverage: &Coverage, sources: &[SourceKind], host: Option<HostId>, time: Option<Timestamp>) -> UnknownReason {
    let collected = sources
        .iter()
        .find(|source| coverage.state(host, **source, time) != SourceState::NotCollected);
    match collected.or(sources.first()) {
        Some(source) => coverage.reason(host, *source, time),
        None => UnknownReason::HostNotObserved,
    }
}

/// Adds the reason to an attribution that has none of its own.
pub(crate) fn explain(
    attribution: &mut Attribution,
    coverage: &Coverage,
    host: Option<HostId>,
    time: Option<Timestamp>,
) {
    attribution.unknown = match &attribution.process {
        None => Some(no_process(coverage, host, time)),
        Some(process) => match (process.pid, &process.image) {
            (Some(pid), None) if pid != Pid::SYSTEM && pid != Pid::IDLE => Some(no_image(coverage, host, pid, time)),
            _ => None,
        },
    };
}
