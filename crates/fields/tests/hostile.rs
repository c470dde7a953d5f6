//! Whatever bytes a capture holds, reading all fields of it ends and never panics.

use proptest::prelude::*;
use whotalks_fields::{Extractor, FieldId, FieldSet, Frame, all, info, text};
use whotalks_record::{LinkType, Timestamp};

fn everything() -> FieldSet {
    (0..).map(FieldId).take(all().len()).collect()
}

fn frame(number: u32, link_type: u16, data: &[u8]) -> Frame<'_> {
    Frame {
        number,
        time: Some(Timestamp::from_seconds(i64::from(number), 0)),
        link_type: LinkType(link_type),
        data,
        original_length: data.len() as u32,
        interface: None,
        comments: &[],
    }
}

/// Reads the frames as one capture and writes every value as text.
fn values(link_type: u16, frames: &[Vec<u8>]) -> usize {
    let mut extractor = Extractor::new(everything());
    let mut count = 0;
    for (number, data) in (1..).zip(frames) {
        let fields = extractor.frame(&frame(number, link_type, data));
        count += fields
            .iter()
            .filter_map(|(id, value)| Some(text(info(id)?, value)))
            .count();
    }
    count
}

/// A frame of Ethernet, IPv4 and TCP or UDP, with that payload.
fn packet(protocol: u8, ports: [u16; 2], sequence: u32, payload: &[u8]) -> Vec<u8> {
    let transport_bytes = if protocol == 6 { 20 } else { 8 };
    let total = (20 + transport_bytes + payload.len()) as u16;
    let mut bytes = vec![2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 0x08, 0x00];
    bytes.extend([0x45, 0]);
    bytes.extend(total.to_be_bytes());
    bytes.extend([0, 1, 0, 0, 64, protocol, 0, 0, 10, 0, 0, 1, 192, 0, 2, 9]);
    ports.iter().for_each(|port| bytes.extend(port.to_be_bytes()));
    if protocol == 6 {
        bytes.extend(sequence.to_be_bytes());
        bytes.extend([0, 0, 0, 1, 0x50, 0x18, 0xff, 0xff, 0, 0, 0, 0]);
    } else {
        bytes.extend(((8 + payload.len()) as u16).to_be_bytes());
        bytes.extend([0, 0]);
    }
    bytes.extend(payload);
    bytes
}

/// Ports of every protocol that is found by its port.
const PORTS: [u16; 48] = [
    20, 21, 22, 23, 25, 53, 67, 69, 80, 88, 102, 110, 123, 137, 138, 139, 143, 161, 389, 443, 445, 500, 514, 546, 547,
    1080, 1433, 1701, 1883, 1900, 2152, 3306, 3389, 3478, 3544, 4754, 4789, 4790, 5060, 5072, 5353, 5355, 5432, 6081,
    6635, 8080, 17500, 40000,
];

/// Protocol, port and first bytes of what is told by them: HTTP/2, DTLS with a piece of a hello, a certificate within TLS,
/// a call that announces its media, and a call without connection.
const BEGINNINGS: [(u8, u16, &[u8]); 5] = [
    (6, 9000, b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\x03\x01\x05\0\0\0\x01\x82\x84\x87\0\0\x04\0\x01\0\0\0\x01"),
    (17, 9000, b"\x16\xfe\xfd\0\0\0\0\0\0\0\0\0\x18\x01\0\0\x0c\0\0\0\0\0\0\0\x0c\xfe\xfd12345678ab"),
    (6, 443, b"\x16\x03\x03\0\x40\x0b\0\0\x3c\0\0\x39\0\0\x36\x30\x34\x30\x20\xa0\x03\x02\x01\x02\x02\x01\x07\x30\x04\x06\x02\x55\x04"),
    (17, 5060, b"INVITE sip:a@b SIP/2.0\r\n\r\nv=0\r\nc=IN IP4 10.0.0.1\r\nm=audio 5004 RTP/AVP 101\r\na=rtpmap:101 telephone-event/8000\r\n"),
    (17, 135, b"\x04\0\x08\0\x10\0\0\0"),
];

proptest! {
    #[test]
    fn arbitrary_frames_never_panic(
        link_type in prop::sample::select(vec![0_u16, 1, 7, 9, 10, 100, 101, 105, 107, 113, 127, 129, 149, 226, 239, 242, 258, 276]),
        frames in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..300), 1..4),
    ) {
        prop_assert!(values(link_type, &frames) >= frames.len());
    }

    #[test]
    fn arbitrary_payloads_never_panic_on_any_port(
        port in prop::sample::select(PORTS.to_vec()),
        protocol in prop::sample::select(vec![6_u8, 17]),
        payloads in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..200), 1..5),
    ) {
        let mut sequence = 1;
        let frames: Vec<_> = payloads
            .iter()
            .map(|payload| {
                let bytes = packet(protocol, [50_000, port], sequence, payload);
                sequence += payload.len() as u32;
                bytes
            })
            .collect();
        prop_assert!(values(1, &frames) >= frames.len());
    }

    #[test]
    fn what_begins_like_a_protocol_and_goes_on_as_it_likes_never_panics(
        beginning in prop::sample::select(BEGINNINGS.to_vec()),
        payloads in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..300), 1..5),
    ) {
        let (protocol, port, prefix) = beginning;
        let mut sequence = 1;
        let frames: Vec<_> = payloads
            .iter()
            .flat_map(|rest| [prefix.to_vec(), [prefix, rest].concat(), rest.clone()])
            .map(|payload| {
                let bytes = packet(protocol, [5_004, port], sequence, &payload);
                sequence += payload.len() as u32;
                bytes
            })
            .collect();
        prop_assert!(values(1, &frames) >= frames.len());
    }

    #[test]
    fn a_truncated_frame_has_no_more_header_fields(payload in prop::collection::vec(any::<u8>(), 0..64), keep in 0..120_usize) {
        let whole = packet(6, [50_000, 80], 1, &payload);
        let cut = whole.get(..keep).unwrap_or(&whole);
        let wanted: FieldSet = ["ip.src", "ip.addr", "tcp.port", "tcp.flags", "tcp.seq_raw"]
            .iter()
            .filter_map(|name| whotalks_fields::find(name))
            .collect();
        let count = |data: &[u8]| {
            let mut cut_frame = frame(1, 1, data);
            cut_frame.original_length = whole.len() as u32;
            Extractor::new(wanted.clone()).frame(&cut_frame).iter().count()
        };
        prop_assert!(count(cut) <= count(&whole));
    }
}
