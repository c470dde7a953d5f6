//! How much something changed.

use super::Subject;
use crate::statistics::{Totals, Volume};

/// Something grew or shrank if its rate is so many times what it was, or that part of it.
const FACTOR: f64 = 2.0;
/// A change of less than so many bytes, over the shorter of both captures, is no news.
const LEAST_BYTES: f64 = 10_000.0;
/// A capture of a moment is taken as one second: no rate can be told from less.
const LEAST_SECONDS: f64 = 1.0;

/// What was seen of a subject in one capture.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Load {
    /// Packets and bytes.
    pub volume: Volume,
    /// Conversations.
    pub conversations: u64,
}

impl Load {
    pub(super) const fn add(&mut self, other: Self) {
        self.volume = self.volume.with(other.volume);
        self.conversations += other.conversations;
    }

    const fn is_seen(&self) -> bool {
        self.volume.packets > 0
    }
}

/// What became of a subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// It was not there before.
    New,
    /// It is there no more.
    Gone,
    /// Its rate grew.
    Grew,
    /// Its rate shrank.
    Shrank,
}

/// What changed.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// What.
    pub subject: Subject,
    /// How.
    pub verdict: Verdict,
    /// What was seen before.
    pub before: Load,
    /// What was seen after.
    pub after: Load,
    /// Bytes per second before.
    pub rate_before: f64,
    /// Bytes per second after.
    pub rate_after: f64,
}

impl Change {
    /// The change of a subject; none where there is none worth telling.
    pub(super) fn of(subject: Subject, [before, after]: [Load; 2], seconds: [f64; 2]) -> Option<Self> {
        let [seconds_before, seconds_after] = seconds;
        let rate_before = before.volume.bytes as f64 / seconds_before;
        let rate_after = after.volume.bytes as f64 / seconds_after;
        let verdict = match (before.is_seen(), after.is_seen()) {
            (false, true) => Verdict::New,
            (true, false) => Verdict::Gone,
            _ => judge(rate_before, rate_after, seconds_before.min(seconds_after))?,
        };
        Some(Self {
            subject,
            verdict,
            before,
            after,
            rate_before,
            rate_after,
        })
    }

    /// Bytes per second more than before.
    #[must_use]
    pub fn difference(&self) -> f64 {
        self.rate_after - self.rate_before
    }

    /// How many times the rate is what it was; none where there was none.
    #[must_use]
    pub fn factor(&self) -> Option<f64> {
        (self.rate_before > 0.0).then(|| self.rate_after / self.rate_before)
    }
}

fn judge(before: f64, after: f64, seconds: f64) -> Option<Verdict> {
    if (after - before).abs() * seconds < LEAST_BYTES {
        None
    } else if after >= before * FACTOR {
        Some(Verdict::Grew)
    } else if before >= after * FACTOR {
        Some(Verdict::Shrank)
    } else {
        None
    }
}

/// How long a capture is, as far as rates go.
pub(super) fn seconds(totals: &Totals) -> f64 {
    totals.duration().as_seconds_f64().max(LEAST_SECONDS)
}
