//! Datagrams that came in fragments. What is expected is what tshark 4.0.17 writes for the same packets.

#![expect(clippy::expect_used, reason = "tests may stop, and say why")]

use proptest::prelude::*;
use whotalks_fields::{Extractor, FieldId, Frame, all, find, info, text};
use whotalks_record::LinkType;

/// A fragment: offset, whether more follow, data.
type Piece<'p> = (u16, bool, &'p [u8]);

/// Raw IP.
const RAW: LinkType = LinkType(101);

/// A question for example.com over UDP: 37 bytes.
const QUESTION: &[u8] = b"\x0f\xa0\0\x35\0\x25\0\0\x12\x34\x01\0\0\x01\0\0\0\0\0\0\x07example\x03com\0\0\x01\0\x01";

fn ipv4(piece: Piece<'_>) -> Vec<u8> {
    packet(17, piece)
}

fn packet(protocol: u8, (offset, more, data): Piece<'_>) -> Vec<u8> {
    let place = (u16::from(more) << 13) | (offset / 8);
    let mut bytes = vec![0x45, 0];
    bytes.extend((20 + data.len() as u16).to_be_bytes());
    bytes.extend([0, 7]);
    bytes.extend(place.to_be_bytes());
    bytes.extend([64, protocol, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2]);
    bytes.extend(data);
    bytes
}

fn ipv6((offset, more, data): Piece<'_>) -> Vec<u8> {
    let mut bytes = vec![0x60, 0, 0, 0];
    bytes.extend((8 + data.len() as u16).to_be_bytes());
    bytes.extend([44, 64]);
    for end in [1, 2] {
        bytes.extend([0x20, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, end]);
    }
    bytes.extend([17, 0]);
    bytes.extend((offset | u16::from(more)).to_be_bytes());
    bytes.extend([0, 0, 0, 7]);
    bytes.extend(data);
    bytes
}

/// For each frame, the values of these fields: those of one field by commas, fields by blanks.
fn values(names: &[&str], frames: &[Vec<u8>]) -> Vec<String> {
    let ids: Vec<_> = names.iter().map(|name| find(name).expect("a field")).collect();
    let mut extractor = Extractor::new(ids.iter().copied().collect());
    let mut lines = Vec::new();
    for (number, data) in (1..).zip(frames) {
        let fields = extractor.frame(&Frame {
            number,
            time: None,
            link_type: RAW,
            data,
            original_length: data.len() as u32,
            interface: None,
            comments: &[],
        });
        let of = |id| {
            let field = info(id).expect("a field");
            let values: Vec<_> = fields.of(id).map(|value| text(field, value)).collect();
            values.join(",")
        };
        lines.push(ids.iter().map(|id| of(*id)).collect::<Vec<_>>().join(" "));
    }
    lines
}

const ERRORS: [&str; 6] = [
    "ip.fragment",
    "ip.fragment.error",
    "ip.fragment.overlap",
    "ip.fragment.overlap.conflict",
    "ip.fragment.multipletails",
    "ip.fragment.toolongfragment",
];

/// What is said of the fragments in the last frame.
fn errors(pieces: &[Piece<'_>]) -> String {
    let frames: Vec<_> = pieces.iter().map(|piece| ipv4(*piece)).collect();
    values(&ERRORS, &frames).pop().expect("a frame")
}

fn thirds(data: &[u8]) -> [Piece<'_>; 3] {
    let (first, rest) = data.split_at(16);
    let (second, third) = rest.split_at(16);
    [(0, true, first), (16, true, second), (32, false, third)]
}

#[test]
fn the_frame_that_completes_a_datagram_has_what_is_inside() {
    let [first, second, third] = thirds(QUESTION);
    let names = [
        "ip.fragment",
        "ip.fragment.count",
        "ip.reassembled.length",
        "dns.qry.name",
        "udp.port",
        "udp.stream",
    ];
    let frames = [third, second, first].map(ipv4);
    let whole = "3,2,1 3 37 example.com 4000,53 0";
    let nothing = "     ";
    assert_eq!(values(&names, &frames), [nothing, nothing, whole]);
    let again = [third, second, first, first, second, third].map(ipv4);
    let expected = [
        nothing,
        nothing,
        whole,
        nothing,
        nothing,
        "4,5,6 3 37 example.com 4000,53 0",
    ];
    assert_eq!(values(&names, &again), expected);
}

#[test]
fn ipv6_is_put_together_as_well() {
    let names = [
        "ipv6.fragment",
        "ipv6.fragment.count",
        "ipv6.reassembled.length",
        "dns.qry.name",
        "udp.stream",
    ];
    let expected = ["    ", "    ", "1,2,3 3 37 example.com 0"];
    assert_eq!(values(&names, &thirds(QUESTION).map(ipv6)), expected);
}

#[test]
fn protocols_show_in_the_frame_that_completes() {
    let shown = ["raw:ip:data", "raw:ip:data", "raw:ip:udp:dns"];
    assert_eq!(values(&["frame.protocols"], &thirds(QUESTION).map(ipv4)), shown);
    let shown = [
        "raw:ipv6:ipv6.fraghdr:data",
        "raw:ipv6:ipv6.fraghdr:data",
        "raw:ipv6:ipv6.fraghdr:udp:dns",
    ];
    assert_eq!(values(&["frame.protocols"], &thirds(QUESTION).map(ipv6)), shown);
}

#[test]
fn ports_alone_are_found_in_the_frame_that_completes() {
    assert_eq!(values(&["udp.dstport"], &thirds(QUESTION).map(ipv4)), ["", "", "53"]);
}

#[test]
fn overlaps_are_noticed() {
    let [first, second, third] = thirds(QUESTION);
    assert_eq!(errors(&[first, first, second, third]), "1,2,3,4  1   ");
    assert_eq!(
        errors(&[(0, true, &QUESTION[..32]), (8, true, &QUESTION[8..16]), third]),
        "1,2,3  1   "
    );
    assert_eq!(
        errors(&[(0, true, &QUESTION[..32]), (8, true, b"XXXXXXXX"), third]),
        "1,3 2 1 1  "
    );
    let lower = [&QUESTION[..16], b"ZZZZZZZZ"].concat();
    assert_eq!(errors(&[second, (0, true, &lower), third]), "2,3 1 1 1  ");
}

#[test]
fn ends_that_contradict_each_other_are_noticed() {
    let [first, second, third] = thirds(QUESTION);
    let longer = [&QUESTION[32..], b"ab"].concat();
    assert_eq!(errors(&[third, (32, false, &longer), first, second]), "3,4,1 2 1  1 1");
    assert_eq!(errors(&[third, (48, true, b"12345678"), first, second]), "3,4,1 2    1");
    assert_eq!(errors(&[third, (40, true, b"12345678"), first, second]), "3,4,1 2    1");
}

#[test]
fn a_datagram_that_lacks_a_fragment_tells_nothing_of_its_content() {
    let [first, _, third] = thirds(QUESTION);
    assert_eq!(values(&["udp.port", "dns"], &[first, third].map(ipv4)), [" ", " "]);
}

#[test]
fn what_concerns_the_frame_alone_puts_nothing_together() {
    let frames = thirds(QUESTION).map(ipv4);
    assert_eq!(values(&["frame.number"], &frames), ["1", "2", "3"]);
}

#[test]
fn a_fragmented_tunnel_may_hold_fragments() {
    let inner = thirds(QUESTION).map(ipv4);
    let frames: Vec<_> = inner
        .iter()
        .flat_map(|inner| {
            let (first, second) = inner.split_at(16);
            [packet(4, (0, true, first)), packet(4, (16, false, second))]
        })
        .collect();
    let told = values(&["ip.fragment.count", "dns.qry.name"], &frames);
    assert_eq!(told, [" ", "2 ", " ", "2 ", " ", "2,3 example.com"]);
}

proptest! {
    #[test]
    fn arbitrary_fragments_never_panic(
        protocol in prop::sample::select(vec![1_u8, 4, 6, 17, 41, 47, 58]),
        pieces in prop::collection::vec((0_u16..6, any::<bool>(), prop::collection::vec(any::<u8>(), 0..24)), 1..12),
    ) {
        let frames: Vec<_> = pieces
            .iter()
            .flat_map(|(place, more, data)| {
                let piece = (place * 8, *more, data.as_slice());
                [packet(protocol, piece), ipv6(piece)]
            })
            .collect();
        let names: Vec<_> = (0..).map(FieldId).take(all().len()).filter_map(info).map(|field| field.name).collect();
        prop_assert_eq!(values(&names, &frames).len(), frames.len());
    }
}
