//! The times of a handshake, in two words.

use whotalks_record::{Nanoseconds, Timestamp};

use super::analysis::Handshake;

/// No SYN/ACK was seen.
const NONE: i64 = i64::MIN;

/// The times of a handshake under way, then what it took.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) enum Times {
    /// No SYN was seen.
    #[default]
    Unknown,
    /// The last SYN, and how long after it the SYN/ACK came.
    Opening {
        /// The last SYN.
        syn: Timestamp,
        /// Nanoseconds to the SYN/ACK.
        answer: i64,
    },
    /// The whole, and how long the SYN/ACK took of it.
    Done {
        /// Nanoseconds in all; not 0.
        total: i64,
        /// Nanoseconds to the SYN/ACK.
        answer: i64,
    },
}

impl Times {
    #[inline]
    pub(super) fn syn(&mut self, time: Timestamp) {
        if !matches!(self, Self::Done { .. }) {
            *self = Self::Opening {
                syn: time,
                answer: NONE,
            };
        }
    }

    #[inline]
    pub(super) fn syn_ack(&mut self, time: Timestamp) {
        if let Self::Opening {
            syn,
            answer: answer @ NONE,
        } = self
        {
            *answer = (time - *syn).0;
        }
    }

    /// An acknowledgment without SYN. A handshake that took no time is not taken for one: the capture stamped its packets
    /// together, and a later segment may tell.
    #[inline]
    pub(super) fn acknowledged(&mut self, time: Timestamp) {
        if let Self::Opening { syn, answer } = *self
            && time != syn
        {
            let total = (time - syn).0;
            *self = Self::Done { total, answer };
        }
    }

    #[inline]
    pub(super) const fn total(&self) -> Option<i64> {
        match self {
            Self::Done { total, .. } => Some(*total),
            Self::Unknown | Self::Opening { .. } => None,
        }
    }

    pub(super) fn handshake(&self) -> Option<Handshake> {
        let Self::Done { total, answer } = *self else {
            return None;
        };
        let answered = (answer != NONE).then_some(Nanoseconds(answer));
        Some(Handshake {
            syn_to_syn_ack: answered,
            syn_ack_to_ack: answered.map(|answered| Nanoseconds(total.saturating_sub(answered.0))),
            total: Nanoseconds(total),
        })
    }
}
