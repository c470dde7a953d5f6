//! Events in the order of time, although each processor fills buffers of its own.
//!
//! Within a buffer events stand in order. Buffers are written when they are full, so that one of an idle processor may come long
//! after others that it belongs before; a file that wraps around begins with its newest ones. Buffers are held until more than a
//! bound of bytes are, and the earliest event of all is always next. The heap has one entry per buffer, and as long as the next
//! event of the same buffer is the earliest, the heap is not touched.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use whotalks_record::IssueKind;

use super::record::{Frame, frame};

/// Bytes of buffers held for the order: hours of an idle processor beside seconds of a busy one, and twice the largest buffers
/// of the largest computers.
pub(super) const HELD_BYTES: usize = 64 << 20;

/// The same for a file that wraps around, whose newest part has to wait for the oldest.
pub(super) const HELD_BYTES_OF_WRAPPED: usize = 256 << 20;

/// What is remembered of a buffer whose records are held.
#[derive(Clone, Copy, Debug)]
pub(super) struct Origin {
    /// Where its header lies.
    pub(super) offset: u64,
    pub(super) processor: u16,
    pub(super) is_compressed: bool,
}

/// Takes what comes out.
pub(super) trait InOrder {
    /// A record, as long as its frame says, `at` so many bytes behind the header of its buffer.
    fn record(&mut self, frame: &Frame, record: &[u8], at: usize, origin: Origin);

    /// Damage, `at` so many bytes behind the header of its buffer; the rest of that buffer is lost.
    fn damage(&mut self, kind: IssueKind, at: usize, origin: Origin);
}

struct Held {
    records: Vec<u8>,
    origin: Origin,
    /// Where the next record begins, and its frame.
    at: usize,
    frame: Frame,
    /// When it was written; that of the record before where a record has no time.
    ticks: u64,
}

/// The buffers that are held.
pub(super) struct Merge {
    slots: Vec<Option<Held>>,
    free: Vec<usize>,
    spare: Vec<Vec<u8>>,
    /// By time of the next event, then in the order in which the buffers came.
    heap: BinaryHeap<Reverse<(u64, u64, usize)>>,
    bytes: usize,
    arrivals: u64,
}

impl Merge {
    pub(super) const fn new() -> Self {
        Self {
            slots: Vec::new(),
            free: Vec::new(),
            spare: Vec::new(),
            heap: BinaryHeap::new(),
            bytes: 0,
            arrivals: 0,
        }
    }

    /// An empty buffer to put records into; one that was used before, if there is one.
    pub(super) fn spare(&mut self) -> Vec<u8> {
        self.spare.pop().unwrap_or_default()
    }

    /// Takes the records of a buffer.
    pub(super) fn push(&mut self, records: Vec<u8>, origin: Origin, out: &mut impl InOrder) {
        let Some(frame) = next_frame(&records, 0, origin, out) else {
            self.spare.push(records);
            return;
        };
        let held = Held {
            origin,
            at: 0,
            frame,
            ticks: frame.ticks.unwrap_or_default(),
            records,
        };
        self.bytes += held.records.len();
        self.arrivals += 1;
        let ticks = held.ticks;
        let slot = self.free.pop().unwrap_or(self.slots.len());
        match self.slots.get_mut(slot) {
            Some(place) => *place = Some(held),
            None => self.slots.push(Some(held)),
        }
        self.heap.push(Reverse((ticks, self.arrivals, slot)));
    }

    /// Lets events go until no more than `most_bytes` are held.
    pub(super) fn shrink(&mut self, most_bytes: usize, out: &mut impl InOrder) {
        while self.bytes > most_bytes
            && let Some(Reverse((_, arrival, slot))) = self.heap.pop()
        {
            let Some(mut held) = self.slots.get_mut(slot).and_then(Option::take) else {
                continue;
            };
            let until = self.heap.peek().map(|Reverse((ticks, other, _))| (*ticks, *other));
            if run(&mut held, arrival, until, out) {
                self.heap.push(Reverse((held.ticks, arrival, slot)));
                if let Some(place) = self.slots.get_mut(slot) {
                    *place = Some(held);
                }
            } else {
                self.bytes = self.bytes.saturating_sub(held.records.len());
                self.free.push(slot);
                self.spare.push(held.records);
            }
        }
    }

    /// Lets everything go.
    pub(super) fn finish(&mut self, out: &mut impl InOrder) {
        self.shrink(0, out);
    }
}

/// Delivers events of one buffer as long as they come before `until`; false when there are no more.
fn run(held: &mut Held, arrival: u64, until: Option<(u64, u64)>, out: &mut impl InOrder) -> bool {
    loop {
        let end = held.at.saturating_add(held.frame.bytes);
        let record = held.records.get(held.at..end).unwrap_or_default();
        out.record(&held.frame, record, held.at, held.origin);
        held.at = end.next_multiple_of(8);
        let Some(frame) = next_frame(&held.records, held.at, held.origin, out) else {
            return false;
        };
        held.frame = frame;
        held.ticks = frame.ticks.unwrap_or(held.ticks);
        if until.is_some_and(|until| (held.ticks, arrival) > until) {
            return true;
        }
    }
}

fn next_frame(records: &[u8], at: usize, origin: Origin, out: &mut impl InOrder) -> Option<Frame> {
    let rest = records.get(at..).unwrap_or_default();
    match frame(rest) {
        Ok(frame) => frame,
        Err(kind) => {
            out.damage(kind, at, origin);
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Default)]
    struct Ticks(Vec<u64>, usize);

    impl InOrder for Ticks {
        fn record(&mut self, frame: &Frame, _: &[u8], _: usize, _: Origin) {
            self.0.push(frame.ticks.unwrap());
        }

        fn damage(&mut self, _: IssueKind, _: usize, _: Origin) {
            self.1 += 1;
        }
    }

    fn buffer(ticks: &[u64]) -> Vec<u8> {
        let record = |ticks: &u64| [&[0, 0, 0x11, 0xc0, 16, 0, 0, 0][..], &ticks.to_le_bytes()].concat();
        ticks.iter().flat_map(record).collect()
    }

    const ORIGIN: Origin = Origin {
        offset: 0,
        processor: 0,
        is_compressed: false,
    };

    #[test]
    fn buffers_of_several_processors_come_out_in_order() {
        let (mut merge, mut out) = (Merge::new(), Ticks::default());
        for ticks in [&[5, 9, 30][..], &[1, 2, 10], &[3, 31, 32], &[]] {
            merge.push(buffer(ticks), ORIGIN, &mut out);
        }
        merge.finish(&mut out);
        assert_eq!(out.0, [1, 2, 3, 5, 9, 10, 30, 31, 32]);
    }

    #[test]
    fn no_more_is_held_than_allowed() {
        let (mut merge, mut out) = (Merge::new(), Ticks::default());
        merge.push(buffer(&[5, 6]), ORIGIN, &mut out);
        merge.push(buffer(&[1, 2]), ORIGIN, &mut out);
        merge.shrink(40, &mut out);
        assert_eq!(out.0, [1, 2]);
        merge.push(buffer(&[0]), ORIGIN, &mut out);
        merge.finish(&mut out);
        assert_eq!(out.0, [1, 2, 0, 5, 6]);
    }

    #[test]
    fn damage_ends_one_buffer_only() {
        let (mut merge, mut out) = (Merge::new(), Ticks::default());
        let damaged = [buffer(&[1]), vec![9; 16], buffer(&[2])].concat();
        merge.push(damaged, ORIGIN, &mut out);
        merge.push(buffer(&[3]), ORIGIN, &mut out);
        merge.finish(&mut out);
        assert_eq!((out.0, out.1), (vec![1, 3], 1));
    }
}
