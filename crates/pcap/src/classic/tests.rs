//! Captures, built by hand.

use proptest::prelude::*;
use whotalks_record::{Record, SourceRange};

use super::*;
use crate::Format;

/// What a reader delivered.
#[derive(Default)]
struct Heard {
    packets: Vec<(u64, u64, i64, Vec<u8>, u32)>,
    issues: Vec<Issue>,
    ranges: Vec<SourceRange>,
}

impl Sink for Heard {
    fn record(&mut self, record: Record) {
        if let Record::Range(range) = record {
            self.ranges.push(range);
        }
    }

    fn packet(&mut self, packet: &Packet<'_>) {
        let Position::Packet(number) = packet.span.position else {
            panic!("no packet number")
        };
        let time = packet.timestamp.unwrap().nanoseconds();
        self.packets.push((
            number,
            packet.span.offset,
            time,
            packet.data.to_vec(),
            packet.original_length,
        ));
    }

    fn issue(&mut self, issue: Issue) {
        self.issues.push(issue);
    }
}

fn read(bytes: &[u8]) -> Heard {
    let mut heard = Heard::default();
    let mut input = bytes;
    let source = Source {
        evidence: EvidenceId(1),
        bytes: &mut input,
        length: None,
        modified: None,
    };
    PcapReader.read(source, &mut heard);
    heard
}

fn number(order: ByteOrder, value: u32) -> [u8; 4] {
    if order == ByteOrder::Big {
        value.to_be_bytes()
    } else {
        value.to_le_bytes()
    }
}

/// A capture of two packets, the second of them snapped.
fn capture(magic: u32, order: ByteOrder, extra: &[u8]) -> Vec<u8> {
    let version = if order == ByteOrder::Big {
        [0, 2, 0, 4]
    } else {
        [2, 0, 4, 0]
    };
    let mut bytes = [&number(order, magic)[..], &version, &[0; 8]].concat();
    bytes.extend([number(order, 1), number(order, 101)].concat());
    for (seconds, data, original) in [(1_700_000_000, &b"abc"[..], 3), (1_700_000_001, b"defg", 60)] {
        let captured = u32::try_from(data.len()).unwrap();
        for value in [seconds, 500, captured, original] {
            bytes.extend(number(order, value));
        }
        bytes.extend([extra, data].concat());
    }
    bytes
}

pub(crate) fn variants() -> [Vec<u8>; 5] {
    [
        capture(0xa1b2_c3d4, ByteOrder::Little, &[]),
        capture(0xa1b2_c3d4, ByteOrder::Big, &[]),
        capture(0xa1b2_3c4d, ByteOrder::Little, &[]),
        capture(0xa1b2_3c4d, ByteOrder::Big, &[]),
        capture(0xa1b2_cd34, ByteOrder::Little, &[0; 8]),
    ]
}

#[test]
fn every_variant_gives_the_same_packets() {
    for bytes in variants() {
        let heard = read(&bytes);
        let data: Vec<_> = heard
            .packets
            .iter()
            .map(|packet| (packet.0, packet.3.as_slice(), packet.4))
            .collect();
        assert_eq!(data, [(1, &b"abc"[..], 3), (2, b"defg", 60)]);
        assert_eq!(heard.issues, []);
        assert_eq!(
            (heard.ranges.len(), heard.ranges[0].units, heard.ranges[0].lost),
            (1, 2, None)
        );
        assert_eq!(crate::format_of(&bytes), Some(Format::Pcap));
    }
}

#[test]
fn the_magic_number_tells_the_unit_of_time() {
    let [micro, _, nano, ..] = variants();
    assert_eq!(read(&micro).packets[0].2, 1_700_000_000_000_500_000);
    assert_eq!(read(&nano).packets[0].2, 1_700_000_000_000_000_500);
}

#[test]
fn a_span_covers_the_bytes_of_its_packet() {
    for bytes in variants() {
        for (_, offset, _, data, _) in read(&bytes).packets {
            assert_eq!(bytes[offset as usize..][..data.len()], data);
        }
    }
}

#[test]
fn a_captured_length_above_the_original_keeps_all_bytes() {
    let mut bytes = capture(0xa1b2_c3d4, ByteOrder::Little, &[]);
    bytes[36] = 2;
    let packets = read(&bytes).packets;
    assert_eq!((packets[0].3.as_slice(), packets[0].4), (&b"abc"[..], 3));
}

#[test]
fn swapped_lengths_of_old_writers_are_put_right() {
    let mut bytes = capture(0xa1b2_c3d4, ByteOrder::Little, &[]);
    bytes[6] = 2;
    bytes.swap(51, 55);
    assert_eq!(bytes[51], 60, "the second packet now claims 60 captured bytes of 4");
    assert_eq!(read(&bytes).packets[1].3, b"defg");
}

#[test]
fn an_impossible_length_ends_the_capture_with_its_place() {
    let mut bytes = capture(0xa1b2_c3d4, ByteOrder::Little, &[]);
    bytes[51..55].fill(0xff);
    let heard = read(&bytes);
    assert_eq!(heard.packets.len(), 1);
    assert!(matches!(
        heard.issues[0].kind,
        IssueKind::Malformed {
            field: "pcap.captured_length",
            ..
        }
    ));
    assert_eq!(
        (heard.issues[0].span.offset, heard.issues[0].span.position),
        (43, Position::Packet(2))
    );
}

#[test]
fn other_files_are_refused() {
    assert_eq!(crate::format_of(b"PK\x03\x04........"), None);
    assert!(matches!(
        read(&[0x4d; 30]).issues[0].kind,
        IssueKind::Malformed {
            field: "pcap.magic_number",
            ..
        }
    ));
}

proptest! {
    #[test]
    fn a_truncated_capture_gives_its_first_packets_and_an_issue(variant in 0usize..5, keep in 0usize..90) {
        let bytes = &variants()[variant];
        let keep = keep.min(bytes.len());
        let (whole, cut) = (read(bytes), read(&bytes[..keep]));
        prop_assert!(whole.packets.starts_with(&cut.packets));
        let header = if variant == 4 { 24 } else { 16 };
        let clean = [24, 24 + header + 3, bytes.len()].contains(&keep);
        prop_assert_eq!(cut.issues.is_empty(), clean);
        let only_truncated = cut.issues.iter().all(|issue| matches!(issue.kind, IssueKind::Truncated { .. }));
        prop_assert!(only_truncated);
    }

    #[test]
    fn damaged_captures_never_panic(variant in 0usize..5, changes in prop::collection::vec((0usize..90, any::<u8>()), 0..6)) {
        let mut bytes = variants()[variant].clone();
        for (at, value) in changes {
            if let Some(byte) = bytes.get_mut(at) {
                *byte = value;
            }
        }
        let heard = read(&bytes);
        prop_assert!(heard.packets.len() <= 4);
        prop_assert!(heard.packets.iter().all(|packet| packet.4 as usize >= packet.3.len()));
    }
}
