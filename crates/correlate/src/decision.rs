//! Allowed, blocked or dropped, and by which filter.
//!
//! 5157, 5155, 5159 and 5031 are decisions about connections. 5152 and 5153 are packets: beside a decision for the same 5-tuple
//! they are the same block once, without one they are late segments, stealth or a missing listener, and no block.
//! The text log of the Windows Firewall and the network events of the filtering platform are told apart in the same way by their
//! readers; the text log names no filter, so that the audit log is asked for.

use whotalks_record::{ConnectionDecision, ConnectionEventKind, Grade, Span};

use crate::coverage::Coverage;
use crate::filter::{FilterIndex, FilterQuestion};
use crate::reasons::{self, Start};
use crate::rules::{IndexedEvent, Subject};
use crate::{DecisionAnswer, FilterAnswer, FilterMatch, UnknownReason, Verdict};

/// The most events that are cited for one decision.
const MOST_PROOF_SPANS: usize = 4;

/// Decides from the events of one conversation, which began at `start`; `answered` says whether packets show that both ends
/// spoke.
pub(crate) fn decide(
    subject: &Subject,
    start: Start,
    events: &[IndexedEvent<'_>],
    answered: bool,
    filters: &FilterIndex<'_>,
    coverage: &Coverage,
) -> DecisionAnswer {
    let drops: Vec<&IndexedEvent<'_>> = events.iter().filter(|one| one.is_packet_drop()).collect();
    // Sysmon 3 and the events of the stack are written for connections that took place, so that the host let them pass.
    let answered = answered || events.iter().any(|one| one.event.kind.shows_connection());
    let mut answer = decision(subject, events, filters);
    if answer.verdict == Verdict::Unknown {
        answer.verdict = without_decision(answered, !drops.is_empty());
        answer.grade = if answer.verdict == Verdict::Unknown {
            Grade::Unknown
        } else {
            Grade::Observed
        };
    }
    let is_decided = matches!(answer.verdict, Verdict::Allowed | Verdict::Blocked);
    if !is_decided || answer.decided_by.is_some_and(ConnectionEventKind::is_firewall_text) {
        answer.unknown = Some(reasons::no_decision(coverage, start));
    }
    answer.dropped_packets = drops.len() as u64;
    answer.drop_proof = spans(&drops);
    answer.drop_filter = drops.first().and_then(|drop| filter_of(subject, drop, filters));
    answer
}

impl DecisionAnswer {
    /// What packets alone say of a flow whose host's log is not here.
    pub(crate) fn without_log(answered: bool, reason: UnknownReason) -> Self {
        let verdict = without_decision(answered, false);
        let grade = if answered { Grade::Observed } else { Grade::Unknown };
        Self {
            verdict,
            grade,
            unknown: Some(reason),
            ..Self::default()
        }
    }
}

fn without_decision(answered: bool, dropped: bool) -> Verdict {
    match (answered, dropped) {
        (true, _) => Verdict::Passed,
        (false, true) => Verdict::DroppedPackets,
        (false, false) => Verdict::Unknown,
    }
}

/// The last decision of the log: a blocked attempt that later succeeds was let through in the end.
fn decision(subject: &Subject, events: &[IndexedEvent<'_>], filters: &FilterIndex<'_>) -> DecisionAnswer {
    let decided = events.iter().filter(|one| verdict_of(one) != Verdict::Unknown);
    let Some(last) = decided.clone().max_by_key(|one| (one.time, one.event.span)) else {
        return DecisionAnswer::default();
    };
    let verdict = verdict_of(last);
    let same: Vec<&IndexedEvent<'_>> = decided.filter(|one| verdict_of(one) == verdict).collect();
    // Several logs may tell of one decision; the one that names a filter says the most.
    let telling = same.iter().rev().find(|one| one.event.filter.is_some());
    let telling = telling.copied().unwrap_or(last);
    let filter = filter_of(subject, telling, filters);
    DecisionAnswer {
        verdict,
        grade: if same.iter().any(|one| one.tolerance.is_some()) {
            Grade::Observed
        } else {
            Grade::Derived
        },
        decided_by: Some(telling.event.kind),
        unknown: why_no_filter(subject, telling, filter.as_ref(), filters),
        filter,
        events: same.len() as u64,
        proof: spans(&same),
        ..DecisionAnswer::default()
    }
}

fn verdict_of(indexed: &IndexedEvent<'_>) -> Verdict {
    match indexed.event.kind.decision() {
        ConnectionDecision::Allowed => Verdict::Allowed,
        ConnectionDecision::Blocked => Verdict::Blocked,
        ConnectionDecision::Dropped | ConnectionDecision::None => Verdict::Unknown,
    }
}

fn filter_of(subject: &Subject, indexed: &IndexedEvent<'_>, filters: &FilterIndex<'_>) -> Option<FilterAnswer> {
    filters.resolve(&FilterQuestion {
        host: subject.host,
        event: indexed.event,
        time: indexed.time,
    })
}

/// Why the deciding filter has no name.
fn why_no_filter(
    subject: &Subject,
    indexed: &IndexedEvent<'_>,
    filter: Option<&FilterAnswer>,
    filters: &FilterIndex<'_>,
) -> Option<UnknownReason> {
    match filter {
        Some(filter) if filter.grade >= Grade::Derived => None,
        Some(filter) if is_stale(filter) => Some(UnknownReason::FilterIdsRenumbered),
        Some(filter) if filter.grade > Grade::Unknown => None,
        Some(_) => Some(filters.why_nameless(subject.host, indexed.time)),
        None => indexed.event.filter.map(|_| UnknownReason::NoFilterRecorded),
    }
}

fn is_stale(filter: &FilterAnswer) -> bool {
    matches!(filter.matched, FilterMatch::MaybeRenumbered | FilterMatch::Conditions)
}

fn spans(events: &[&IndexedEvent<'_>]) -> Vec<Span> {
    events.iter().take(MOST_PROOF_SPANS).map(|one| one.event.span).collect()
}
