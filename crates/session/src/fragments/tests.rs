use proptest::prelude::*;

use super::*;

const PORTS: Ports = Ports {
    source: 53,
    destination: 4000,
};

fn ip() -> Ip {
    let (source, destination) = ("192.0.2.1".parse().unwrap(), "192.0.2.2".parse().unwrap());
    Ip {
        source,
        destination,
        protocol: IpProtocol::UDP,
        hop_limit: 64,
        wire_bytes: 0,
        fragment: None,
    }
}

fn fragment(identification: u32, offset: u32, more: bool) -> Fragment {
    Fragment {
        identification,
        offset,
        more,
    }
}

fn add(fragments: &mut Fragments, offset: u32, more: bool, data: &[u8]) -> Option<Vec<u8>> {
    fragments.add(&ip(), fragment(1, offset, more), data)
}

#[test]
fn later_fragments_have_the_ports_of_the_first() {
    let mut fragments = Fragments::default();
    assert_eq!(fragments.ports(&ip(), fragment(1, 0, true), Some(PORTS)), PORTS);
    assert_eq!(fragments.ports(&ip(), fragment(1, 16, false), None), PORTS);
    assert_eq!(fragments.ports(&ip(), fragment(2, 16, false), None), Ports::default());
}

#[test]
fn a_datagram_is_whole_when_the_last_gap_is_filled() {
    let mut fragments = Fragments::default();
    assert_eq!(add(&mut fragments, 16, false, b"qr"), None);
    assert_eq!(add(&mut fragments, 0, true, b"abcdefgh"), None);
    let whole = add(&mut fragments, 8, true, b"ijklmnop");
    assert_eq!(whole.as_deref(), Some(&b"abcdefghijklmnopqr"[..]));
    assert_eq!((fragments.overlaps(), fragments.held_bytes), (0, 0));
}

#[test]
fn the_same_fragment_twice_is_no_overlap() {
    let mut fragments = Fragments::default();
    add(&mut fragments, 0, true, b"abcdefgh");
    add(&mut fragments, 0, true, b"abcdefgh");
    assert_eq!(add(&mut fragments, 8, false, b"i").as_deref(), Some(&b"abcdefghi"[..]));
    assert_eq!(fragments.overlaps(), 0);
}

#[test]
fn what_came_first_stays_where_fragments_contradict_each_other() {
    let mut fragments = Fragments::default();
    add(&mut fragments, 8, true, b"ijklmnop");
    add(&mut fragments, 0, true, b"abcdefghXXXX");
    assert_eq!(
        add(&mut fragments, 16, false, b"q").as_deref(),
        Some(&b"abcdefghijklmnopq"[..])
    );
    assert_eq!(fragments.overlaps(), 1);
}

#[test]
fn a_fragment_past_the_end_is_an_overlap() {
    let mut fragments = Fragments::default();
    add(&mut fragments, 8, false, b"i");
    add(&mut fragments, 16, true, b"qqqqqqqq");
    assert_eq!(
        add(&mut fragments, 0, true, b"abcdefgh").as_deref(),
        Some(&b"abcdefghi"[..])
    );
    assert_eq!(fragments.overlaps(), 1);
}

#[test]
fn a_number_may_be_used_again() {
    let mut fragments = Fragments::default();
    for _ in 0..2 {
        assert_eq!(add(&mut fragments, 0, true, b"abcdefgh"), None);
        assert!(add(&mut fragments, 8, false, b"i").is_some());
    }
}

#[test]
fn no_datagram_is_longer_than_one_can_be() {
    let mut fragments = Fragments::default();
    add(&mut fragments, 65_528, true, &[0; 16]);
    assert_eq!(fragments.held_bytes, 0);
}

#[test]
fn only_so_many_datagrams_and_bytes_are_held() {
    let mut fragments = Fragments::default();
    for identification in 0..3_000 {
        fragments.ports(&ip(), fragment(identification, 0, true), Some(PORTS));
        fragments.add(&ip(), fragment(identification, 65_000, true), &[1; 100]);
    }
    assert!(fragments.datagrams.len() <= MOST_DATAGRAMS && fragments.held_bytes <= MOST_HELD_BYTES);
    assert_eq!(fragments.datagrams.len(), fragments.order.len());
    assert!(fragments.evicted() > 2_000);
    assert_eq!(fragments.ports(&ip(), fragment(0, 16, false), None), Ports::default());
    assert_eq!(fragments.ports(&ip(), fragment(2_999, 16, false), None), PORTS);
}

/// What is said of each fragment of the whole: frame, then one letter for each thing that is wrong.
fn noted(pieces: &[(u32, bool, &[u8])]) -> Vec<(u32, String)> {
    let mut fragments = Fragments::default();
    let mut whole = None;
    for (frame, (offset, more, data)) in (1..).zip(pieces) {
        whole = whole.or(fragments.add_noted(&ip(), fragment(1, *offset, *more), data, frame));
    }
    let letters = |piece: &Piece| {
        let wrong = [
            (piece.overlaps, 'o'),
            (piece.conflicts, 'c'),
            (piece.is_other_end, 'e'),
            (piece.is_too_long, 'l'),
        ];
        wrong.iter().filter(|(is, _)| *is).map(|(_, letter)| *letter).collect()
    };
    let pieces = whole.unwrap().pieces;
    assert_eq!(fragments.held_bytes, 0);
    pieces.iter().map(|piece| (piece.frame, letters(piece))).collect()
}

fn said(list: &[(u32, &str)]) -> Vec<(u32, String)> {
    list.iter()
        .map(|(frame, wrong)| (*frame, (*wrong).to_owned()))
        .collect()
}

#[test]
fn the_whole_knows_its_fragments_in_order() {
    let pieces = noted(&[(16, false, b"q"), (0, true, b"abcdefgh"), (8, true, b"ijklmnop")]);
    assert_eq!(pieces, said(&[(2, ""), (3, ""), (1, "")]));
}

#[test]
fn of_fragments_that_overlap_the_one_further_on_is_blamed() {
    let pieces = noted(&[(8, true, b"ijklmnop"), (0, true, b"abcdefghXXXX"), (16, false, b"q")]);
    assert_eq!(pieces, said(&[(2, ""), (1, "oc"), (3, "")]));
    let pieces = noted(&[(0, true, b"abcdefgh"), (0, true, b"abcdefgh"), (8, false, b"i")]);
    assert_eq!(pieces, said(&[(1, ""), (2, "o"), (3, "")]));
}

#[test]
fn fragments_past_the_end_and_other_ends_are_noted() {
    let pieces = noted(&[
        (8, false, b"i"),
        (8, false, b"ij"),
        (16, true, b"qqqqqqqq"),
        (0, true, b"abcdefgh"),
    ]);
    assert_eq!(pieces, said(&[(4, ""), (1, ""), (2, "oel"), (3, "l")]));
}

#[test]
fn notes_count_among_what_is_held() {
    let mut fragments = Fragments::default();
    for frame in 0..100_000 {
        fragments.add_noted(&ip(), fragment(1, 8, true), b"ijklmnop", frame);
        assert!(fragments.held_bytes < 1 << 20);
    }
}

proptest! {
    #[test]
    fn fragments_in_any_order_give_the_datagram(
        data in prop::collection::vec(any::<u8>(), 1..400),
        order in Just((0u32..50).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        let mut fragments = Fragments::default();
        let mut whole = None;
        let count = u32::try_from(data.len().div_ceil(8)).unwrap();
        for place in order.into_iter().filter(|place| *place < count) {
            let from = place as usize * 8;
            let piece = &data[from..data.len().min(from + 8)];
            let added = add(&mut fragments, place * 8, place + 1 < count, piece);
            prop_assert!(whole.is_none());
            whole = added;
        }
        prop_assert_eq!(whole, Some(data));
        prop_assert_eq!(fragments.overlaps(), 0);
    }

    #[test]
    fn any_fragments_stay_within_bounds(
        pieces in prop::collection::vec((0u32..9_000, any::<bool>(), prop::collection::vec(any::<u8>(), 0..40)), 0..300),
    ) {
        let mut fragments = Fragments::default();
        for (unit, more, data) in pieces {
            let whole = add(&mut fragments, unit * 8, more, &data);
            prop_assert!(whole.is_none_or(|whole| whole.len() <= 65_535));
            let held: usize = fragments.datagrams.values().map(Datagram::held_bytes).sum();
            prop_assert_eq!(held, fragments.held_bytes);
        }
    }
}
