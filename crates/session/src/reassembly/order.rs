//! Which byte comes next, and where a segment lies.

use super::sequence::{after, distance};

/// The place in a direction up to which its bytes are known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Order {
    next: Option<u32>,
}

/// Where a segment lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Position {
    /// So many of its bytes were seen before, and the one after them is the next one.
    InOrder(u32),
    /// All of it was seen before.
    Old,
    /// It begins so many bytes too late; at least one.
    Ahead(u32),
}

impl Order {
    /// A direction whose first byte has that number; none where its beginning was not captured.
    #[inline]
    #[must_use]
    pub const fn starting_at(next: Option<u32>) -> Self {
        Self { next }
    }

    /// The number of the next byte; none where the next segment is to tell.
    #[inline]
    #[must_use]
    pub const fn next(&self) -> Option<u32> {
        self.next
    }

    /// Where a segment of so many bytes lies. The first one lies in order.
    #[inline]
    #[must_use]
    pub const fn locate(&self, sequence: u32, bytes: u32) -> Position {
        let Some(next) = self.next else {
            return if bytes == 0 {
                Position::Old
            } else {
                Position::InOrder(0)
            };
        };
        let ahead = distance(sequence, next);
        if ahead > 0 {
            Position::Ahead(ahead.unsigned_abs())
        } else if ahead.unsigned_abs() < bytes {
            Position::InOrder(ahead.unsigned_abs())
        } else {
            Position::Old
        }
    }

    /// Whether a segment begins with the very next byte; the first one does.
    #[inline]
    #[must_use]
    pub const fn follows(&self, sequence: u32) -> bool {
        match self.next {
            Some(next) => next == sequence,
            None => true,
        }
    }

    /// Whether what ends before `end` was seen before.
    #[inline]
    #[must_use]
    pub const fn is_past(&self, end: u32) -> bool {
        match self.next {
            Some(next) => distance(end, next) <= 0,
            None => false,
        }
    }

    /// Takes `sequence` for the number of the next byte where none is known.
    #[inline]
    pub fn begin(&mut self, sequence: u32) {
        self.next.get_or_insert(sequence);
    }

    /// Goes on after so many bytes from `sequence`.
    #[inline]
    pub const fn go_after(&mut self, sequence: u32, bytes: usize) {
        self.next = Some(after(sequence, bytes));
    }

    /// Loses the place: the next segment counts as the first.
    #[inline]
    pub const fn forget(&mut self) {
        self.next = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_segment_is_old_new_in_part_or_ahead() {
        let order = Order::starting_at(Some(2));
        assert_eq!(order.locate(u32::MAX, 3), Position::Old);
        assert_eq!(order.locate(u32::MAX, 4), Position::InOrder(3));
        assert_eq!(order.locate(2, 1), Position::InOrder(0));
        assert_eq!(order.locate(2, 0), Position::Old);
        assert_eq!(order.locate(3, 0), Position::Ahead(1));
    }

    #[test]
    fn a_keep_alive_brings_nothing() {
        let order = Order::starting_at(Some(100));
        assert_eq!(order.locate(99, 0), Position::Old);
        assert_eq!(order.locate(99, 1), Position::Old);
    }

    #[test]
    fn the_first_segment_tells_where_a_direction_begins() {
        let mut order = Order::default();
        assert!(order.follows(7) && !order.is_past(7));
        assert_eq!(order.locate(7, 2), Position::InOrder(0));
        order.begin(7);
        order.begin(9);
        assert_eq!(order.next(), Some(7));
        order.go_after(7, 2);
        assert!(order.follows(9) && order.is_past(9) && !order.is_past(10));
        order.forget();
        assert_eq!(order, Order::default());
    }
}
