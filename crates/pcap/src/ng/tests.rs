//! Captures, built by hand.

use proptest::prelude::*;
use whotalks_record::{
    AddressName, Direction, LinkType, NamedProcess, Packet, PacketProcess, Record, SourceRange, Timestamp,
};

use super::*;
use crate::Format;

#[derive(Default)]
struct Heard {
    packets: Vec<Seen>,
    issues: Vec<Issue>,
    ranges: Vec<SourceRange>,
    names: Vec<AddressName>,
    processes: Vec<PacketProcess>,
}

#[derive(Debug, Clone, PartialEq)]
struct Seen {
    span: Span,
    timestamp: Option<Timestamp>,
    interface: u32,
    link_type: LinkType,
    data: Vec<u8>,
    original_length: u32,
}

impl Sink for Heard {
    fn record(&mut self, record: Record) {
        match record {
            Record::Range(range) => self.ranges.push(range),
            Record::AddressName(name) => self.names.push(name),
            other => panic!("unexpected {other:?}"),
        }
    }

    fn packet(&mut self, packet: &Packet<'_>) {
        self.packets.push(Seen {
            span: packet.span,
            timestamp: packet.timestamp,
            interface: packet.interface.0,
            link_type: packet.link_type,
            data: packet.data.to_vec(),
            original_length: packet.original_length,
        });
    }

    fn issue(&mut self, issue: Issue) {
        self.issues.push(issue);
    }

    fn process(&mut self, process: &PacketProcess) {
        self.processes.push(process.clone());
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
    PcapngReader.read(source, &mut heard);
    heard
}

/// Writes blocks in one byte order.
#[derive(Clone, Copy)]
pub(crate) struct Writer(pub(crate) ByteOrder);

impl Writer {
    fn u16(self, value: u16) -> [u8; 2] {
        if self.0 == ByteOrder::Big {
            value.to_be_bytes()
        } else {
            value.to_le_bytes()
        }
    }

    fn u32(self, value: u32) -> [u8; 4] {
        if self.0 == ByteOrder::Big {
            value.to_be_bytes()
        } else {
            value.to_le_bytes()
        }
    }

    fn u64(self, value: u64) -> [u8; 8] {
        if self.0 == ByteOrder::Big {
            value.to_be_bytes()
        } else {
            value.to_le_bytes()
        }
    }

    fn block(self, kind: u32, parts: &[&[u8]]) -> Vec<u8> {
        let mut body = parts.concat();
        body.resize(body.len().next_multiple_of(4), 0);
        let length = self.u32(u32::try_from(body.len() + 12).unwrap());
        [&self.u32(kind)[..], &length, &body, &length].concat()
    }

    fn option(self, code: u16, value: &[u8]) -> Vec<u8> {
        let mut option = [
            &self.u16(code)[..],
            &self.u16(u16::try_from(value.len()).unwrap()),
            value,
        ]
        .concat();
        option.resize(option.len().next_multiple_of(4), 0);
        option
    }

    fn section(self) -> Vec<u8> {
        self.block(
            0x0a0d_0d0a,
            &[&self.u32(0x1a2b_3c4d), &self.u16(1), &self.u16(0), &[0xff; 8]],
        )
    }

    fn interface(self, link_type: u16, snapshot_length: u32, options: &[u8]) -> Vec<u8> {
        self.block(1, &[&self.u16(link_type), &[0, 0], &self.u32(snapshot_length), options])
    }

    fn enhanced(self, interface: u32, units: u64, data: &[u8], options: &[u8]) -> Vec<u8> {
        let length = u32::try_from(data.len()).unwrap();
        let mut padded = data.to_vec();
        padded.resize(data.len().next_multiple_of(4), 0);
        let (high, low) = (self.u32((units >> 32) as u32), self.u32(units as u32));
        self.block(
            6,
            &[
                &self.u32(interface),
                &high,
                &low,
                &self.u32(length),
                &self.u32(length + 1),
                &padded,
                options,
            ],
        )
    }

    fn simple(self, data: &[u8], original: u32) -> Vec<u8> {
        self.block(3, &[&self.u32(original), data])
    }

    fn obsolete(self, interface: u16, drops: u16, data: &[u8]) -> Vec<u8> {
        let length = self.u32(u32::try_from(data.len()).unwrap());
        let head = [self.u16(interface), self.u16(drops)].concat();
        self.block(2, &[&head, &self.u32(0), &self.u32(7), &length, &length, data])
    }
}

const LITTLE: Writer = Writer(ByteOrder::Little);
const BIG: Writer = Writer(ByteOrder::Big);

pub(crate) fn capture(writer: Writer) -> Vec<u8> {
    let nanoseconds = [writer.option(2, b"eth0"), writer.option(9, &[9]), writer.option(0, &[])].concat();
    [
        writer.section(),
        writer.interface(1, 0, &nanoseconds),
        writer.interface(101, 2, &[]),
        writer.enhanced(0, 1_700_000_000_000_000_001, b"abc", &writer.option(4, &writer.u64(3))),
        writer.block(0xbad, &[b"somebody's own"]),
        writer.obsolete(1, 4, b"defg"),
        writer.enhanced(1, 1_700_000_000_000_000, b"hijkl", &[]),
    ]
    .concat()
}

#[test]
fn both_byte_orders_give_the_same_packets() {
    let (little, big) = (read(&capture(LITTLE)), read(&capture(BIG)));
    assert_eq!(little.packets, big.packets);
    assert_eq!((little.issues.len(), little.packets.len()), (0, 3));
    assert_eq!(crate::format_of(&capture(LITTLE)), Some(Format::Pcapng));
    assert_eq!(crate::format_of(&capture(BIG)), Some(Format::Pcapng));
}

#[test]
fn packets_carry_interface_link_type_time_and_lengths() {
    let packets = read(&capture(LITTLE)).packets;
    let nanosecond = Timestamp::from_nanoseconds(1_700_000_000_000_000_001);
    assert_eq!(
        (packets[0].interface, packets[0].link_type, packets[0].timestamp),
        (0, LinkType(1), Some(nanosecond))
    );
    assert_eq!(
        (packets[0].data.as_slice(), packets[0].original_length),
        (&b"abc"[..], 4)
    );
    assert_eq!((packets[1].interface, packets[1].link_type), (1, LinkType(101)));
    assert_eq!(packets[1].timestamp, Some(Timestamp::from_nanoseconds(7_000)));
    assert_eq!(packets[2].timestamp, Some(Timestamp::from_seconds(1_700_000_000, 0)));
}

#[test]
fn packet_numbers_step_over_blocks_that_wireshark_counts() {
    let positions: Vec<_> = read(&capture(LITTLE))
        .packets
        .iter()
        .map(|packet| packet.span.position)
        .collect();
    assert_eq!(
        positions,
        [Position::Packet(1), Position::Packet(3), Position::Packet(4)]
    );
}

#[test]
fn a_span_covers_the_bytes_of_its_packet() {
    let bytes = capture(BIG);
    for packet in read(&bytes).packets {
        assert_eq!(
            bytes[packet.span.offset as usize..][..packet.span.length as usize],
            packet.data
        );
    }
}

#[test]
fn losses_are_counted_per_interface() {
    let statistics = [LITTLE.option(5, &LITTLE.u64(10)), LITTLE.option(7, &LITTLE.u64(1))].concat();
    let statistics = LITTLE.block(5, &[&LITTLE.u32(1), &[0; 8], &statistics]);
    let heard = read(&[capture(LITTLE), statistics].concat());
    let ranges: Vec<_> = heard
        .ranges
        .iter()
        .map(|range| (range.interface.as_deref(), range.units, range.lost))
        .collect();
    assert_eq!(ranges, [(Some("eth0"), 1, Some(3)), (None, 2, Some(11))]);
}

#[test]
fn a_simple_packet_has_no_time_and_the_length_its_interface_keeps() {
    let bytes = [
        LITTLE.section(),
        LITTLE.interface(1, 5, &[]),
        LITTLE.simple(b"abcdef", 60),
    ]
    .concat();
    let packets = read(&bytes).packets;
    assert_eq!(
        (
            packets[0].data.as_slice(),
            packets[0].original_length,
            packets[0].timestamp
        ),
        (&b"abcde"[..], 60, None)
    );
}

#[test]
fn interfaces_count_on_over_sections_of_any_byte_order() {
    let heard = read(&[capture(LITTLE), capture(BIG)].concat());
    assert_eq!(
        heard.packets.iter().map(|packet| packet.interface).collect::<Vec<_>>(),
        [0, 1, 1, 2, 3, 3]
    );
    assert_eq!((heard.ranges.len(), heard.issues.len()), (4, 0));
}

#[test]
fn names_of_addresses_are_delivered() {
    let records = [
        LITTLE.option(1, b"\xcb\0\x71\x4dwww.example\0cdn.example\0"),
        LITTLE.option(2, b"\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x01localhost"),
        LITTLE.option(0, &[]),
    ];
    let heard = read(&[LITTLE.section(), LITTLE.block(4, &[&records.concat()])].concat());
    let names: Vec<_> = heard
        .names
        .iter()
        .map(|name| (name.address.to_string(), &*name.name))
        .collect();
    let address = "203.0.113.77".to_owned();
    assert_eq!(
        names,
        [
            (address.clone(), "www.example"),
            (address, "cdn.example"),
            ("::1".to_owned(), "localhost")
        ]
    );
}

#[test]
fn what_is_not_read_is_said() {
    let secrets = [LITTLE.section(), LITTLE.block(10, &[&LITTLE.u32(0x544c_534b)])].concat();
    assert!(matches!(
        read(&secrets).issues[0].kind,
        IssueKind::Unsupported {
            field: "pcapng.decryption_secrets",
            ..
        }
    ));
    let mut future = capture(LITTLE);
    future[12] = 2;
    let heard = read(&[future, capture(LITTLE)].concat());
    assert!(matches!(
        heard.issues[0].kind,
        IssueKind::Unsupported {
            field: "pcapng.section_header",
            ..
        }
    ));
    assert_eq!(heard.packets.len(), 3, "the section after it is read");
}

#[test]
fn a_block_that_lies_inside_is_an_issue_and_the_next_one_is_read() {
    let mut lying = LITTLE.enhanced(0, 1, b"abc", &[]);
    lying[20] = 200;
    let unknown = LITTLE.enhanced(9, 1, b"abc", &[]);
    let heard = read(
        &[
            LITTLE.section(),
            LITTLE.interface(1, 0, &[]),
            lying,
            unknown,
            LITTLE.enhanced(0, 1, b"x", &[]),
        ]
        .concat(),
    );
    let fields: Vec<_> = heard.issues.iter().map(|issue| &issue.kind).collect();
    assert!(matches!(
        fields[0],
        IssueKind::Malformed {
            field: "pcapng.packet_data",
            ..
        }
    ));
    assert!(matches!(
        fields[1],
        IssueKind::Malformed {
            field: "pcapng.interface",
            ..
        }
    ));
    assert_eq!(heard.packets.len(), 1);
}

#[test]
fn an_impossible_block_length_ends_the_file_with_its_place() {
    let mut bytes = capture(LITTLE);
    let place = bytes.len();
    bytes.extend([6, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0]);
    let heard = read(&bytes);
    assert_eq!((heard.packets.len(), heard.issues.len()), (3, 1));
    assert_eq!(
        (heard.issues[0].span.offset, heard.issues[0].span.position),
        (place as u64, Position::Packet(5))
    );
}

proptest! {
    #[test]
    fn a_truncated_capture_gives_its_first_packets_and_an_issue(keep in 0usize..320, big: bool) {
        let bytes = capture(if big { BIG } else { LITTLE });
        let kept = &bytes[..keep.min(bytes.len())];
        let (whole, cut) = (read(&bytes), read(kept));
        prop_assert!(whole.packets.starts_with(&cut.packets));
        let only_truncated = cut.issues.iter().all(|issue| matches!(issue.kind, IssueKind::Truncated { .. }));
        prop_assert!(only_truncated);
        let mut writer_order = ends_of_blocks(&bytes, big);
        prop_assert_eq!(cut.issues.is_empty(), writer_order.any(|end| end == kept.len()));
    }

    #[test]
    fn damaged_captures_never_panic(changes in prop::collection::vec((0usize..320, any::<u8>()), 0..6)) {
        let mut bytes = capture(LITTLE);
        for (at, value) in changes {
            if let Some(byte) = bytes.get_mut(at) {
                *byte = value;
            }
        }
        let heard = read(&bytes);
        prop_assert!(heard.packets.len() <= 4);
        prop_assert!(heard.packets.iter().all(|packet| packet.original_length as usize >= packet.data.len()));
    }
}

/// Where a cut leaves whole blocks only.
fn ends_of_blocks(bytes: &[u8], big: bool) -> impl Iterator<Item = usize> + '_ {
    let mut at = Some(0);
    std::iter::from_fn(move || {
        let here = at?;
        let length = bytes
            .get(here + 4..here + 8)
            .map(|field| <[u8; 4]>::try_from(field).unwrap());
        at = length.map(|field| {
            here + if big {
                u32::from_be_bytes(field)
            } else {
                u32::from_le_bytes(field)
            } as usize
        });
        Some(here)
    })
}

fn process(writer: Writer, pid: u32, options: &[(u16, &[u8])]) -> Vec<u8> {
    let options: Vec<u8> = options
        .iter()
        .flat_map(|(code, value)| writer.option(*code, value))
        .collect();
    writer.block(0x8000_0001, &[&writer.u32(pid), &options])
}

fn numbered(writer: Writer, options: &[(u16, u32)]) -> Vec<u8> {
    let options: Vec<u8> = options
        .iter()
        .flat_map(|(code, value)| writer.option(*code, &writer.u32(*value)))
        .collect();
    writer.enhanced(0, 1, b"abcd", &options)
}

fn named(pid: u32, image: &str) -> Option<NamedProcess> {
    NamedProcess::new(Some(pid), Some(image.into()))
}

#[test]
fn packets_name_the_processes_of_their_section() {
    for writer in [LITTLE, BIG] {
        let bytes = [
            writer.section(),
            writer.interface(1, 0, &[]),
            process(writer, 512, &[(2, b"com.apple.WebKit"), (4, &[9; 16])]),
            process(writer, 77, &[(2, b"Safari")]),
            process(writer, 5, &[(2, b"a"), (3, b"/usr/bin/a\0")]),
            numbered(writer, &[(0x8001, 0), (0x8003, 1), (2, 2)]),
            numbered(writer, &[(0x8001, 2), (2, 1)]),
        ];
        let told = read(&bytes.concat()).processes;
        let first = PacketProcess {
            direction: Some(Direction::Outbound),
            process: named(512, "com.apple.WebKit…"),
            effective: named(77, "Safari"),
        };
        let second = PacketProcess {
            direction: Some(Direction::Inbound),
            process: named(5, "/usr/bin/a"),
            effective: None,
        };
        assert_eq!(told, [first, second]);
    }
}

#[test]
fn what_is_not_described_in_its_section_is_nobody() {
    let head = [LITTLE.section(), LITTLE.interface(1, 0, &[])].concat();
    let bytes = [
        head.clone(),
        numbered(LITTLE, &[(0x8001, 0)]),
        process(LITTLE, 7, &[(2, b"seven")]),
        process(LITTLE, u32::MAX, &[]),
        LITTLE.block(0x8000_0001, &[]),
        process(LITTLE, 8, &[(2, b"eight")]),
        numbered(LITTLE, &[(0x8001, 1)]),
        numbered(LITTLE, &[(0x8001, 2)]),
        numbered(LITTLE, &[(0x8001, u32::MAX)]),
        LITTLE.enhanced(0, 1, b"abcd", &LITTLE.option(0x8001, &[0])),
        numbered(LITTLE, &[(0x8001, 3)]),
        head,
        numbered(LITTLE, &[(0x8001, 0)]),
    ];
    let heard = read(&bytes.concat());
    let told: Vec<_> = heard.processes.into_iter().map(|told| told.process).collect();
    assert_eq!(told, [named(8, "eight")]);
    assert_eq!((heard.packets.len(), heard.issues.len()), (7, 0));
}

#[test]
fn a_long_block_of_that_number_is_somebody_elses_and_passed_over() {
    let bytes = [
        LITTLE.section(),
        LITTLE.interface(1, 0, &[]),
        LITTLE.block(0x8000_0001, &[&vec![1; 1 << 20]]),
        numbered(LITTLE, &[(0x8001, 0)]),
    ];
    let heard = read(&bytes.concat());
    assert_eq!(
        (heard.processes.len(), heard.packets.len(), heard.issues.len()),
        (0, 1, 0)
    );
}
