//! Names inside QUIC. The packets were made for these tests; `v1.bin` is the client's Initial of RFC 9001 A.2.

use whotalks_record::{ApplicationProtocol, Ech, Initiator, NameSource};

use crate::support::{CLIENT, Capture, SERVER, udp};

const V1: &[u8] = include_bytes!("../../testdata/quic/v1.bin");
const V2: &[u8] = include_bytes!("../../testdata/quic/v2.bin");
const DRAFT_29: &[u8] = include_bytes!("../../testdata/quic/draft-29.bin");
/// The ends of the hello and of its first half, in that order.
const FIRST_HALF: &[u8] = include_bytes!("../../testdata/quic/first-half.bin");
/// To the identifier that the server chose, under the keys of the one before.
const SECOND_HALF: &[u8] = include_bytes!("../../testdata/quic/second-half.bin");
/// With a token, under the keys of the identifier in the Retry.
const AFTER_RETRY: &[u8] = include_bytes!("../../testdata/quic/after-retry.bin");
const SNI: NameSource = NameSource::QuicSni(Ech::Absent);

fn heard(datagrams: &[(bool, &[u8])]) -> crate::support::Heard {
    let mut capture = Capture::default();
    for (at, (by_client, datagram)) in (0..).zip(datagrams) {
        let (from, to) = if *by_client { (CLIENT, SERVER) } else { (SERVER, CLIENT) };
        capture.add(at, udp(from, to, datagram));
    }
    capture.read()
}

#[test]
fn a_hello_of_each_version_names_the_server() {
    for datagram in [V1, V2, DRAFT_29] {
        let heard = heard(&[(true, datagram)]);
        assert_eq!(heard.named(), [(SNI, "example.com")]);
        assert_eq!(heard.flows[0].application, ApplicationProtocol::Quic);
    }
}

#[test]
fn a_hello_in_pieces_over_two_datagrams_is_put_together() {
    let server = [&[0xe0, 0, 0, 0, 1, 0, 1, 9, 1, 7][..], &[0; 20]].concat();
    let heard = heard(&[(true, FIRST_HALF), (false, &server), (true, SECOND_HALF), (true, V1)]);
    assert_eq!(heard.named(), [(SNI, "example.com")], "it is said once");
    assert_eq!(heard.names[0].span.position, whotalks_record::Position::Packet(3));
}

#[test]
fn half_a_hello_names_nobody() {
    let heard = heard(&[(true, FIRST_HALF), (true, FIRST_HALF)]);
    assert_eq!(heard.named(), []);
    assert_eq!(heard.flows[0].application, ApplicationProtocol::Quic);
}

#[test]
fn after_a_retry_the_keys_are_new() {
    let retry = [&[0xf0, 0, 0, 0, 1, 0, 8][..], &[7; 8], b"token", &[0; 16]].concat();
    let heard = heard(&[(true, FIRST_HALF), (false, &retry), (true, AFTER_RETRY)]);
    assert_eq!(heard.named(), [(SNI, "example.com")]);
}

#[test]
fn the_client_is_known_by_its_hello_wherever_the_capture_begins() {
    let heard = heard(&[(false, V1)]);
    assert_eq!(heard.flows[0].initiator, Initiator::Content);
    assert_eq!(
        heard.flows[0].key.server.port, CLIENT.1,
        "who sent the hello is the client"
    );
}

#[test]
fn a_damaged_hello_names_nobody() {
    let mut datagram = V1.to_vec();
    datagram[600] ^= 1;
    let heard = heard(&[(true, &datagram)]);
    assert_eq!(heard.named(), []);
}

#[test]
fn the_hello_of_googles_quic_names_the_server() {
    let tags = [b"CHLO\x01\0\0\0SNI\0".as_slice(), &[11, 0, 0, 0], b"example.com"].concat();
    let datagram = [&[0x09][..], &[1; 8], b"Q043", &[1], &[7; 12], &[0xa0, 1, 0, 4], &tags].concat();
    assert_eq!(heard(&[(true, &datagram)]).named(), [(SNI, "example.com")]);
}
