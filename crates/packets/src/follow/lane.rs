//! One direction of a TCP stream, told in order.

use std::collections::VecDeque;

use whotalks_session::reassembly::{Arrival, Bound, Budget, Direction, Segment, distance};
use whotalks_session::streams::{Moment, Way};

use super::chunk::{Chunk, Content};

/// What waits behind a gap; with more the gap is given up.
const HELD: Bound = Bound {
    pieces: 4_096,
    bytes: 16 << 20,
};

/// One direction.
#[derive(Debug)]
pub(super) struct Lane {
    way: Way,
    direction: Direction<Moment>,
    /// Its own: one stream is followed at a time.
    budget: Budget,
}

impl Lane {
    pub(super) fn new(way: Way) -> Self {
        Self {
            way,
            direction: Direction::default(),
            budget: Budget::new(HELD.bytes),
        }
    }

    /// Takes in a segment of which so many bytes of data were on the wire.
    pub(super) fn segment(
        &mut self,
        sequence: u32,
        data: &[u8],
        wire_bytes: u32,
        moment: Moment,
        ready: &mut VecDeque<Chunk>,
    ) {
        let segment = Segment {
            sequence,
            bytes: data,
            wire_bytes,
            note: moment,
        };
        self.direction.begin(sequence);
        if wire_bytes == 0 {
            return;
        }
        while !self.takes(&segment, ready) {
            let held = self
                .direction
                .first_held()
                .filter(|first| distance(*first, sequence) < 0);
            self.skip_to(held.unwrap_or(sequence), moment, ready);
        }
        self.drain(ready);
    }

    /// Whether a segment was told, or there was room to hold it.
    fn takes(&mut self, segment: &Segment<'_, Moment>, ready: &mut VecDeque<Chunk>) -> bool {
        match self.direction.arrive(segment, HELD, &mut self.budget) {
            Arrival::New { bytes, wire_bytes } => {
                push(self.way, segment.note, bytes.to_vec(), wire_bytes, ready);
                true
            }
            Arrival::Old | Arrival::Held => true,
            Arrival::Full => false,
        }
    }

    /// The other side has what comes before `number`.
    pub(super) fn acknowledged(&mut self, number: u32, moment: Moment, ready: &mut VecDeque<Chunk>) {
        while let Some(first) = self.direction.first_held()
            && distance(number, first) > 0
        {
            self.skip_to(first, moment, ready);
        }
    }

    /// The capture is over.
    pub(super) fn finish(&mut self, ready: &mut VecDeque<Chunk>) {
        let last = self
            .direction
            .notes()
            .copied()
            .max_by_key(|note| (note.frame, note.time));
        let Some(moment) = last else { return };
        while let Some(first) = self.direction.first_held() {
            self.skip_to(first, moment, ready);
        }
    }

    /// Gives up what is missing before `number`.
    fn skip_to(&mut self, number: u32, moment: Moment, ready: &mut VecDeque<Chunk>) {
        let missing = self.direction.skip_to(number);
        push(self.way, moment, Vec::new(), missing, ready);
        self.drain(ready);
    }

    /// Gives out what waits and is in order by now.
    fn drain(&mut self, ready: &mut VecDeque<Chunk>) {
        while let Some(piece) = self.direction.next_held(&mut self.budget) {
            push(self.way, piece.note, piece.bytes, piece.wire_bytes, ready);
        }
    }
}

/// Tells bytes, and how many of those on the wire were not captured.
fn push(way: Way, moment: Moment, bytes: Vec<u8>, wire_bytes: u32, ready: &mut VecDeque<Chunk>) {
    let missing = wire_bytes.saturating_sub(bytes.len().try_into().unwrap_or(u32::MAX));
    let chunk = |content| Chunk {
        way,
        time: moment.time,
        frame: moment.frame,
        content,
    };
    if !bytes.is_empty() {
        ready.push_back(chunk(Content::Bytes(bytes)));
    }
    if missing > 0 {
        ready.push_back(chunk(Content::Missing(missing)));
    }
}

#[cfg(test)]
mod tests {
    use whotalks_record::Timestamp;

    use super::*;

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
        let (mut lane, mut ready) = (Lane::new(Way::Forth), VecDeque::new());
        lane.segment(u32::MAX, b"ab", 2, MOMENT, &mut ready);
        lane.segment(4, b"ef", 2, MOMENT, &mut ready);
        lane.acknowledged(4, MOMENT, &mut ready);
        assert_eq!(bytes(&ready), b"ab");
        lane.acknowledged(6, MOMENT, &mut ready);
        assert_eq!(bytes(&ready), b"ab???ef");
    }

    #[test]
    fn bytes_that_the_capture_cut_are_missing() {
        let (mut lane, mut ready) = (Lane::new(Way::Forth), VecDeque::new());
        lane.segment(0, b"ab", 5, MOMENT, &mut ready);
        lane.segment(3, b"defg", 4, MOMENT, &mut ready);
        assert_eq!(bytes(&ready), b"ab???fg");
    }

    #[test]
    fn what_is_too_much_to_wait_gives_up_the_first_gap() {
        let (mut lane, mut ready) = (Lane::new(Way::Forth), VecDeque::new());
        lane.segment(0, b"a", 1, MOMENT, &mut ready);
        for number in 0..=HELD.pieces as u32 {
            lane.segment(3 + 2 * number, b"x", 1, MOMENT, &mut ready);
        }
        assert_eq!(bytes(&ready), b"a??x");
        assert_eq!(lane.direction.notes().count(), HELD.pieces);
    }

    #[test]
    fn what_is_longer_than_may_wait_is_told_at_once() {
        let (mut lane, mut ready) = (Lane::new(Way::Forth), VecDeque::new());
        lane.segment(0, b"a", 1, MOMENT, &mut ready);
        lane.segment(3, b"x", 1 << 30, MOMENT, &mut ready);
        let told: Vec<_> = ready.iter().map(|chunk| chunk.content.clone()).collect();
        let expected = [
            Content::Bytes(b"a".to_vec()),
            Content::Missing(2),
            Content::Bytes(b"x".to_vec()),
            Content::Missing((1 << 30) - 1),
        ];
        assert_eq!(told, expected);
    }

    #[test]
    fn the_end_gives_out_what_waits() {
        let (mut lane, mut ready) = (Lane::new(Way::Forth), VecDeque::new());
        lane.segment(0, b"a", 1, MOMENT, &mut ready);
        lane.segment(5, b"c", 1, MOMENT, &mut ready);
        lane.segment(3, b"b", 1, MOMENT, &mut ready);
        lane.finish(&mut ready);
        assert_eq!(bytes(&ready), b"a??b?c");
    }
}
