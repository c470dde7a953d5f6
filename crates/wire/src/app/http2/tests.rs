//! Frames built by hand; blocks of RFC 7541 C.

use proptest::prelude::*;

use super::*;

fn header(name: &str, value: &str) -> Header {
    Header {
        name: name.into(),
        value: value.into(),
    }
}

#[test]
fn the_requests_of_the_rfc_are_read_one_after_the_other() {
    let mut decoder = HeaderDecoder::default();
    let first = decoder.decode(b"\x82\x86\x84\x41\x8c\xf1\xe3\xc2\xe5\xf2\x3a\x6b\xa0\xab\x90\xf4\xff");
    assert_eq!(first[0], header(":method", "GET"));
    assert_eq!(first[3], header(":authority", "www.example.com"));
    let second = decoder.decode(b"\x82\x86\x84\xbe\x58\x86\xa8\xeb\x10\x64\x9c\xbf");
    assert_eq!(second[3], header(":authority", "www.example.com"), "from the table");
    assert_eq!(second[4], header("cache-control", "no-cache"));
}

#[test]
fn a_block_that_is_cut_off_ends_the_reading() {
    let block = b"\x82\x41\x8c\xf1\xe3\xc2\xe5\xf2\x3a\x6b\xa0\xab\x90\xf4\xff";
    for end in 2..block.len() {
        let mut decoder = HeaderDecoder::default();
        assert_eq!(decoder.decode(&block[..end]).len(), 1, "{end}");
        assert!(decoder.is_lost(), "{end}");
        assert_eq!(decoder.decode(b"\x82"), []);
    }
}

#[test]
fn a_block_that_repeats_a_long_entry_is_bounded() {
    let long = [
        &[0x40, 1, b'a', 0x7f, 0xa1, 0x0f][..],
        &[b'x'; 0x7f + 0x21 + (0xf << 7)],
    ]
    .concat();
    let mut decoder = HeaderDecoder::default();
    assert_eq!(decoder.decode(&long).len(), 1);
    let headers = decoder.decode(&[0xbe; 10_000]);
    assert!(!headers.is_empty() && headers.len() <= 64 && decoder.is_lost());
}

#[test]
fn padding_and_priority_are_no_headers() {
    let frame = frame(b"\0\0\x0a\x01\x2c\0\0\0\x01\x02\0\0\0\0\x10\x82\x84\0\0rest").unwrap();
    assert_eq!((frame.stream, frame.bytes(), frame.ends_headers()), (1, 19, true));
    assert_eq!(frame.header_block(), Some(&[0x82, 0x84][..]));
    let too_much = Frame {
        payload: &[200, 1],
        flags: 8,
        ..frame
    };
    assert_eq!(too_much.header_block(), None);
}

#[test]
fn a_client_is_known_by_its_preface() {
    for end in 1..PREFACE.len() {
        assert_eq!(probe(&PREFACE[..end], Direction::ToServer), Probe::Unsure);
    }
    assert_eq!(
        probe(&[&PREFACE[..], b"\0"].concat(), Direction::ToServer),
        Probe::Certain
    );
    assert_eq!(probe(b"PRI * HTTP/1.1", Direction::ToServer), Probe::NotMine);
    assert_eq!(probe(PREFACE, Direction::ToClient), Probe::NotMine);
}

proptest! {
    #[test]
    fn arbitrary_blocks_never_panic(blocks in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..80), 1..6)) {
        let mut decoder = HeaderDecoder::default();
        for block in blocks {
            let headers = decoder.decode(&block);
            prop_assert!(headers.len() <= block.len());
        }
    }

    #[test]
    fn arbitrary_frames_never_panic(bytes: Vec<u8>) {
        if let Ok(frame) = frame(&bytes) {
            prop_assert!(frame.bytes() <= bytes.len());
            let _ = frame.header_block();
        }
    }
}
