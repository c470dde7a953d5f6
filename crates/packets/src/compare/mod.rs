//! Two captures of one network, before and after: what is new, gone, grew or shrank.
//!
//! *Brief overview*
//! - [`compare`] takes the statistics of both; [`question`] says which it needs.
//! - Captures differ in length, so traffic is compared as a rate: bytes per second of the capture. What is compared is an address, a
//!   pair of addresses, a protocol of the hierarchy, a port that was sent to, and with a case the program behind conversations.
//! - A [`Verdict`] needs a change that is large in proportion and large in itself, so that a conversation of a few packets that
//!   doubled is no news.

mod change;
mod subject;
#[cfg(test)]
mod tests;

pub use change::{Change, Load, Verdict};
pub use subject::{Attributed, Subject};

use std::collections::BTreeMap;

use crate::select::Annotate;
use crate::statistics::{Question, Statistic, Statistics, Totals};

/// What changed from one capture to another.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// The capture before.
    pub before: Totals,
    /// The capture after.
    pub after: Totals,
    /// What changed, the largest difference of rates first within each kind of subject.
    pub changes: Vec<Change>,
    /// Subjects that were compared and did not change.
    pub unchanged: u64,
    /// How much the case knows of both, before and after; none without a case.
    pub attributed: Option<[Attributed; 2]>,
}

/// What [`compare`] has to be given the statistics of.
#[must_use]
pub fn question() -> Question {
    Question::new(&[Statistic::Hierarchy, Statistic::Conversations, Statistic::Ports])
}

/// Compares the statistics of two captures. A case that knows both names programs and addresses.
#[must_use]
pub fn compare(before: &Statistics, after: &Statistics, case: Option<&dyn Annotate>) -> Comparison {
    let mut loads: BTreeMap<Subject, [Load; 2]> = BTreeMap::new();
    let mut attributed = [Attributed::default(); 2];
    for ((side, statistics), known) in [before, after].into_iter().enumerate().zip(&mut attributed) {
        let mut each = |subject, load| {
            if let Some(held) = loads.entry(subject).or_default().get_mut(side) {
                held.add(load);
            }
        };
        subject::loads(statistics, &mut each);
        if let Some(case) = case {
            *known = subject::processes(statistics, case, &mut each);
        }
    }
    let seconds = [before, after].map(|statistics| change::seconds(&statistics.totals));
    let all = loads.len();
    let changes = loads
        .into_iter()
        .filter_map(|(subject, loads)| Change::of(subject, loads, seconds));
    let mut changes: Vec<Change> = changes.collect();
    changes.sort_by(|one, other| {
        let by_kind = one.subject.kind().cmp(&other.subject.kind());
        let by_size = other.difference().abs().total_cmp(&one.difference().abs());
        by_kind.then(by_size).then_with(|| one.subject.cmp(&other.subject))
    });
    if let Some(case) = case {
        let [before, after] = attributed.map(|side| side.unknown() > 0);
        for change in &mut changes {
            change.names = names(&change.subject, case);
            if matches!(change.subject, Subject::Process(_)) {
                change.verdict = change.verdict.with_gaps(before, after);
            }
        }
    }
    Comparison {
        before: before.totals,
        after: after.totals,
        unchanged: (all - changes.len()) as u64,
        changes,
        attributed: case.map(|_| attributed),
    }
}

/// What an address is called.
fn names(subject: &Subject, case: &dyn Annotate) -> Vec<String> {
    match subject {
        Subject::Address(address) => case.names(*address).to_vec(),
        _ => Vec::new(),
    }
}
