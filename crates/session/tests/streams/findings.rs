//! The rules, one by one.

use whotalks_record::Nanoseconds;
use whotalks_session::streams::{Completeness, Findings, Scale};

use crate::support::*;

const NOTHING: Findings = Findings(0);

#[test]
fn a_handshake_tells_round_trip_and_scaling_and_finds_nothing() {
    let said = analyse(&after_handshake(vec![(50, client(ACK | PSH, 1, 1, b"hello"))]));
    assert!(said.iter().all(|said| said.analysis.findings == NOTHING));
    let [syn, syn_ack, ack, data] = said.as_slice() else {
        panic!("{said:?}")
    };
    assert_eq!((syn.analysis.sequence, syn.analysis.next_sequence), (0, 1));
    assert_eq!(syn.analysis.scale, None);
    assert_eq!(syn_ack.analysis.acknowledgment, 1);
    assert_eq!(
        syn_ack.analysis.flight.unwrap().round_trip,
        Some(Nanoseconds(20_000_000))
    );
    assert_eq!(ack.analysis.initial_round_trip, Some(Nanoseconds(40_000_000)));
    assert_eq!(
        (data.analysis.scale, data.analysis.window_bytes),
        (Some(Scale::Shift(2)), 4_000)
    );
    assert_eq!(data.analysis.flight.unwrap().bytes_in_flight, Some(5));
    assert_eq!(data.analysis.completeness, Completeness(7));
}

#[test]
fn scaling_that_one_side_does_not_offer_is_not_used() {
    let said = analyse(&[
        (0, client(SYN, 0, 0, b"").options(&[3, 3, 2, 1])),
        (20, server(SYN | ACK, 0, 1, b"")),
        (40, client(ACK, 1, 1, b"")),
    ]);
    assert_eq!(said[2].analysis.scale, Some(Scale::NotUsed));
    assert_eq!(said[2].analysis.window_bytes, 1_000);
}

#[test]
fn what_is_sent_again_late_is_a_retransmission() {
    let found = findings(&after_handshake(vec![
        (50, client(ACK, 1, 1, b"12345")),
        (300, client(ACK, 1, 1, b"12345")),
    ]));
    assert_eq!(found[4], Findings::RETRANSMISSION);
}

#[test]
fn what_was_acknowledged_is_sent_again_for_nothing() {
    let found = findings(&after_handshake(vec![
        (50, client(ACK, 1, 1, b"12345")),
        (60, server(ACK, 1, 6, b"")),
        (300, client(ACK, 1, 1, b"12345")),
    ]));
    assert_eq!(found[5], Findings::SPURIOUS_RETRANSMISSION);
    assert!(found[5].is_any_retransmission());
}

#[test]
fn duplicate_acknowledgments_bring_a_fast_retransmission() {
    let said = analyse(&after_handshake(vec![
        (50, client(ACK, 1, 1, b"12345")),
        (51, client(ACK, 11, 1, b"12345")),
        (60, server(ACK, 1, 6, b"").window(500)),
        (61, server(ACK, 1, 6, b"").window(500)),
        (62, server(ACK, 1, 6, b"").window(500)),
        (65, client(ACK, 6, 1, b"12345")),
    ]));
    assert_eq!(said[4].analysis.findings, Findings::LOST_SEGMENT);
    assert_eq!(said[6].analysis.findings, Findings::DUPLICATE_ACK);
    assert_eq!(said[7].analysis.duplicate, Some(2));
    assert_eq!(said[7].analysis.flight.unwrap().duplicate_of, Some(6));
    assert_eq!(said[8].analysis.findings, Findings::FAST_RETRANSMISSION);
}

#[test]
fn what_comes_within_a_round_trip_after_its_successor_is_out_of_order() {
    let found = findings(&after_handshake(vec![
        (50, client(ACK, 6, 1, b"67890")),
        (51, client(ACK, 1, 1, b"12345")),
    ]));
    assert_eq!(found[3..], [Findings::LOST_SEGMENT, Findings::OUT_OF_ORDER]);
}

#[test]
fn a_syn_that_comes_again_forgets_what_came_after_a_gap() {
    let found = findings(&after_handshake(vec![
        (50, client(ACK, 1, 1, b"12345")),
        (51, client(ACK, 300, 1, b"12345")),
        (900, client(SYN, 0, 0, b"").options(&[3, 3, 2, 1])),
        (910, client(ACK, 6, 1, b"6789")),
        (920, client(ACK, 400, 1, b"x")),
    ]));
    let expected = [
        Findings::LOST_SEGMENT,
        Findings::RETRANSMISSION,
        NOTHING,
        Findings::LOST_SEGMENT,
    ];
    assert_eq!(found[4..], expected);
}

#[test]
fn keep_alives_and_their_answers_are_known() {
    let found = findings(&after_handshake(vec![
        (50, client(ACK, 1, 1, b"x")),
        (51, server(ACK, 1, 2, b"")),
        (9_000, client(ACK, 1, 1, b"x")),
        (9_001, server(ACK, 1, 2, b"")),
    ]));
    assert_eq!(found[5..], [Findings::KEEP_ALIVE, Findings::KEEP_ALIVE_ACK]);
}

#[test]
fn a_closed_window_is_probed_and_opened() {
    let found = findings(&after_handshake(vec![
        (50, client(ACK, 1, 1, b"12345")),
        (51, server(ACK, 1, 6, b"").window(0)),
        (500, client(ACK, 6, 1, b"6")),
        (501, server(ACK, 1, 6, b"").window(0)),
        (600, server(ACK, 1, 6, b"").window(9)),
    ]));
    let expected = [
        Findings::ZERO_WINDOW,
        Findings::ZERO_WINDOW_PROBE,
        Findings::ZERO_WINDOW.with(Findings::ZERO_WINDOW_PROBE_ACK),
        Findings::WINDOW_UPDATE,
    ];
    assert_eq!(found[4..], expected);
}

#[test]
fn a_segment_up_to_the_edge_fills_the_window() {
    let found = findings(&after_handshake(vec![
        (50, server(ACK, 1, 1, b"").window(5)),
        (51, client(ACK, 1, 1, b"1234567890")),
    ]));
    assert_eq!(found[4], Findings::WINDOW_FULL);
}

#[test]
fn an_acknowledgment_of_what_was_not_captured_is_told() {
    let found = findings(&after_handshake(vec![(50, server(ACK, 1, 500, b""))]));
    assert_eq!(found[3], Findings::ACK_LOST_SEGMENT);
}

#[test]
fn reset_and_end_complete_a_connection() {
    let said = analyse(&after_handshake(vec![
        (50, client(FIN | ACK, 1, 1, b"")),
        (60, server(RST | ACK, 1, 2, b"")),
        (70, client(ACK, 2, 1, b"")),
    ]));
    let seen = said[5].analysis.completeness;
    assert!(seen.any(Completeness::FIN) && seen.any(Completeness::RST));
    assert_eq!(seen, Completeness(1 | 2 | 4 | 16 | 32));
}
