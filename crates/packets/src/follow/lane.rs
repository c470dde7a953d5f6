//! One direction of a TCP stream, put in order.

use std::collections::VecDeque;

use whotalks_record::Timestamp;
use whotalks_session::streams::{Moment, Way};

use super::chunk::{Chunk, Content};

/// Segments that wait behind a gap; with more the gap is given up.
const MOST_WAITING: usize = 4_096;
/// Bytes that wait behind a gap.
const MOST_WAITING_BYTES: usize = 16 << 20;

/// One direction.
#[derive(Debug, Default)]
pub(super) struct Lane {
    /// The number of the next byte; none before the first segment.
    next: Option<u32>,
    waiting: Vec<Piece>,
    waiting_bytes: usize,
}

/// A segment behind a gap.
#[derive(Debug)]
struct Piece {
    sequence: u32,
    data: Vec<u8>,
    /// Bytes on the wire; more than the data where the capture cut them.
    wire_bytes: u32,
    frame: u32,
    time: Timestamp,
}

/// How far `number` is past `reference`; negative before it (RFC 9293 3.4).
const fn distance(number: u32, reference: u32) -> i32 {
    number.wrapping_sub(reference).cast_signed()
}

impl Lane {
    /// Takes in a segment.
    pub(super) fn segment(
        &mut self,
        sequence: u32,
        data: &[u8],
        wire_bytes: u32,
        way: Way,
        moment: Moment,
        ready: &mut VecDeque<Chunk>,
    ) {
        let next = *self.next.get_or_insert(sequence);
        if wire_bytes == 0 {
            return;
        }
        let piece = Piece {
            sequence,
            data: data.to_vec(),
            wire_bytes,
            frame: moment.frame,
            time: moment.time,
        };
        if distance(sequence, next) > 0 {
            self.wait(piece, way, moment, ready);
            return;
        }
        self.emit(piece, way, ready);
        self.drain(way, ready);
    }

    /// The other side has what comes before `number`.
    pub(super) fn acknowledged(&mut self, number: u32, way: Way, moment: Moment, ready: &mut VecDeque<Chunk>) {
        while let Some(lowest) = self.lowest().filter(|lowest| distance(number, *lowest) > 0) {
            self.skip(lowest, way, moment, ready);
        }
    }

    /// The capture is over.
    pub(super) fn finish(&mut self, way: Way, ready: &mut VecDeque<Chunk>) {
        let last = self.waiting.iter().map(|piece| (piece.frame, piece.time)).max();
        let Some((frame, time)) = last else { return };
        while let Some(lowest) = self.lowest() {
            self.skip(lowest, way, Moment { frame, time }, ready);
        }
    }

    fn wait(&mut self, piece: Piece, way: Way, moment: Moment, ready: &mut VecDeque<Chunk>) {
        self.waiting_bytes = self.waiting_bytes.saturating_add(piece.data.len());
        self.waiting.push(piece);
        while self.waiting.len() > MOST_WAITING || self.waiting_bytes > MOST_WAITING_BYTES {
            let Some(lowest) = self.lowest() else { return };
            self.skip(lowest, way, moment, ready);
        }
    }

    /// The number of the first segment that waits.
    fn lowest(&self) -> Option<u32> {
        let next = self.next?;
        self.waiting
            .iter()
            .map(|piece| piece.sequence)
            .min_by_key(|sequence| distance(*sequence, next))
    }

    /// Gives up what is missing before `number`.
    fn skip(&mut self, number: u32, way: Way, moment: Moment, ready: &mut VecDeque<Chunk>) {
        let missing = self.next.map_or(0, |next| distance(number, next)).max(0);
        push_missing(missing.unsigned_abs(), way, moment.frame, moment.time, ready);
        self.next = Some(number);
        self.drain(way, ready);
    }

    /// Gives out what waits and is in order by now.
    fn drain(&mut self, way: Way, ready: &mut VecDeque<Chunk>) {
        while let Some(next) = self.next
            && let Some(at) = self
                .waiting
                .iter()
                .position(|piece| distance(piece.sequence, next) <= 0)
        {
            let piece = self.waiting.remove(at);
            self.waiting_bytes = self.waiting_bytes.saturating_sub(piece.data.len());
            self.emit(piece, way, ready);
        }
    }

    /// Gives out what is new of a segment that begins at or before the next byte.
    fn emit(&mut self, mut piece: Piece, way: Way, ready: &mut VecDeque<Chunk>) {
        let next = self.next.unwrap_or(piece.sequence);
        let seen = distance(next, piece.sequence).unsigned_abs();
        let Some(new) = piece.wire_bytes.checked_sub(seen).filter(|new| *new > 0) else {
            return;
        };
        let data = piece.data.split_off(piece.data.len().min(seen as usize));
        let missing = new.saturating_sub(data.len().try_into().unwrap_or(u32::MAX));
        if !data.is_empty() {
            ready.push_back(Chunk {
                way,
                time: piece.time,
                frame: piece.frame,
                content: Content::Bytes(data),
            });
        }
        push_missing(missing, way, piece.frame, piece.time, ready);
        self.next = Some(next.wrapping_add(new));
    }
}

fn push_missing(bytes: u32, way: Way, frame: u32, time: Timestamp, ready: &mut VecDeque<Chunk>) {
    if bytes > 0 {
        ready.push_back(Chunk {
            way,
            time,
            frame,
            content: Content::Missing(bytes),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const MOMENT: Moment = Moment {
        frame: 1,
        time: Timestamp::from_nanoseconds(0),
    };

    fn bytes(ready: &VecDeque<Chunk>) -> Vec<u8> {
        let contents = ready.iter().map(|chunk| match &chunk.content {
            Content::Bytes(bytes) => bytes.clone(),
            Content::Missing(count) => vec![b'?'; *count as usize],
        });
        contents.flatten().collect()
    }

    #[test]
    fn a_gap_is_marked_once_the_other_side_has_what_is_behind_it() {
        let (mut lane, mut ready) = (Lane::default(), VecDeque::new());
        lane.segment(u32::MAX, b"ab", 2, Way::Forth, MOMENT, &mut ready);
        lane.segment(4, b"ef", 2, Way::Forth, MOMENT, &mut ready);
        lane.acknowledged(4, Way::Forth, MOMENT, &mut ready);
        assert_eq!(bytes(&ready), b"ab");
        lane.acknowledged(6, Way::Forth, MOMENT, &mut ready);
        assert_eq!(bytes(&ready), b"ab???ef");
    }

    #[test]
    fn bytes_that_the_capture_cut_are_missing() {
        let (mut lane, mut ready) = (Lane::default(), VecDeque::new());
        lane.segment(0, b"ab", 5, Way::Forth, MOMENT, &mut ready);
        lane.segment(3, b"defg", 4, Way::Forth, MOMENT, &mut ready);
        assert_eq!(bytes(&ready), b"ab???fg");
    }

    #[test]
    fn no_more_waits_than_the_bound() {
        let (mut lane, mut ready) = (Lane::default(), VecDeque::new());
        lane.segment(0, b"a", 1, Way::Forth, MOMENT, &mut ready);
        for number in 0..3 * MOST_WAITING as u32 {
            lane.segment(10 + 2 * number, b"x", 1, Way::Forth, MOMENT, &mut ready);
            assert!(lane.waiting.len() <= MOST_WAITING);
        }
    }

    proptest! {
        #[test]
        fn any_order_of_segments_gives_the_stream_once(
            cuts in prop::collection::vec((1usize..60, 0usize..20), 1..30),
            start: u32,
            order in prop::collection::vec(any::<prop::sample::Index>(), 60),
        ) {
            let stream: Vec<u8> = (0..cuts.iter().map(|cut| cut.0).sum::<usize>()).map(|at| at as u8).collect();
            let mut at = 0;
            let mut segments = Vec::new();
            for (length, overlap) in cuts {
                segments.push((at.max(overlap) - overlap, at + length));
                at += length;
            }
            let (mut lane, mut ready) = (Lane::default(), VecDeque::new());
            lane.segment(start, b"", 0, Way::Forth, MOMENT, &mut ready);
            for index in order {
                if !segments.is_empty() {
                    let (from, to) = segments.swap_remove(index.index(segments.len()));
                    let data = &stream[from..to];
                    lane.segment(start.wrapping_add(from as u32), data, data.len() as u32, Way::Forth, MOMENT, &mut ready);
                }
            }
            for (from, to) in segments {
                let data = &stream[from..to];
                lane.segment(start.wrapping_add(from as u32), data, data.len() as u32, Way::Forth, MOMENT, &mut ready);
            }
            lane.finish(Way::Forth, &mut ready);
            prop_assert_eq!(bytes(&ready), stream);
        }
    }
}
