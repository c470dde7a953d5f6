//! Packets of RFC 9001, and some built by hand.

use proptest::prelude::*;

use super::*;
use crate::app::tls::messages;

/// The destination in the examples of RFC 9001 A and RFC 9369 A.
const DESTINATION: [u8; 8] = [0x83, 0x94, 0xc8, 0xf0, 0x3e, 0x51, 0x57, 0x08];

fn hexadecimal(digits: &str) -> Vec<u8> {
    let digits: Vec<u8> = digits.bytes().filter(u8::is_ascii_hexdigit).collect();
    let pair = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap();
    digits.chunks(2).map(pair).collect()
}

/// The server's Initial packet of RFC 9001 A.3.
fn server_initial() -> Vec<u8> {
    hexadecimal(
        "cf000000010008f067a5502a4262b5004075c0d95a482cd0991cd25b0aac406a
         5816b6394100f37a1c69797554780bb38cc5a99f5ede4cf73c3ec2493a1839b3
         dbcba3f6ea46c5b7684df3548e7ddeb9c3bf9c73cc3f3bded74b562bfb19fb84
         022f8ef4cdd93795d77d06edbb7aaf2f58891850abbdca3d20398c276456cbc4
         2158407dd074ee",
    )
}

fn only_initial(datagram: &[u8]) -> Initial<'_> {
    match packets(datagram).next() {
        Some(Packet::Initial(initial)) => initial,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_servers_initial_of_the_rfc_is_opened() {
    let datagram = server_initial();
    let initial = only_initial(&datagram);
    assert_eq!(initial.header.source, hexadecimal("f067a5502a4262b5"));
    let keys = InitialKeys::derive(Version::V1, &DESTINATION, Sender::Server).unwrap();
    let plain = initial.open(&keys).unwrap();
    assert_eq!(plain.number, 1);
    let read: Vec<_> = frames(&plain.payload).collect();
    assert_eq!(read.len(), 2);
    assert_eq!(read[0], Frame::Acknowledgment { largest: 0 });
    let Frame::Crypto { offset: 0, data } = read[1] else {
        panic!("{read:?}")
    };
    let hello = messages(data).next().unwrap();
    assert_eq!(
        (hello.kind, hello.is_complete()),
        (crate::app::tls::HandshakeType::SERVER_HELLO, true)
    );
}

#[test]
fn other_keys_open_nothing_and_neither_does_a_damaged_packet() {
    let mut datagram = server_initial();
    let client = InitialKeys::derive(Version::V1, &DESTINATION, Sender::Client).unwrap();
    assert_eq!(only_initial(&datagram).open(&client), None);
    let server = InitialKeys::derive(Version::V1, &DESTINATION, Sender::Server).unwrap();
    *datagram.last_mut().unwrap() ^= 1;
    assert_eq!(only_initial(&datagram).open(&server), None);
}

#[test]
fn a_packet_that_is_cut_off_is_not_opened() {
    let datagram = server_initial();
    let keys = InitialKeys::derive(Version::V1, &DESTINATION, Sender::Server).unwrap();
    for end in 0..datagram.len() {
        if let Some(Packet::Initial(initial)) = packets(&datagram[..end]).next() {
            assert_eq!(initial.open(&keys), None, "{end}");
            assert_eq!(probe_datagram(&datagram[..end], Direction::ToClient), Probe::Unsure);
        }
    }
    assert_eq!(probe_datagram(&datagram, Direction::ToClient), Probe::Certain);
}

#[test]
fn packets_in_one_datagram_are_told_apart() {
    let handshake = hexadecimal("e0 00000001 01 07 00 03 aabbcc");
    let datagram = [server_initial(), handshake, hexadecimal("41 010203")].concat();
    let kinds: Vec<_> = packets(&datagram).collect();
    assert!(matches!(
        kinds[..],
        [Packet::Initial(_), Packet::Handshake(_), Packet::Short([0x41, 1, 2, 3])]
    ));
    let Packet::Handshake(packet) = kinds[1] else { panic!() };
    assert_eq!(
        (packet.header.destination, packet.payload),
        (&[7][..], &[0xaa, 0xbb, 0xcc][..])
    );
    let padded = [server_initial(), vec![0; 30]].concat();
    assert_eq!(packets(&padded).count(), 1, "padding of the datagram is no packet");
}

#[test]
fn a_retry_and_a_negotiation_are_recognised() {
    let retry = hexadecimal("ff000000010008f067a5502a4262b5746f6b656e04a265ba2eff4d829058fb3f0f2496ba");
    let Some(Packet::Retry(packet)) = packets(&retry).next() else {
        panic!()
    };
    assert_eq!(packet.token, b"token");
    let negotiation = hexadecimal("80 00000000 00 01 07 00000001 1a2a3a4a");
    assert!(
        matches!(packets(&negotiation).next(), Some(Packet::VersionNegotiation { versions, .. }) if versions.len() == 8)
    );
    for datagram in [retry, negotiation] {
        assert_eq!(probe_datagram(&datagram, Direction::ToClient), Probe::Certain);
    }
    assert_eq!(
        probe_datagram(&hexadecimal("80 00000000 00 00 12345678"), Direction::ToClient),
        Probe::NotMine
    );
}

#[test]
fn the_types_of_version_2_are_numbered_anew() {
    let kinds = [0xd0, 0xe0, 0xf0, 0xc0].map(|first| Version::V2.packet_type(first));
    assert_eq!(kinds, [0, 1, 2, 3]);
    assert_eq!(Version::V1.packet_type(0xe0), 2);
}

#[test]
fn versions_are_named() {
    let names = [1, 0x6b33_43cf, 0xff00_001d, 0x5130_3433, 0xface_b002, 7].map(|number| Version(number).to_string());
    assert_eq!(names, ["1", "2", "draft-29", "Q043", "0xfaceb002", "0x00000007"]);
    assert!(!Version(0xff00_0016).is_known() && Version(0xff00_0017).is_known() && !Version(0xff00_0023).is_known());
}

#[test]
fn a_handshake_is_put_together_from_pieces_in_any_order() {
    let mut stream = CryptoStream::default();
    for (offset, data) in [(6, &b"ghi"[..]), (2, b"cde"), (2, b"XX"), (5, b"f")] {
        stream.insert(offset, data);
        assert_eq!(stream.contiguous(), b"", "the beginning is missing");
    }
    stream.insert(0, b"abcX");
    assert_eq!(stream.contiguous(), b"abcdefghi");
}

#[test]
fn a_handshake_has_bounds() {
    let mut stream = CryptoStream::default();
    stream.insert(usize::MAX, b"x");
    stream.insert(1 << 15, b"x");
    assert_eq!((stream.held_bytes(), stream.growth(0, 5)), (0, Some(5)));
    (0..500).for_each(|at| stream.insert(at * 2 + 1, b"x"));
    assert_eq!(stream.held_bytes(), 128);
    assert_eq!(stream.growth(0, 1), None, "too many gaps");
}

/// The hello of Chrome with Q043, shortened.
fn google_hello() -> Vec<u8> {
    let tags = [
        &b"CHLO\x02\0\0\0SNI\0"[..],
        &[11, 0, 0, 0],
        b"UAID",
        &[14, 0, 0, 0],
        b"example.com",
        b"abc",
    ]
    .concat();
    [&[0x09][..], &[1; 8], b"Q043", &[1], &[7; 12], &[0xa0, 1, 0, 4], &tags].concat()
}

#[test]
fn the_hello_of_googles_quic_names_the_server() {
    let datagram = google_hello();
    assert_eq!(
        version(&datagram).map(|version| version.to_string()).as_deref(),
        Some("Q043")
    );
    assert_eq!(probe_datagram(&datagram, Direction::ToServer), Probe::Certain);
    let hello = google::client_hello(&datagram).unwrap();
    assert_eq!(
        (hello.server_name, hello.user_agent),
        (Some(&b"example.com"[..]), Some(&b"abc"[..]))
    );
}

fn version(datagram: &[u8]) -> Option<Version> {
    google::version(datagram)
}

proptest! {
    #[test]
    fn arbitrary_bytes_never_panic_and_are_never_opened(start in prop::sample::select(vec![
        &[0xc0, 0, 0, 0, 1][..], &[0xd0, 0x6b, 0x33, 0x43, 0xcf], &[0xc3, 0xff, 0, 0, 0x1d, 0], &[0x09], &[],
    ]), bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let datagram = [start, &bytes].concat();
        let keys = InitialKeys::derive(Version::V1, &DESTINATION, Sender::Client).unwrap();
        for packet in packets(&datagram) {
            if let Packet::Initial(initial) = packet {
                prop_assert_eq!(initial.open(&keys), None);
            }
        }
        let _ = (probe_datagram(&datagram, Direction::ToServer), google::client_hello(&datagram));
        prop_assert!(frames(&bytes).count() <= bytes.len());
    }

    #[test]
    fn pieces_of_any_size_in_any_order_give_the_stream(
        stream in prop::collection::vec(any::<u8>(), 1..300),
        size in 1usize..40,
        order in prop::collection::vec(any::<prop::sample::Index>(), 300),
    ) {
        let mut pieces: Vec<_> = stream.chunks(size).enumerate().collect();
        let mut joined = CryptoStream::default();
        for index in order {
            if !pieces.is_empty() {
                let (at, piece) = pieces.swap_remove(index.index(pieces.len()));
                joined.insert(at * size, piece);
            }
        }
        if stream.len() < size * 64 {
            prop_assert_eq!(joined.contiguous(), &stream[..]);
        }
    }
}
