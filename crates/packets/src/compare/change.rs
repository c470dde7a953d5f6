//! How much something changed.

use whotalks_record::Grade;

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
    /// How sure it is that all of this is the subject's; none where nobody doubts it.
    pub grade: Option<Grade>,
}

impl Load {
    pub(super) fn add(&mut self, other: Self) {
        self.volume = self.volume.with(other.volume);
        self.conversations += other.conversations;
        self.grade = weaker(self.grade, other.grade);
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
    /// It was not seen before, but may be among what is not known of then.
    NotSeenBefore,
    /// It is not seen any more, but may be among what is not known of now.
    NotSeenAfter,
}

impl Verdict {
    /// The same where not everything is known before, or after.
    pub(super) const fn with_gaps(self, before: bool, after: bool) -> Self {
        match self {
            Self::New if before => Self::NotSeenBefore,
            Self::Gone if after => Self::NotSeenAfter,
            other => other,
        }
    }
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
    /// What an address is called, where a case knows it.
    pub names: Vec<String>,
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
            names: Vec::new(),
        })
    }

    /// How sure it is that all of this is the subject's: the weakest word counts.
    #[must_use]
    pub fn grade(&self) -> Option<Grade> {
        weaker(self.before.grade, self.after.grade)
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

fn weaker(one: Option<Grade>, other: Option<Grade>) -> Option<Grade> {
    [one, other].into_iter().flatten().min()
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
