//! Beacon: one program calls one far end again and again at a steady interval.
//!
//! **Why it matters**: implants ask for orders on a timer. Legitimate software polls too, so this is never more than inferred and
//! a known endpoint lowers it to information. **Score**: 1 minus the relative median deviation of the intervals, scaled so that
//! 30 % jitter scores 0; at least eight calls at least five seconds apart. **Example**: 13 calls every 60 s ± 0.4 s.
//! ATT&CK: T1071 Application Layer Protocol, T1029 Scheduled Transfer.

use rustc_hash::FxHashMap;
use whotalks_correlate::{Conversation, ProcessLife};
use whotalks_record::{Direction, Endpoint, Grade, Nanoseconds, Pid, Span, Text, Timestamp, is_public};

use super::raw::{RawFinding, program_of};
use crate::proof::Proof;
use crate::sources::Sources;
use crate::{FindingKind, Severity};

/// Fewer calls show no rhythm.
const FEWEST_CALLS: usize = 8;
/// Shorter intervals are retries and page loads.
const SHORTEST_INTERVAL: Nanoseconds = Nanoseconds::from_seconds(5);
/// The relative deviation that scores 0.
const DEVIATION_OF_NOTHING: f64 = 0.3;
/// The lowest score that is reported.
const LOWEST_SCORE: f64 = 0.8;
/// The most calls kept per pair and the most pairs.
const MOST_CALLS: usize = 2_000;
const MOST_PAIRS: usize = 50_000;
/// The most calls kept over all pairs, 48 bytes each; the first ones show a rhythm as well as later ones do.
const MOST_CALLS_IN_ALL: usize = 1_000_000;

type Pair = (Option<Text>, Endpoint, Option<Pid>);

/// State: call times by pair.
#[derive(Debug, Default)]
pub(super) struct Beacon {
    pairs: FxHashMap<Pair, Calls>,
    held: usize,
}

#[derive(Debug, Default)]
struct Calls {
    program: Option<Text>,
    known: bool,
    list: Vec<(Timestamp, Span)>,
}

impl super::Detection for Beacon {
    fn see(&mut self, conversation: &Conversation, sources: &Sources<'_>) {
        let outbound = conversation.direction != Some(Direction::Inbound);
        let (Some(time), Some(span)) = (conversation.first, conversation.proof.first()) else {
            return;
        };
        if !outbound || !is_public(conversation.remote.address) {
            return;
        }
        let (program, pid) = program_of(&conversation.process);
        let host = sources.host_label(conversation.host, Some(conversation.local.address));
        let pair = (host, conversation.remote, pid);
        if self.pairs.len() >= MOST_PAIRS && !self.pairs.contains_key(&pair) {
            return;
        }
        let calls = self.pairs.entry(pair).or_insert_with(|| Calls {
            program,
            known: is_known(conversation, sources),
            list: Vec::new(),
        });
        if calls.list.len() < MOST_CALLS && self.held < MOST_CALLS_IN_ALL {
            calls.list.push((time, *span));
            self.held += 1;
        }
    }

    fn finish(self: Box<Self>, _: &[ProcessLife], _: &Sources<'_>) -> Vec<RawFinding> {
        let mut pairs: Vec<(Pair, Calls)> = self.pairs.into_iter().collect();
        pairs.sort_by(|(one, _), (other, _)| one.cmp(other));
        pairs
            .into_iter()
            .filter_map(|(pair, calls)| calls.finding(pair))
            .collect()
    }
}

fn is_known(conversation: &Conversation, sources: &Sources<'_>) -> bool {
    let best = conversation.name.best.as_ref();
    best.is_some_and(|best| sources.catalogue.endpoint(&best.name, None).is_some())
}

impl Calls {
    fn finding(mut self, (host, remote, pid): Pair) -> Option<RawFinding> {
        self.list.sort_unstable();
        let rhythm = Rhythm::of(&self.list)?;
        let (first, last) = (self.list.first()?, self.list.last()?);
        Some(RawFinding {
            severity: if self.known { Severity::Info } else { Severity::Medium },
            grade: Grade::Inferred,
            kind: FindingKind::Beacon {
                interval: rhythm.interval,
                jitter: rhythm.jitter,
                calls: self.list.len() as u64,
                score: rhythm.score,
            },
            host,
            program: self.program,
            pid,
            first: Some(first.0),
            last: Some(last.0),
            remotes: vec![remote],
            proof: Proof::of(self.list.iter().map(|(_, span)| *span).take(3)),
        })
    }
}

struct Rhythm {
    interval: Nanoseconds,
    jitter: Nanoseconds,
    score: f64,
}

impl Rhythm {
    fn of(calls: &[(Timestamp, Span)]) -> Option<Self> {
        if calls.len() < FEWEST_CALLS {
            return None;
        }
        let gaps = calls
            .iter()
            .zip(calls.iter().skip(1))
            .map(|((one, _), (next, _))| (*next - *one).0);
        let gaps: Vec<i64> = gaps.collect();
        let interval = median(gaps.clone());
        let jitter = median(gaps.iter().map(|gap| (gap - interval).abs()).collect());
        let score = 1.0 - (jitter as f64 / interval.max(1) as f64) / DEVIATION_OF_NOTHING;
        let steady = interval >= SHORTEST_INTERVAL.0 && score >= LOWEST_SCORE;
        steady.then_some(Self {
            interval: Nanoseconds(interval),
            jitter: Nanoseconds(jitter),
            score,
        })
    }
}

fn median(mut values: Vec<i64>) -> i64 {
    values.sort_unstable();
    values.get(values.len() / 2).copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use whotalks_record::EvidenceId;

    use super::*;

    fn calls(seconds: impl Iterator<Item = i64>) -> Vec<(Timestamp, Span)> {
        seconds
            .map(|second| (Timestamp::from_seconds(second, 0), Span::whole(EvidenceId(1))))
            .collect()
    }

    #[test]
    fn a_call_every_minute_is_a_beacon() {
        let rhythm = Rhythm::of(&calls((0..13).map(|call| call * 60_000 + call % 3 * 400))).unwrap();
        assert!(rhythm.score > 0.9, "{}", rhythm.score);
    }

    #[test]
    fn browsing_is_no_beacon() {
        assert!(
            Rhythm::of(&calls(
                [0, 1, 2, 30, 31, 90, 91, 95, 300, 420]
                    .into_iter()
                    .map(|second| second * 1000)
            ))
            .is_none()
        );
    }

    #[test]
    fn seven_calls_are_too_few() {
        assert!(Rhythm::of(&calls((0..7).map(|call| call * 60_000))).is_none());
    }
}
