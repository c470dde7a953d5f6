//! Segments that came too early.

use std::collections::VecDeque;

use super::budget::Budget;
use super::sequence::{after, distance};

/// Bytes of the longest segment that is held: more than any offloading network card makes of several (64 KiB), and little
/// enough for numbers to compare.
const MOST_SEGMENT_BYTES: u32 = 1 << 24;

/// How much one direction may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bound {
    /// Pieces: segments, or what is new of them.
    pub pieces: usize,
    /// Bytes of them.
    pub bytes: usize,
}

/// A segment as it was captured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Segment<'b, N> {
    /// The number of its first byte of data.
    pub sequence: u32,
    /// Its data, as far as it was captured.
    pub bytes: &'b [u8],
    /// Bytes of data on the wire; more than were captured where the capture cut it.
    pub wire_bytes: u32,
    /// What the caller wants to know of it when its turn comes.
    pub note: N,
}

/// A segment, or what is new of it, whose turn has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece<N> {
    /// The number of its first byte.
    pub sequence: u32,
    /// Its bytes, as far as they were captured.
    pub bytes: Vec<u8>,
    /// Bytes on the wire.
    pub wire_bytes: u32,
    /// The note of its segment.
    pub note: N,
}

/// Segments that wait for those before them. No two of them hold the same byte: what came first stays.
#[derive(Debug)]
pub struct Held<N> {
    /// In the order of their numbers, without overlaps.
    pieces: VecDeque<Piece<N>>,
    bytes: usize,
}

impl<N> Default for Held<N> {
    fn default() -> Self {
        Self {
            pieces: VecDeque::new(),
            bytes: 0,
        }
    }
}

impl<N> Piece<N> {
    const fn end(&self) -> u32 {
        self.sequence.wrapping_add(self.wire_bytes)
    }

    /// Leaves out what lies before `next`.
    pub(super) fn cut_before(&mut self, next: u32) {
        let seen = distance(next, self.sequence).max(0).unsigned_abs().min(self.wire_bytes);
        self.bytes.drain(..self.bytes.len().min(seen as usize));
        self.sequence = self.sequence.wrapping_add(seen);
        self.wire_bytes -= seen;
    }
}

impl<N: Copy> Segment<'_, N> {
    /// The part between two places, counted from its beginning.
    fn piece(&self, from: u32, end: u32) -> Piece<N> {
        let place = |at: u32| self.bytes.len().min(at as usize);
        Piece {
            sequence: after(self.sequence, from as usize),
            bytes: self.bytes.get(place(from)..place(end)).unwrap_or_default().to_vec(),
            wire_bytes: end.saturating_sub(from),
            note: self.note,
        }
    }

    fn captured_bytes(&self, (from, end): (u32, u32)) -> usize {
        let place = |at: u32| self.bytes.len().min(at as usize);
        place(end).saturating_sub(place(from))
    }
}

impl<N: Copy> Held<N> {
    /// Holds what is new of a segment; false where there is no room for it, and nothing of it is held.
    pub fn hold(&mut self, segment: &Segment<'_, N>, bound: Bound, budget: &mut Budget) -> bool {
        if segment.wire_bytes > MOST_SEGMENT_BYTES {
            return false;
        }
        let gaps = self.gaps(segment.sequence, segment.wire_bytes);
        let bytes = gaps.iter().map(|gap| segment.captured_bytes(*gap)).sum();
        let fits = self.pieces.len().saturating_add(gaps.len()) <= bound.pieces
            && self.bytes.saturating_add(bytes) <= bound.bytes;
        if !fits || !budget.take(bytes) {
            return false;
        }
        self.bytes += bytes;
        for (from, end) in gaps {
            let piece = segment.piece(from, end);
            let at = self.place_of(piece.sequence);
            self.pieces.insert(at, piece);
        }
        true
    }

    /// How many pieces end at or before `sequence`.
    fn place_of(&self, sequence: u32) -> usize {
        self.pieces
            .partition_point(|piece| distance(piece.end(), sequence) <= 0)
    }

    /// The parts of so many bytes from `sequence` that are not held yet, counted from there.
    fn gaps(&self, sequence: u32, bytes: u32) -> Vec<(u32, u32)> {
        let (mut gaps, mut from) = (Vec::new(), 0);
        for piece in self.pieces.range(self.place_of(sequence)..) {
            let begin = distance(piece.sequence, sequence).max(0).unsigned_abs();
            if begin >= bytes {
                break;
            }
            if begin > from {
                gaps.push((from, begin));
            }
            from = distance(piece.end(), sequence).max(0).unsigned_abs();
        }
        if from < bytes {
            gaps.push((from, bytes));
        }
        gaps
    }
}

impl<N> Held<N> {
    /// The number of the first byte that is held.
    #[must_use]
    pub fn first(&self) -> Option<u32> {
        self.pieces.front().map(|piece| piece.sequence)
    }

    /// What is new of the first piece, if it begins at or before the byte `next`.
    pub fn take_until(&mut self, next: u32, budget: &mut Budget) -> Option<Piece<N>> {
        while self.first().is_some_and(|first| distance(first, next) <= 0) {
            let mut piece = self.pieces.pop_front()?;
            self.bytes = self.bytes.saturating_sub(piece.bytes.len());
            budget.give_back(piece.bytes.len());
            piece.cut_before(next);
            if piece.wire_bytes > 0 {
                return Some(piece);
            }
        }
        None
    }

    /// The notes of what is held.
    pub fn notes(&self) -> impl Iterator<Item = &N> {
        self.pieces.iter().map(|piece| &piece.note)
    }

    /// How many bytes are held.
    #[must_use]
    pub const fn bytes(&self) -> usize {
        self.bytes
    }

    /// How many pieces are held.
    #[must_use]
    pub fn len(&self) -> usize {
        self.pieces.len()
    }

    /// Whether nothing is held.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// Gives out everything in order, gaps or not.
    pub fn take_all(&mut self, budget: &mut Budget) -> impl Iterator<Item = Piece<N>> + use<N> {
        budget.give_back(self.bytes);
        self.bytes = 0;
        std::mem::take(&mut self.pieces).into_iter()
    }

    /// Lets everything go.
    pub fn release(&mut self, budget: &mut Budget) {
        drop(self.take_all(budget));
    }
}

#[cfg(test)]
mod tests;
