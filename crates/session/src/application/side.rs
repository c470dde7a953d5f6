//! One side of a TCP connection: its bytes in order, and those that wait to be understood.

use crate::reassembly::{Arrival, Bound, Budget, Direction, Segment};

/// Bytes held of one side: enough for a ClientHello with post-quantum keys or a long request head.
pub(super) const MOST_SIDE_BYTES: usize = 16 << 10;
/// What is held out of order on one side.
const HELD: Bound = Bound {
    pieces: 32,
    bytes: MOST_SIDE_BYTES,
};

/// One side: what is waiting to be understood, and what came too early.
#[derive(Debug, Default)]
pub(super) struct Side {
    direction: Direction<()>,
    /// Bytes in order that a parser wants to see again with more behind them.
    pending: Vec<u8>,
}

impl Side {
    /// A side whose first byte has that number; none where the first segment has to tell.
    pub(super) fn new(next: Option<u32>) -> Self {
        Self {
            direction: Direction::starting_at(next),
            pending: Vec::new(),
        }
    }

    /// Takes in a segment.
    pub(super) fn arrive<'a>(&mut self, sequence: u32, payload: &'a [u8], budget: &mut Budget) -> Arrival<'a> {
        let segment = Segment {
            sequence,
            bytes: payload,
            wire_bytes: payload.len().try_into().unwrap_or(u32::MAX),
            note: (),
        };
        self.direction.arrive(&segment, HELD, budget)
    }

    /// A held segment that is in order by now.
    pub(super) fn next_held(&mut self, budget: &mut Budget) -> Option<Vec<u8>> {
        self.direction.next_held(budget).map(|piece| piece.bytes)
    }

    /// Gives up what is missing and what waits: reading goes on at `sequence`.
    pub(super) fn jump(&mut self, sequence: u32, budget: &mut Budget) {
        self.release(budget);
        self.direction.restart_at(sequence, budget);
    }

    /// The bytes that wait, which are no longer held.
    pub(super) fn take_pending(&mut self, budget: &mut Budget) -> Vec<u8> {
        budget.give_back(self.pending.len());
        std::mem::take(&mut self.pending)
    }

    pub(super) fn pending(&self) -> &[u8] {
        &self.pending
    }

    /// Keeps bytes to be seen again, and gives them back when they are too many.
    pub(super) fn keep(&mut self, bytes: Vec<u8>, most: usize, budget: &mut Budget) -> Option<Vec<u8>> {
        if bytes.len() > most || !budget.take(bytes.len()) {
            return Some(bytes);
        }
        self.pending = bytes;
        None
    }

    /// Loses the place: the next segment counts as the first.
    pub(super) fn forget(&mut self, budget: &mut Budget) {
        self.release(budget);
        self.direction.forget(budget);
    }

    /// Lets everything go.
    pub(super) fn release(&mut self, budget: &mut Budget) {
        self.direction.release(budget);
        budget.give_back(self.pending.len());
        self.pending = Vec::new();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn too_much_out_of_order_can_be_jumped() {
        const GENEROUS: usize = 1 << 20;
        let (mut side, mut budget) = (Side::default(), Budget::new(GENEROUS));
        side.arrive(0, b"a", &mut budget);
        let late = [7; MOST_SIDE_BYTES / 2];
        assert_eq!(side.arrive(10, &late, &mut budget), Arrival::Held);
        assert_eq!(side.arrive(20_000, &late, &mut budget), Arrival::Held);
        assert_eq!(side.arrive(40_000, b"x", &mut budget), Arrival::Full);
        side.jump(40_000, &mut budget);
        assert!(matches!(side.arrive(40_000, b"x", &mut budget), Arrival::New { .. }));
        assert!(budget.take(GENEROUS), "the budget was given back");
    }

    #[test]
    fn no_more_is_kept_than_there_is_room_for() {
        let (mut side, mut budget) = (Side::default(), Budget::new(3));
        let many = side.keep(b"many".to_vec(), MOST_SIDE_BYTES, &mut budget);
        assert_eq!(many, Some(b"many".to_vec()));
        assert_eq!(side.keep(b"few".to_vec(), MOST_SIDE_BYTES, &mut budget), None);
        assert_eq!((side.pending(), budget.refused()), (&b"few"[..], 1));
    }
}
