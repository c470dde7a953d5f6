//! The short way says what the long way says.

use proptest::prelude::*;
use whotalks_record::{EvidenceId, InterfaceId, Packet, Span};
use whotalks_wire::link;

use super::{Layers, Summary, layers, quick_summary};

/// Ethernet, a tag, IPv4, then ports, and room for what a transport says.
fn frame(tagged: bool, protocol: u8, data: &[u8]) -> Vec<u8> {
    let mut frame = vec![2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2];
    if tagged {
        frame.extend([0x81, 0, 0, 7]);
    }
    let total = u16::try_from(20 + data.len()).unwrap().to_be_bytes();
    frame.extend([
        8, 0, 0x45, 0, total[0], total[1], 0, 0, 0, 0, 64, protocol, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2,
    ]);
    frame.extend(data);
    frame
}

fn packet(data: &[u8], original_length: u32) -> Packet<'_> {
    Packet {
        span: Span::whole(EvidenceId(1)),
        timestamp: None,
        interface: InterfaceId(0),
        link_type: link::ETHERNET,
        data,
        original_length,
    }
}

fn check(data: &[u8], original_length: u32) -> Result<bool, TestCaseError> {
    let packet = packet(data, original_length);
    let Some((shape, quick)) = quick_summary(packet.link_type, data) else {
        return Ok(false);
    };
    let mut seen = Layers::default();
    let dissected = layers(&packet, &mut seen);
    prop_assert_eq!(Some(quick), Summary::of_dissected(data, &dissected));
    prop_assert_eq!(shape.names(), seen.names);
    prop_assert!(seen.others.is_empty());
    Ok(true)
}

proptest! {
    #[test]
    fn both_ways_agree_on_packets(tagged: bool, udp: bool, data in prop::collection::vec(any::<u8>(), 0..60), cut in 0usize..40, padding in 0usize..8) {
        let mut frame = frame(tagged, if udp { 17 } else { 6 }, &data);
        frame.extend(vec![0; padding]);
        let wire = frame.len() as u32;
        frame.truncate(frame.len().saturating_sub(cut));
        check(&frame, wire)?;
    }

    #[test]
    fn both_ways_agree_on_anything(data in prop::collection::vec(any::<u8>(), 0..120), more in 0u32..100) {
        check(&data, data.len() as u32 + more)?;
    }
}

#[test]
fn the_short_way_is_gone_by_ordinary_packets() {
    let segment = [
        0xc0, 0, 1, 0xbb, 0, 0, 0, 1, 0, 0, 0, 2, 0x50, 0x18, 1, 0, 0, 0, 0, 0, b'h', b'i',
    ];
    let datagram = [0xc0, 0, 0, 53, 0, 10, 0, 0, b'h', b'i'];
    for data in [frame(true, 6, &segment), frame(false, 17, &datagram)] {
        assert!(check(&data, data.len() as u32).unwrap());
    }
}
