use proptest::prelude::*;

use super::*;

const GENEROUS: Bound = Bound {
    pieces: 1_000,
    bytes: 1 << 20,
};

const fn segment(sequence: u32, bytes: &[u8]) -> Segment<'_, u8> {
    Segment {
        sequence,
        bytes,
        wire_bytes: bytes.len() as u32,
        note: 0,
    }
}

fn hold(held: &mut Held<u8>, sequence: u32, bytes: &[u8], budget: &mut Budget) -> bool {
    held.hold(&segment(sequence, bytes), GENEROUS, budget)
}

/// What is held, in order.
fn told(held: &mut Held<u8>, budget: &mut Budget) -> Vec<(u32, Vec<u8>)> {
    held.take_all(budget)
        .map(|piece| (piece.sequence, piece.bytes))
        .collect()
}

#[test]
fn what_came_first_stays_where_segments_overlap() {
    let (mut held, mut budget) = (Held::default(), Budget::new(100));
    assert!(hold(&mut held, u32::MAX, b"BCD", &mut budget));
    assert!(hold(&mut held, 4, b"G", &mut budget));
    assert!(hold(&mut held, u32::MAX - 1, b"abcdefghi", &mut budget));
    let expected = [
        (u32::MAX - 1, b"a".to_vec()),
        (u32::MAX, b"BCD".to_vec()),
        (2, b"ef".to_vec()),
        (4, b"G".to_vec()),
        (5, b"hi".to_vec()),
    ];
    assert_eq!((held.len(), held.bytes()), (5, 9));
    assert_eq!(told(&mut held, &mut budget), expected);
    assert!(budget.take(100));
}

#[test]
fn repetitions_take_no_room() {
    let (mut held, mut budget) = (Held::default(), Budget::new(2));
    let bound = Bound { pieces: 1, bytes: 2 };
    for _ in 0..3 {
        assert!(held.hold(&segment(5, b"ab"), bound, &mut budget));
    }
    assert!(!held.hold(&segment(7, b"c"), bound, &mut budget));
    assert_eq!(told(&mut held, &mut budget), [(5, b"ab".to_vec())]);
}

#[test]
fn an_empty_budget_holds_nothing() {
    let (mut held, mut budget) = (Held::default(), Budget::new(3));
    assert!(!hold(&mut held, 5, b"late", &mut budget));
    assert!(held.is_empty());
    assert_eq!(budget.refused(), 1);
}

#[test]
fn what_the_capture_cut_keeps_its_place() {
    let (mut held, mut budget) = (Held::default(), Budget::new(100));
    let cut = Segment {
        wire_bytes: 5,
        ..segment(10, b"ab")
    };
    assert!(held.hold(&cut, GENEROUS, &mut budget));
    assert!(hold(&mut held, 13, b"defg", &mut budget));
    let piece = held.take_until(11, &mut budget).unwrap();
    assert_eq!((piece.sequence, &piece.bytes[..], piece.wire_bytes), (11, &b"b"[..], 4));
    assert_eq!(held.take_until(14, &mut budget), None);
    let piece = held.take_until(15, &mut budget).unwrap();
    assert_eq!((piece.sequence, piece.bytes), (15, b"fg".to_vec()));
}

#[test]
fn a_segment_of_impossible_length_is_not_held() {
    let (mut held, mut budget) = (Held::default(), Budget::new(100));
    let huge = Segment {
        wire_bytes: u32::MAX,
        ..segment(10, b"ab")
    };
    assert!(!held.hold(&huge, GENEROUS, &mut budget));
    assert!(budget.take(100));
}

proptest! {
    #[test]
    fn bounds_hold_and_every_byte_is_held_once(
        segments in prop::collection::vec((0u32..400, prop::collection::vec(any::<u8>(), 0..60)), 0..60),
        start: u32,
        bound in (0usize..20, 0usize..500).prop_map(|(pieces, bytes)| Bound { pieces, bytes }),
        limit in 0usize..600,
    ) {
        let (mut held, mut budget) = (Held::default(), Budget::new(limit));
        let mut expected = vec![None; 500];
        for (at, bytes) in segments {
            if held.hold(&segment(start.wrapping_add(at), &bytes), bound, &mut budget) {
                for (place, byte) in expected[at as usize..].iter_mut().zip(bytes) {
                    place.get_or_insert(byte);
                }
            }
            prop_assert!(held.len() <= bound.pieces && held.bytes() <= bound.bytes.min(limit));
        }
        let mut got = vec![None; 500];
        for (sequence, bytes) in told(&mut held, &mut budget) {
            for (place, byte) in got[sequence.wrapping_sub(start) as usize..].iter_mut().zip(bytes) {
                prop_assert_eq!(place.replace(byte), None);
            }
        }
        prop_assert_eq!(got, expected);
        prop_assert!(budget.take(limit));
    }
}
