use proptest::prelude::*;
use proptest::sample::Index;

use super::*;

const BOUND: Bound = Bound {
    pieces: 1_000,
    bytes: 1 << 20,
};
const MOST: usize = 1 << 20;

const fn segment(sequence: u32, bytes: &[u8]) -> Segment<'_, ()> {
    Segment {
        sequence,
        bytes,
        wire_bytes: bytes.len() as u32,
        note: (),
    }
}

/// Takes in a segment and writes down what is in order then.
fn feed(direction: &mut Direction<()>, sequence: u32, bytes: &[u8], budget: &mut Budget, got: &mut Vec<u8>) {
    if let Arrival::New { bytes, .. } = direction.arrive(&segment(sequence, bytes), BOUND, budget) {
        got.extend_from_slice(bytes);
    }
    while let Some(piece) = direction.next_held(budget) {
        got.extend(piece.bytes);
    }
}

/// What comes of segments, one after the other.
fn read(start: Option<u32>, segments: &[(u32, &[u8])]) -> Vec<u8> {
    let (mut direction, mut budget) = (Direction::starting_at(start), Budget::new(MOST));
    let mut got = Vec::new();
    for (sequence, bytes) in segments {
        feed(&mut direction, *sequence, bytes, &mut budget, &mut got);
    }
    got
}

#[test]
fn overlaps_and_repetitions_bring_only_what_is_new() {
    let segments: [(u32, &[u8]); 3] = [(u32::MAX - 1, b"abcd"), (u32::MAX, b"XX"), (0, b"XXef")];
    assert_eq!(read(None, &segments), b"abcdef");
}

#[test]
fn a_keep_alive_between_segments_changes_nothing() {
    let segments: [(u32, &[u8]); 4] = [(10, b"ab"), (11, b""), (11, b"\0"), (12, b"cd")];
    assert_eq!(read(Some(10), &segments), b"abcd");
}

#[test]
fn packets_captured_on_two_vlans_are_read_once() {
    let segments: [(u32, &[u8]); 5] = [(10, b"ab"), (10, b"ab"), (14, b"ef"), (14, b"ef"), (12, b"cd")];
    assert_eq!(read(Some(10), &segments), b"abcdef");
}

#[test]
fn without_its_beginning_a_direction_begins_with_the_first_segment() {
    assert_eq!(read(None, &[(500, b"b"), (499, b"a"), (501, b"c")]), b"bc");
    assert_eq!(read(Some(499), &[(500, b"b"), (499, b"a"), (501, b"c")]), b"abc");
}

#[test]
fn a_gap_that_is_given_up_is_counted() {
    let (mut direction, mut budget) = (Direction::starting_at(Some(u32::MAX)), Budget::new(MOST));
    assert_eq!((direction.skip_to(u32::MAX), direction.first_held()), (0, None));
    assert_eq!(direction.arrive(&segment(4, b"ab"), BOUND, &mut budget), Arrival::Held);
    assert_eq!(direction.next_held(&mut budget), None);
    assert_eq!((direction.first_held(), direction.notes().count()), (Some(4), 1));
    assert_eq!(direction.skip_to(4), 5);
    assert_eq!(direction.next_held(&mut budget).unwrap().bytes, b"ab");
    assert_eq!(direction.arrive(&segment(5, b"b"), BOUND, &mut budget), Arrival::Old);
}

#[test]
fn what_finds_no_room_can_be_gone_on_with() {
    let (mut direction, mut budget) = (Direction::starting_at(Some(0)), Budget::new(3));
    assert_eq!(direction.arrive(&segment(5, b"abc"), BOUND, &mut budget), Arrival::Held);
    assert_eq!(direction.arrive(&segment(9, b"d"), BOUND, &mut budget), Arrival::Full);
    direction.restart_at(9, &mut budget);
    let new = Arrival::New {
        bytes: b"d",
        wire_bytes: 1,
    };
    assert_eq!(direction.arrive(&segment(9, b"d"), BOUND, &mut budget), new);
    direction.forget(&mut budget);
    let elsewhere = direction.arrive(&segment(70, b"d"), BOUND, &mut budget);
    assert_eq!(elsewhere, new);
    assert!(budget.take(3), "what was held was given back");
}

#[test]
fn bytes_that_the_capture_cut_are_passed_over() {
    let (mut direction, mut budget) = (Direction::starting_at(Some(0)), Budget::new(MOST));
    let cut = Segment {
        wire_bytes: 5,
        ..segment(0, b"ab")
    };
    let first = Arrival::New {
        bytes: b"ab",
        wire_bytes: 5,
    };
    assert_eq!(direction.arrive(&cut, BOUND, &mut budget), first);
    let second = Arrival::New {
        bytes: b"fg",
        wire_bytes: 2,
    };
    assert_eq!(direction.arrive(&segment(3, b"defg"), BOUND, &mut budget), second);
}

/// A stream cut into segments that overlap, some of them twice, in any order.
fn cuts() -> impl Strategy<Value = (Vec<u8>, Vec<(usize, usize)>)> {
    let cuts = prop::collection::vec((1usize..60, 0usize..90, any::<bool>()), 1..30);
    (cuts, prop::collection::vec(any::<Index>(), 60)).prop_map(|(cuts, order)| {
        let (mut at, mut segments) = (0, Vec::new());
        for (length, overlap, twice) in cuts {
            let segment = (at.max(overlap) - overlap, at + length);
            segments.extend(std::iter::repeat_n(segment, 1 + usize::from(twice)));
            at += length;
        }
        let mut mixed = Vec::new();
        for index in order {
            if !segments.is_empty() {
                mixed.push(segments.swap_remove(index.index(segments.len())));
            }
        }
        mixed.extend(segments);
        ((0..at).map(|at| (at * 7) as u8).collect(), mixed)
    })
}

proptest! {
    #[test]
    fn any_order_repetition_and_overlap_gives_the_stream_once((stream, segments) in cuts(), start: u32) {
        let segments: Vec<(u32, &[u8])> = segments
            .iter()
            .map(|(from, to)| (start.wrapping_add(*from as u32), &stream[*from..*to]))
            .collect();
        prop_assert_eq!(read(Some(start), &segments), stream);
    }

    #[test]
    fn nothing_stays_taken_of_the_budget((stream, segments) in cuts(), start: u32, limit in 0usize..300) {
        let (mut direction, mut budget) = (Direction::starting_at(Some(start)), Budget::new(limit));
        let mut got = Vec::new();
        for (from, to) in segments {
            let sequence = start.wrapping_add(from as u32);
            feed(&mut direction, sequence, &stream[from..to], &mut budget, &mut got);
        }
        prop_assert!(stream.starts_with(&got));
        direction.release(&mut budget);
        prop_assert!(budget.take(limit));
    }
}
