//! The bytes of one side of a TCP connection, in order.

use super::Budget;

/// Bytes held of one side: enough for a ClientHello with post-quantum keys or a long request head.
pub(super) const MOST_SIDE_BYTES: usize = 16 << 10;
/// Segments held out of order on one side.
const MOST_HELD_SEGMENTS: usize = 32;

/// One side: what is waiting to be understood, and what came too early.
#[derive(Debug, Default)]
pub(super) struct Side {
    /// The number of the next byte in order; none while it is not known.
    next: Option<u32>,
    /// Bytes in order that a parser wants to see again with more behind them.
    pending: Vec<u8>,
    /// Segments from further on.
    held: Vec<(u32, Vec<u8>)>,
}

/// What a segment brings.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Arrival<'a> {
    /// New bytes in order.
    Ready(&'a [u8]),
    /// Nothing new: a repetition, or bytes that are held until the gap before them is filled.
    Nothing,
    /// The gap is not filled within the bounds.
    Gap,
}

impl Side {
    /// A side whose first byte has that number; none where the first segment has to tell.
    pub(super) fn new(next: Option<u32>) -> Self {
        Self {
            next,
            ..Self::default()
        }
    }

    /// Takes in a segment.
    pub(super) fn arrive<'a>(&mut self, sequence: u32, payload: &'a [u8], budget: &mut Budget) -> Arrival<'a> {
        let next = *self.next.get_or_insert(sequence);
        // Sequence numbers wrap; the signed difference tells which of two is the later one (RFC 9293 3.4).
        let ahead = sequence.wrapping_sub(next).cast_signed();
        if ahead > 0 {
            return self.hold(sequence, payload, budget);
        }
        match payload.get(ahead.unsigned_abs() as usize..) {
            None | Some([]) => Arrival::Nothing,
            Some(new) => {
                self.next = Some(next.wrapping_add(new.len().try_into().unwrap_or(u32::MAX)));
                Arrival::Ready(new)
            }
        }
    }

    fn hold<'a>(&mut self, sequence: u32, payload: &[u8], budget: &mut Budget) -> Arrival<'a> {
        let held_bytes: usize = self.held.iter().map(|(_, bytes)| bytes.len()).sum();
        let fits = self.held.len() < MOST_HELD_SEGMENTS && held_bytes + payload.len() <= MOST_SIDE_BYTES;
        if !fits || !budget.take(payload.len()) {
            return Arrival::Gap;
        }
        self.held.push((sequence, payload.to_vec()));
        Arrival::Nothing
    }

    /// A held segment that is in order by now.
    pub(super) fn next_held(&mut self, budget: &mut Budget) -> Option<Vec<u8>> {
        let next = self.next?;
        let in_order = |(sequence, _): &(u32, Vec<u8>)| sequence.wrapping_sub(next).cast_signed() <= 0;
        let index = self.held.iter().position(in_order)?;
        let (sequence, bytes) = self.held.swap_remove(index);
        budget.give_back(bytes.len());
        match self.arrive(sequence, &bytes, budget) {
            Arrival::Ready(new) => Some(new.to_vec()),
            Arrival::Nothing | Arrival::Gap => Some(Vec::new()),
        }
    }

    /// Gives up what is missing: reading goes on at `sequence`.
    pub(super) fn jump(&mut self, sequence: u32, budget: &mut Budget) {
        self.release(budget);
        self.next = Some(sequence);
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
        self.next = None;
    }

    /// Lets everything go.
    pub(super) fn release(&mut self, budget: &mut Budget) {
        let held: usize = self.held.iter().map(|(_, bytes)| bytes.len()).sum();
        budget.give_back(held + self.pending.len());
        (self.held, self.pending) = (Vec::new(), Vec::new());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const GENEROUS: usize = 1 << 20;

    #[test]
    fn overlaps_and_repetitions_bring_only_what_is_new() {
        let (mut side, mut budget) = (Side::default(), Budget::new(GENEROUS));
        assert_eq!(side.arrive(u32::MAX - 1, b"abcd", &mut budget), Arrival::Ready(b"abcd"));
        assert_eq!(side.arrive(u32::MAX, b"bc", &mut budget), Arrival::Nothing);
        assert_eq!(side.arrive(0, b"cdef", &mut budget), Arrival::Ready(b"ef"));
    }

    #[test]
    fn too_much_out_of_order_is_a_gap_that_can_be_jumped() {
        let (mut side, mut budget) = (Side::default(), Budget::new(GENEROUS));
        side.arrive(0, b"a", &mut budget);
        let late = [7; MOST_SIDE_BYTES / 2];
        assert_eq!(side.arrive(10, &late, &mut budget), Arrival::Nothing);
        assert_eq!(side.arrive(20_000, &late, &mut budget), Arrival::Nothing);
        assert_eq!(side.arrive(40_000, b"x", &mut budget), Arrival::Gap);
        side.jump(40_000, &mut budget);
        assert_eq!(side.arrive(40_000, b"x", &mut budget), Arrival::Ready(b"x"));
        assert!(budget.take(GENEROUS), "the budget was given back");
    }

    #[test]
    fn an_empty_budget_holds_nothing() {
        let (mut side, mut budget) = (Side::default(), Budget::new(3));
        side.arrive(0, b"a", &mut budget);
        assert_eq!(side.arrive(5, b"late", &mut budget), Arrival::Gap);
        assert_eq!(
            side.keep(b"many".to_vec(), MOST_SIDE_BYTES, &mut budget),
            Some(b"many".to_vec())
        );
        assert_eq!(side.keep(b"few".to_vec(), MOST_SIDE_BYTES, &mut budget), None);
        assert_eq!(budget.refused, 2);
    }

    proptest! {
        #[test]
        fn segments_in_any_order_give_the_stream_once(
            cuts in prop::collection::vec(1usize..60, 1..20),
            start: u32,
            order in prop::collection::vec(any::<prop::sample::Index>(), 40),
        ) {
            let stream: Vec<u8> = (0..cuts.iter().sum::<usize>()).map(|at| at as u8).collect();
            let mut at = 0;
            let mut segments: Vec<_> = cuts.iter().map(|cut| { at += cut; (at - cut, at) }).collect();
            let first = segments.remove(0);
            let (mut side, mut budget) = (Side::default(), Budget::new(GENEROUS));
            let mut got = Vec::new();
            let mut feed = |(from, to): (usize, usize)| {
                if let Arrival::Ready(new) = side.arrive(start.wrapping_add(from as u32), &stream[from..to], &mut budget) {
                    got.extend_from_slice(new);
                }
                while let Some(new) = side.next_held(&mut budget) {
                    got.extend(new);
                }
            };
            feed(first);
            for index in order {
                if !segments.is_empty() {
                    let pick = index.index(segments.len());
                    feed(segments.swap_remove(pick));
                }
            }
            segments.into_iter().for_each(feed);
            prop_assert_eq!(got, stream);
        }
    }
}
