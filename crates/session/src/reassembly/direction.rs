//! One direction, put in order.

use super::budget::Budget;
use super::held::{Bound, Held, Piece, Segment};
use super::order::{Order, Position};

/// One direction: which byte comes next, and what came too early.
#[derive(Debug)]
pub struct Direction<N> {
    order: Order,
    held: Held<N>,
}

impl<N> Default for Direction<N> {
    fn default() -> Self {
        Self::starting_at(None)
    }
}

/// What a segment brings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arrival<'b> {
    /// New bytes in order.
    New {
        /// As far as they were captured.
        bytes: &'b [u8],
        /// So many were on the wire.
        wire_bytes: u32,
    },
    /// Nothing new: all of it was seen before.
    Old,
    /// It is held until the gap before it is filled.
    Held,
    /// There is no room to hold it.
    Full,
}

impl<N> Direction<N> {
    /// A direction whose first byte has that number; none where the first segment has to tell.
    #[must_use]
    pub fn starting_at(next: Option<u32>) -> Self {
        Self {
            order: Order::starting_at(next),
            held: Held::default(),
        }
    }

    /// Takes `sequence` for the number of the next byte where none is known.
    pub fn begin(&mut self, sequence: u32) {
        self.order.begin(sequence);
    }

    /// What is new of a held segment that is in order by now. To be asked until there is none.
    pub fn next_held(&mut self, budget: &mut Budget) -> Option<Piece<N>> {
        let piece = self.held.take_until(self.order.next()?, budget)?;
        self.order.go_after(piece.sequence, piece.wire_bytes as usize);
        Some(piece)
    }

    /// The number of the first byte that is held.
    #[must_use]
    pub fn first_held(&self) -> Option<u32> {
        self.held.first()
    }

    /// The notes of what is held.
    pub fn notes(&self) -> impl Iterator<Item = &N> {
        self.held.notes()
    }

    /// Gives up what is missing before `sequence`, which is the next byte then. How many bytes that were.
    pub fn skip_to(&mut self, sequence: u32) -> u32 {
        let Position::Ahead(missing) = self.order.locate(sequence, 0) else {
            return 0;
        };
        self.order.go_after(sequence, 0);
        missing
    }

    /// Gives up what is missing and what is held: reading goes on at `sequence`.
    pub fn restart_at(&mut self, sequence: u32, budget: &mut Budget) {
        self.held.release(budget);
        self.order.go_after(sequence, 0);
    }

    /// Loses the place: the next segment counts as the first.
    pub fn forget(&mut self, budget: &mut Budget) {
        self.held.release(budget);
        self.order.forget();
    }

    /// Lets go what is held.
    pub fn release(&mut self, budget: &mut Budget) {
        self.held.release(budget);
    }
}

impl<N: Copy> Direction<N> {
    /// Takes in a segment.
    pub fn arrive<'b>(&mut self, segment: &Segment<'b, N>, bound: Bound, budget: &mut Budget) -> Arrival<'b> {
        self.order.begin(segment.sequence);
        match self.order.locate(segment.sequence, segment.wire_bytes) {
            Position::Old => Arrival::Old,
            Position::Ahead(_) if self.held.hold(segment, bound, budget) => Arrival::Held,
            Position::Ahead(_) => Arrival::Full,
            Position::InOrder(seen) => {
                self.order.go_after(segment.sequence, segment.wire_bytes as usize);
                Arrival::New {
                    bytes: segment.bytes.get(seen as usize..).unwrap_or_default(),
                    wire_bytes: segment.wire_bytes.saturating_sub(seen),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
