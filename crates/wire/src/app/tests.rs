//! The tables as a whole.

use std::path::Path;

use proptest::prelude::*;

use super::*;

mod readers;

/// A reader that is not in the list is neither fuzzed nor tested by the property below. Those of DNS, HTTP, QUIC, SOCKS and TLS
/// have properties and fuzz targets of their own.
#[test]
fn every_public_reader_of_bytes_is_in_the_list() {
    let list = include_str!("tests/readers.rs");
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/app");
    let folders = [
        "database",
        "files",
        "industry",
        "mail",
        "media",
        "messaging",
        "network",
        "peers",
        "remote",
        "tunnel",
        "windows",
    ];
    for folder in folders {
        for entry in std::fs::read_dir(source.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let module = path.file_stem().unwrap().to_str().unwrap();
            for name in public_readers(&std::fs::read_to_string(&path).unwrap()) {
                let called = format!("{module}::{name}(");
                assert!(list.contains(&called), "{called}…) of {folder} is not in the list");
            }
        }
    }
}

/// Functions outside of any `impl` whose first argument is bytes, and the methods by which messages are made of bytes.
fn public_readers(source: &str) -> Vec<String> {
    let of_line = |line: &str| {
        if line.starts_with("    pub fn parse(bytes") {
            return Some("Message::parse".to_owned());
        }
        let (name, arguments) = line.strip_prefix("pub fn ")?.split_once('(')?;
        let takes_bytes = arguments.split(')').next()?.contains("[u8]");
        takes_bytes.then(|| name.split('<').next().unwrap_or(name).to_owned())
    };
    source.lines().filter_map(of_line).collect()
}

#[test]
fn a_protocol_is_recognised_by_its_content() {
    let stream = |bytes, direction| recognise(bytes, Carrier::Stream, direction);
    let certain = Recognition::Certain;
    assert_eq!(
        stream(b"GET / HTTP/1.1\r\n", Direction::ToServer),
        certain(ApplicationProtocol::Http1)
    );
    assert_eq!(
        stream(b"HTTP/1.1 200 OK\r\n", Direction::ToClient),
        certain(ApplicationProtocol::Http1)
    );
    assert_eq!(
        stream(&[0x16, 3, 1, 0, 5, 1], Direction::ToServer),
        certain(ApplicationProtocol::Tls)
    );
    assert_eq!(
        stream(b"\x04\x01\x00\x50\x7f\x00\x00\x01\x00", Direction::ToServer),
        certain(ApplicationProtocol::Socks4)
    );
    assert_eq!(
        stream(b"nothing that is known\r\n", Direction::ToClient),
        Recognition::Unknown
    );
}

#[test]
fn too_few_bytes_leave_it_open() {
    assert_eq!(
        recognise(&[0x16, 3], Carrier::Stream, Direction::ToServer),
        Recognition::Unsure(ApplicationProtocol::Tls)
    );
    assert!(matches!(
        recognise(b"GE", Carrier::Stream, Direction::ToServer),
        Recognition::Unsure(_)
    ));
}

/// The first bytes of one side, and what they are.
struct Sample {
    word: &'static str,
    carrier: Carrier,
    direction: Direction,
    bytes: Vec<u8>,
}

fn samples() -> Vec<Sample> {
    let lines = include_str!("../../testdata/app/samples.txt").lines();
    lines.filter(|line| !line.starts_with('#')).map(sample).collect()
}

fn sample(line: &'static str) -> Sample {
    let words: Vec<&str> = line.splitn(4, ' ').collect();
    let &[word, carrier, side, bytes] = words.as_slice() else {
        panic!("{line}")
    };
    let carrier = match carrier {
        "stream" => Carrier::Stream,
        "datagram" => Carrier::Datagram,
        other => panic!("{other}"),
    };
    let direction = match side {
        "client" => Direction::ToServer,
        "server" => Direction::ToClient,
        other => panic!("{other}"),
    };
    Sample {
        word,
        carrier,
        direction,
        bytes: unescape(bytes),
    }
}

fn unescape(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        bytes.extend(&rest.as_bytes()[..at]);
        let (byte, length) = match &rest[at + 1..=at + 1] {
            "n" => (b'\n', 2),
            "r" => (b'\r', 2),
            "x" => (u8::from_str_radix(&rest[at + 2..at + 4], 16).unwrap(), 4),
            _ => (b'\\', 2),
        };
        bytes.push(byte);
        rest = &rest[at + length..];
    }
    bytes.extend(rest.as_bytes());
    bytes
}

#[test]
fn every_sample_is_recognised() {
    for sample in samples() {
        let found = recognise(&sample.bytes, sample.carrier, sample.direction);
        let expected = ApplicationProtocol::from_word(sample.word).unwrap();
        assert_eq!(found, Recognition::Certain(expected), "{}", sample.word);
    }
}

#[test]
fn no_other_protocol_is_certain_of_a_sample() {
    // The general one of a pair may be certain of what the special one is certain of.
    let general = ["onc-rpc"];
    for sample in samples() {
        let rows = protocols().filter(|row| row.carrier == sample.carrier);
        for row in rows.filter(|row| row.protocol.word() != sample.word && !general.contains(&row.protocol.word())) {
            let said = (row.probe)(&sample.bytes, sample.direction);
            assert_ne!(said, Probe::Certain, "{} of {}", row.protocol.word(), sample.word);
        }
    }
}

#[test]
fn a_stream_that_is_cut_is_never_refused_nor_taken_for_another() {
    for sample in samples().iter().filter(|sample| sample.carrier == Carrier::Stream) {
        let expected = ApplicationProtocol::from_word(sample.word).unwrap();
        for end in 1..sample.bytes.len() {
            match recognise(&sample.bytes[..end], sample.carrier, sample.direction) {
                Recognition::Certain(found) => assert_eq!(found, expected, "{end} bytes"),
                found => assert_ne!(found, Recognition::Unknown, "{} after {end} bytes", sample.word),
            }
        }
    }
}

#[test]
fn every_row_has_a_sample_or_needs_more_than_one_message() {
    // One message of these proves nothing: two, or the port, do.
    let unproved = ["rtp", "utp", "esp-in-udp", "gtp", "nat-pmp", "anydesk", "rtmp"];
    // These have tests of their own.
    let elsewhere = ["tls", "dtls", "quic", "socks4", "socks5", "http2"];
    let words: std::collections::BTreeSet<&str> = samples().iter().map(|sample| sample.word).collect();
    for row in protocols() {
        let word = row.protocol.word();
        let known = words.contains(word) || unproved.contains(&word) || elsewhere.contains(&word);
        assert!(known, "{word} has no sample");
    }
}

/// A sample with some bytes changed: closer to a protocol than bytes by chance.
fn damaged() -> impl Strategy<Value = Vec<u8>> {
    let changes = prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6);
    let samples: Vec<Vec<u8>> = samples().into_iter().map(|sample| sample.bytes).collect();
    (prop::sample::select(samples), changes).prop_map(|(mut bytes, changes)| {
        for (index, byte) in changes {
            let at = index.index(bytes.len());
            bytes[at] = byte;
        }
        bytes
    })
}

fn bytes() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![any::<Vec<u8>>(), damaged()]
}

proptest! {
    #[test]
    fn every_reader_keeps_its_promises_however_the_bytes_are_damaged_and_cut(bytes in bytes(), end: prop::sample::Index) {
        readers::read_all(&bytes, end.index(bytes.len() + 1));
    }

    #[test]
    fn a_probe_refuses_what_its_row_does_not_admit(bytes in bytes()) {
        let Some(first) = bytes.first().copied() else { return Ok(()) };
        for protocol in protocols().filter(|protocol| !protocol.first.admits(first)) {
            for direction in [Direction::ToServer, Direction::ToClient] {
                prop_assert_eq!((protocol.probe)(&bytes, direction), Probe::NotMine, "{:?}", protocol.protocol);
            }
        }
    }
}
