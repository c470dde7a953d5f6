//! One direction of a connection: the message that is not complete, and segments that came too early.

use super::conversation::Arrival;
use super::http::Chunks;
use crate::reassembly::{self, Bound, Budget, Held, Order, Piece, Segment};

/// Bytes of a message that are kept: a TLS record with its header, a long request head, and somewhat more.
pub(super) const MOST_HEAD_BYTES: usize = 20 << 10;
/// Bytes of an encrypted record that are kept, of which only the header says something.
const MOST_CIPHERED_BYTES: usize = 64;
/// What is held until that before it comes.
const HELD: Bound = Bound {
    pieces: 64,
    bytes: 256 << 10,
};
/// Segments that may be put together before they must have been recognised.
pub(super) const MOST_UNSURE_PIECES: u16 = 3;
/// Segments by which the beginning of a message, whose length it does not tell yet, may grow; each is read again.
pub(super) const MOST_PIECES: u16 = 64;

/// What a message still needs.
#[derive(Debug)]
pub(super) enum Need {
    /// More, until its beginning tells how long it is. So many pieces were put together.
    Beginning(u16),
    /// So many bytes.
    Bytes(u64),
    /// What the chunks of its body say.
    Chunks(Chunks),
    /// Everything until the connection ends.
    Everything,
}

/// A message that is not complete.
#[derive(Debug)]
pub(super) struct Pending {
    pub(super) first_frame: u32,
    pub(super) head: Vec<u8>,
    /// Bytes of it that came.
    pub(super) length: u64,
    pub(super) need: Need,
    /// Some of it came in segments that Wireshark leaves out.
    pub(super) is_hidden: bool,
}

/// Whether a segment is taken for sent again.
pub(super) type IsRepeated = bool;

/// One direction.
#[derive(Debug, Default)]
pub(super) struct Lane {
    pub(super) order: Order,
    waiting: Option<Box<Waiting>>,
}

#[derive(Debug)]
struct Waiting {
    pending: Pending,
    held: Held<IsRepeated>,
}

/// Where a segment lies.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Position<'b> {
    /// It continues what is there; these of its bytes are new.
    InOrder(&'b [u8]),
    /// It was seen before.
    Old,
    /// It is held for later.
    Held,
    /// It begins something new; what waited is given up.
    Beyond,
}

impl Lane {
    pub(super) const fn is_waiting(&self) -> bool {
        self.waiting.is_some()
    }

    /// The frame in which the message that is not complete began.
    pub(super) fn began_in(&self) -> Option<u32> {
        self.waiting.as_ref().map(|waiting| waiting.pending.first_frame)
    }

    /// Finds out where a segment lies with regard to the message that is not complete.
    pub(super) fn locate<'b>(&mut self, arrival: &Arrival<'b>, budget: &mut Budget) -> Position<'b> {
        let Some(waiting) = &mut self.waiting else {
            return Position::Beyond;
        };
        match self.order.locate(arrival.sequence, arrival.payload_bytes()) {
            reassembly::Position::Old => Position::Old,
            reassembly::Position::InOrder(seen) => {
                Position::InOrder(arrival.payload.get(seen as usize..).unwrap_or_default())
            }
            reassembly::Position::Ahead(ahead) if waiting.holds(ahead, arrival, budget) => Position::Held,
            reassembly::Position::Ahead(_) => Position::Beyond,
        }
    }

    /// Takes the message that is not complete.
    pub(super) fn take(
        &mut self,
        budget: &mut Budget,
    ) -> Option<(Pending, impl Iterator<Item = Piece<IsRepeated>> + use<>)> {
        let mut waiting = *self.waiting.take()?;
        budget.give_back(waiting.own_bytes());
        Some((waiting.pending, waiting.held.take_all(budget)))
    }

    /// Keeps a message that is not complete; false when there is no room for it.
    pub(super) fn keep(&mut self, pending: Pending, budget: &mut Budget) -> bool {
        let waiting = Waiting {
            pending,
            held: Held::default(),
        };
        let has_room = budget.take(waiting.own_bytes());
        if has_room {
            self.waiting = Some(Box::new(waiting));
        }
        has_room
    }

    /// Adds bytes to the message that is not complete, of which only their number matters, without taking it. False when
    /// they complete it or more is to be done.
    pub(super) fn grow(&mut self, new: &[u8], is_hidden: bool) -> bool {
        let Some(waiting) = &mut self.waiting else { return false };
        let pending = &mut waiting.pending;
        let most = most_head(&pending.head);
        match &mut pending.need {
            Need::Bytes(left) if (new.len() as u64) < *left && pending.head.len() >= most => {
                *left -= new.len() as u64;
                pending.length += new.len() as u64;
                pending.is_hidden |= is_hidden;
                true
            }
            _ => false,
        }
    }
}

impl Waiting {
    /// What it takes of the budget, beside what is held.
    const fn own_bytes(&self) -> usize {
        size_of::<Self>() + self.pending.head.len()
    }

    /// Holds a segment that is so far ahead, unless it lies past the message or there is no room.
    fn holds(&mut self, ahead: u32, arrival: &Arrival<'_>, budget: &mut Budget) -> bool {
        let is_past = matches!(self.pending.need, Need::Bytes(left) if u64::from(ahead) >= left);
        let segment = Segment {
            sequence: arrival.sequence,
            bytes: arrival.payload,
            wire_bytes: arrival.payload_bytes(),
            note: arrival.is_repeated,
        };
        !is_past && self.held.hold(&segment, HELD, budget)
    }
}

impl Pending {
    /// A message of which these bytes came so far.
    pub(super) fn new(first_frame: u32, bytes: &[u8], need: Need, is_hidden: bool) -> Self {
        let kept = bytes.get(..most_head(bytes)).unwrap_or(bytes);
        Self {
            first_frame,
            head: kept.to_vec(),
            length: bytes.len() as u64,
            need,
            is_hidden,
        }
    }

    /// Adds bytes that belong to it.
    pub(super) fn append(&mut self, bytes: &[u8]) {
        let room = most_head(&self.head).saturating_sub(self.head.len());
        self.head.extend_from_slice(bytes.get(..room).unwrap_or(bytes));
        self.length = self.length.saturating_add(bytes.len() as u64);
    }
}

/// How much is kept of a message that begins so.
fn most_head(head: &[u8]) -> usize {
    const APPLICATION_DATA: [u8; 2] = [23, 3];
    if head.starts_with(&APPLICATION_DATA) {
        MOST_CIPHERED_BYTES
    } else {
        MOST_HEAD_BYTES
    }
}
