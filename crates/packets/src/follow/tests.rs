//! Whole captures, followed.

use whotalks_record::{EvidenceId, InterfaceId, LinkType, Span};

use whotalks_session::streams::StreamNumber;

use super::*;

/// A packet of raw IPv4 from one host to another: 10.0.0.1:1000 and 10.0.0.2:80.
fn packet(forth: bool, protocol: u8, rest: &[u8]) -> Vec<u8> {
    let (source, destination) = if forth {
        ([10, 0, 0, 1], [10, 0, 0, 2])
    } else {
        ([10, 0, 0, 2], [10, 0, 0, 1])
    };
    let ports = if forth { [3, 232, 0, 80] } else { [0, 80, 3, 232] };
    let length = (24 + rest.len()) as u16;
    let head = [&[0x45, 0][..], &length.to_be_bytes(), &[0, 0, 0, 0, 64, protocol, 0, 0]].concat();
    [&head[..], &source, &destination, &ports, rest].concat()
}

fn tcp(forth: bool, flags: u8, sequence: u32, acknowledgment: u32, data: &[u8]) -> Vec<u8> {
    let numbers = [sequence.to_be_bytes(), acknowledgment.to_be_bytes()].concat();
    packet(
        forth,
        6,
        &[&numbers, &[0x50, flags, 1, 0, 0, 0, 0, 0][..], data].concat(),
    )
}

fn udp(forth: bool, data: &[u8]) -> Vec<u8> {
    let length = (8 + data.len()) as u16;
    packet(forth, 17, &[&length.to_be_bytes()[..], &[0, 0], data].concat())
}

fn follow(target: Target, packets: &[Vec<u8>]) -> Vec<(Way, u32, Content)> {
    let mut follow = Follow::new(target);
    let mut chunks = Vec::new();
    for (number, data) in (1..).zip(packets) {
        let length = data.len() as u32;
        chunks.extend(follow.packet(&Packet {
            span: Span {
                evidence: EvidenceId(1),
                position: Position::Packet(number),
                offset: 0,
                length,
            },
            timestamp: Some(Timestamp::from_nanoseconds(number as i64)),
            interface: InterfaceId(0),
            link_type: LinkType(101),
            data,
            original_length: length,
        }));
    }
    chunks.extend(follow.finish());
    chunks
        .into_iter()
        .map(|chunk| (chunk.way, chunk.frame, chunk.content))
        .collect()
}

fn said(way: Way, frame: u32, bytes: &[u8]) -> (Way, u32, Content) {
    (way, frame, Content::Bytes(bytes.to_vec()))
}

#[test]
fn both_sides_are_told_in_the_order_of_the_capture() {
    let packets = [
        tcp(true, 0x02, 9, 0, b""),
        tcp(false, 0x12, 99, 10, b""),
        tcp(true, 0x18, 10, 100, b"question"),
        tcp(true, 0x18, 10, 100, b"question"),
        tcp(false, 0x18, 100, 18, b"answer"),
    ];
    let expected = [said(Way::Forth, 3, b"question"), said(Way::Back, 5, b"answer")];
    assert_eq!(follow(Target::Tcp(StreamNumber(0)), &packets), expected);
    assert_eq!(follow(Target::Tcp(StreamNumber(1)), &packets), []);
}

#[test]
fn a_second_connection_on_the_same_ports_is_another_stream() {
    let packets = [
        tcp(true, 0x02, 9, 0, b""),
        tcp(true, 0x18, 10, 100, b"one"),
        tcp(true, 0x02, 500, 0, b""),
        tcp(true, 0x18, 501, 100, b"two"),
    ];
    assert_eq!(
        follow(Target::Tcp(StreamNumber(1)), &packets),
        [said(Way::Forth, 4, b"two")]
    );
}

#[test]
fn datagrams_are_followed_by_number_and_by_community_id() {
    let packets = [udp(true, b"ask"), udp(false, b"tell")];
    let expected = [said(Way::Forth, 1, b"ask"), said(Way::Back, 2, b"tell")];
    assert_eq!(follow(Target::Udp(StreamNumber(0)), &packets), expected);
    let key = whotalks_record::FlowKey {
        protocol: IpProtocol::UDP,
        client: whotalks_record::Endpoint::new([10, 0, 0, 2].into(), 80),
        server: whotalks_record::Endpoint::new([10, 0, 0, 1].into(), 1000),
    };
    let id = whotalks_session::community_id(&key).unwrap();
    assert_eq!(follow(Target::CommunityId(id), &packets), expected);
}

#[test]
fn what_waits_behind_a_gap_comes_at_the_end() {
    let packets = [tcp(true, 0x18, 10, 100, b"a"), tcp(true, 0x18, 15, 100, b"z")];
    let expected = [
        said(Way::Forth, 1, b"a"),
        (Way::Forth, 2, Content::Missing(4)),
        said(Way::Forth, 2, b"z"),
    ];
    assert_eq!(follow(Target::Tcp(StreamNumber(0)), &packets), expected);
}

#[test]
fn a_datagram_in_fragments_is_said_in_the_frame_that_completes_it() {
    let whole = udp(true, b"question");
    let mut last = whole[..20].to_vec();
    last.extend_from_slice(&whole[28..]);
    (last[3], last[7]) = (28, 1);
    let mut first = whole[..28].to_vec();
    (first[3], first[6]) = (28, 0x20);
    let expected = [said(Way::Forth, 2, b"question")];
    assert_eq!(follow(Target::Udp(StreamNumber(0)), &[last, first]), expected);
}
