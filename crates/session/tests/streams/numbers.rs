//! Which packets are one stream.

use whotalks_record::{LinkType, Timestamp};
use whotalks_session::streams::{Completeness, Findings, Frame, Moment, Settings, Streams, Transports, Way};
use whotalks_wire::dissect;

use crate::support::*;

fn numbers(segments: &[(i64, Segment)]) -> Vec<u32> {
    analyse(segments).iter().map(|said| said.stream).collect()
}

#[test]
fn a_syn_with_another_number_begins_a_stream_and_a_repeated_one_does_not() {
    let segments = after_handshake(vec![
        (50, client(RST, 1, 0, b"")),
        (60, client(SYN, 0, 0, b"")),
        (70, client(SYN, 5_000, 0, b"")),
        (80, server(ACK, 1, 5_001, b"")),
    ]);
    assert_eq!(numbers(&segments), [0, 0, 0, 0, 0, 1, 1]);
    let said = analyse(&segments);
    assert_eq!(said[5].analysis.findings, Findings::REUSED_PORTS);
    assert_eq!(said[5].analysis.completeness, Completeness::SYN);
}

/// What each transport header of a packet did: the number of its stream and whether it was TCP.
fn streams_of(packets: &[Vec<u8>]) -> Vec<Vec<(bool, u32, Way)>> {
    let mut streams = Streams::<()>::new(Settings::default());
    let mut all = Vec::new();
    for (frame, packet) in (1..).zip(packets) {
        let moment = Moment {
            frame,
            time: Timestamp::from_nanoseconds(0),
        };
        let mut transports = Transports::default();
        dissect::walk(LinkType(101), packet, packet.len() as u32, &mut transports);
        let mut of_packet = Vec::new();
        streams.layers(moment, &transports, |_, seen| {
            of_packet.push(match seen {
                Frame::Tcp(seen) => (true, seen.number.0, seen.way),
                Frame::Udp(seen) => (false, seen.number.0, seen.way),
            });
        });
        all.push(of_packet);
    }
    all
}

fn udp(forth: bool, ports: [u16; 2], data: &[u8]) -> Vec<u8> {
    let [source, destination] = ports.map(u16::to_be_bytes);
    let length = u16::try_from(8 + data.len()).unwrap().to_be_bytes();
    ip(forth, 17, &[&source[..], &destination, &length, &[0, 0], data].concat())
}

#[test]
fn a_tunnel_and_what_is_in_it_have_a_number_each_and_both_ways_share_it() {
    let vxlan = |forth: bool, inner: Vec<u8>| {
        let ethernet = [&[0; 12][..], &[8, 0], &inner].concat();
        udp(
            forth,
            [4789, 4789],
            &[&[8, 0, 0, 0, 0, 0, 7, 0][..], &ethernet].concat(),
        )
    };
    let packets = [
        vxlan(true, udp(true, [5_000, 53], b"?")),
        vxlan(false, udp(false, [53, 5_000], b"!")),
        udp(true, [5_001, 53], b"?"),
    ];
    let expected = [
        vec![(false, 0, Way::Forth), (false, 1, Way::Forth)],
        vec![(false, 0, Way::Back), (false, 1, Way::Back)],
        vec![(false, 2, Way::Forth)],
    ];
    assert_eq!(streams_of(&packets), expected);
}

#[test]
fn what_an_error_quotes_counts_for_the_stream_it_is_about() {
    let asked = udp(true, [5_000, 53], b"?");
    let error = ip(false, 1, &[&[3, 3, 0, 0, 0, 0, 0, 0][..], &asked].concat());
    let seen = streams_of(&[asked.clone(), error]);
    assert_eq!(seen[1], [(false, 0, Way::Forth)]);
}

#[test]
fn fragments_count_only_when_they_are_put_together() {
    let mut fragment = udp(true, [5_000, 53], b"?");
    fragment[6] = 0x20;
    assert_eq!(streams_of(&[fragment]), [vec![]]);
}

#[test]
fn there_are_no_more_streams_than_allowed_and_they_can_be_put_together() {
    let settings = Settings {
        streams: 2,
        ..Settings::default()
    };
    let mut streams = Streams::<u8>::new(settings);
    for port in 1..=4 {
        let packet = udp(true, [port, 53], b"?");
        let mut transports = Transports::default();
        dissect::walk(LinkType(101), &packet, packet.len() as u32, &mut transports);
        let moment = Moment {
            frame: port.into(),
            time: Timestamp::from_nanoseconds(port.into()),
        };
        streams.layers(moment, &transports, |_, frame| {
            if let Frame::Udp(frame) = frame {
                *frame.data = port as u8;
            }
        });
    }
    assert_eq!(streams.udp_count(), 2);
    let kept: Vec<_> = streams
        .close()
        .udp_streams()
        .map(|stream| (stream.first.frame, stream.ends.ports.source, *stream.data))
        .collect();
    assert_eq!(kept, [(1, 1, 1), (2, 2, 2)]);
}
