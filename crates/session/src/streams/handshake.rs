//! The times of a handshake, in two words.

use whotalks_record::{Nanoseconds, Timestamp};

use super::analysis::{Completeness, Handshake};

/// No SYN/ACK was seen.
const NONE: i64 = i64::MIN;

/// What the first word of [`Times`] is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Stage {
    /// Nothing: no SYN was seen.
    #[default]
    Unknown,
    /// The time of the last SYN.
    Opening,
    /// Nanoseconds of the whole; not 0.
    Done,
}

/// The times of a handshake under way, then what it took, and two bytes of its owner, which find room here.
#[derive(Debug, Clone, Copy, Default)]
#[repr(Rust, packed(4))]
pub(crate) struct Times {
    word: i64,
    /// Nanoseconds from the SYN to the SYN/ACK.
    answer: i64,
    stage: Stage,
    pub(super) completeness: Completeness,
    pub(super) last_from_low: bool,
}

impl Times {
    #[inline]
    pub(super) fn syn(&mut self, time: Timestamp) {
        if self.stage != Stage::Done {
            (self.stage, self.word, self.answer) = (Stage::Opening, time.nanoseconds(), NONE);
        }
    }

    #[inline]
    pub(super) fn syn_ack(&mut self, time: Timestamp) {
        if self.stage == Stage::Opening && self.answer == NONE {
            self.answer = self.since_syn(time);
        }
    }

    fn since_syn(&self, time: Timestamp) -> i64 {
        (time - Timestamp::from_nanoseconds(self.word)).0
    }

    /// An acknowledgment without SYN. A handshake that took no time is not taken for one: the capture stamped its packets
    /// together, and a later segment may tell.
    #[inline]
    pub(super) fn acknowledged(&mut self, time: Timestamp) {
        if self.stage == Stage::Opening && time.nanoseconds() != self.word {
            (self.stage, self.word) = (Stage::Done, self.since_syn(time));
        }
    }

    #[inline]
    pub(super) fn total(&self) -> Option<i64> {
        (self.stage == Stage::Done).then_some(self.word)
    }

    pub(super) fn handshake(&self) -> Option<Handshake> {
        let total = self.total()?;
        let answered = (self.answer != NONE).then_some(Nanoseconds(self.answer));
        Some(Handshake {
            syn_to_syn_ack: answered,
            syn_ack_to_ack: answered.map(|answered| Nanoseconds(total.saturating_sub(answered.0))),
            total: Nanoseconds(total),
        })
    }
}
