//! Why something stays unknown, from the coverage ledger.

use whotalks_record::{ApplicationProtocol, IpProtocol, Pid, SourceKind, Timestamp};

use crate::coverage::Coverage;
use crate::{Attribution, Conversation, EncryptedBy, HostId, UnknownReason};

/// When and where a conversation began, as far as the evidence shows.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Start {
    pub(crate) host: Option<HostId>,
    /// The first moment that is known.
    pub(crate) time: Option<Timestamp>,
    /// Whether it really began then, or was only seen then.
    pub(crate) seen: bool,
    /// Whether packets show it, so that its times are on the clock of the capture.
    pub(crate) by_packets: bool,
    /// Whether the called end took the call, where that is known.
    pub(crate) answered: Option<bool>,
}

impl Start {
    /// The start of a conversation that packets or events show.
    pub(crate) fn of(conversation: &Conversation, seen: bool) -> Self {
        Self {
            host: conversation.host,
            time: conversation.first,
            seen,
            by_packets: conversation.flow.is_some(),
            answered: conversation.answered,
        }
    }
}

/// Why no rule found a process. A listing shows one moment and Sysmon writes what its configuration lets through, so that
/// their silence is never the reason: the audit log is.
fn no_process(coverage: &Coverage, start: Start) -> UnknownReason {
    if start.host.is_none() && coverage.has_connection_logs() {
        return UnknownReason::HostNotObserved;
    }
    by_trace(coverage, start, SourceKind::ConnectionAudit, SourceKind::TraceSockets)
}

/// What the audit log is silent about a trace may have told: where there is a trace and no log, it says why it did not. That it
/// is silent, or became so, is no reason, since its session chose what it wrote.
fn by_trace(coverage: &Coverage, start: Start, log: SourceKind, trace: SourceKind) -> UnknownReason {
    let only_traced = !coverage.is_collected(start.host, log) && coverage.is_collected(start.host, trace);
    let told = only_traced.then(|| coverage.reason_for(start, trace));
    let is_silent = |reason: &UnknownReason| {
        matches!(
            reason,
            UnknownReason::NotInSource(_) | UnknownReason::SourceEndedEarlier { .. }
        )
    };
    told.filter(|reason| !is_silent(reason))
        .unwrap_or_else(|| coverage.reason_for(start, log))
}

/// Why a decision is not known; a trace of sockets tells of none.
pub(crate) fn no_decision(coverage: &Coverage, start: Start) -> UnknownReason {
    if start.host.is_none() && coverage.has_connection_logs() {
        return UnknownReason::HostNotObserved;
    }
    coverage.reason_for(start, SourceKind::ConnectionAudit)
}

/// Why a process is known by its identifier only.
fn no_image(coverage: &Coverage, start: Start, pid: Pid) -> UnknownReason {
    let (log, trace) = (SourceKind::ProcessCreationAudit, SourceKind::TraceProcesses);
    match by_trace(coverage, start, log, trace) {
        UnknownReason::NotInSource(_) => UnknownReason::ProcessEndedBeforeItsNameWasRead(pid),
        UnknownReason::SourceNotCollected(_) if coverage.is_collected(start.host, SourceKind::ProcessList) => {
            UnknownReason::ProcessEndedBeforeItsNameWasRead(pid)
        }
        other => other,
    }
}

/// The port of HTTP over QUIC (RFC 9114 3.1).
const QUIC_PORT: u16 = 443;

/// Why no name is known. Packets show names only where they travel in the clear, and `hidden` is why they do not; the log of
/// the DNS client would have said it in every case.
pub(crate) fn no_name(
    coverage: &Coverage,
    conversation: &Conversation,
    hidden: Option<UnknownReason>,
) -> UnknownReason {
    let is_quic = conversation.application == ApplicationProtocol::Quic
        || (conversation.application == ApplicationProtocol::Unknown
            && conversation.protocol == IpProtocol::UDP
            && conversation.remote.port == QUIC_PORT);
    match hidden {
        Some(reason) if !is_quic || reason == UnknownReason::SnappedTooShort => return reason,
        _ if is_quic && conversation.flow.is_some() => return UnknownReason::EncryptedName(EncryptedBy::Quic),
        _ => {}
    }
    let start = Start::of(conversation, true);
    by_trace(coverage, start, SourceKind::DnsClientLog, SourceKind::TraceDns)
}

/// Adds the reason to an attribution that has none of its own.
pub(crate) fn explain(attribution: &mut Attribution, coverage: &Coverage, start: Start) {
    if attribution.unknown.is_some() {
        return;
    }
    attribution.unknown = match &attribution.process {
        None => Some(no_process(coverage, start)),
        Some(process) => match (process.pid, &process.image) {
            (Some(pid), None) if pid != Pid::IDLE => Some(no_image(coverage, start, pid)),
            _ => None,
        },
    };
}
