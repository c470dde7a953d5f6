//! QUIC connections (RFC 9000) that stood before the capture began: their Initials, which hold the name, were not captured.

use crate::clock::{MILLISECOND, SECOND};
use crate::scenario::builder::HostBuilder;
use crate::scenario::model::{NameShown, Transport};
use crate::scenario::talk::Side;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

/// The first byte of an Initial: long header, fixed bit, packet number of four bytes (RFC 9000 17.2.2).
const INITIAL: u8 = 0xc3;
/// The first byte of a packet with a short header (RFC 9000 17.3.1).
const SHORT: u8 = 0x43;

pub(crate) fn play(builder: &mut HostBuilder<'_>) {
    let chrome = builder.cast.chrome;
    let remote = SocketAddr::new(IpAddr::V4(Ipv4Addr::new(198, 51, 100, 190)), 443);
    let begins_ns = builder.capture.begins_ns - 20 * SECOND;
    let mut draft = builder.draft(chrome, Transport::Udp, remote, begins_ns, "quic");
    draft.flow.name = Some("video.example.net".to_owned());
    draft.flow.name_shown = NameShown::Encrypted;
    for (side, first, size) in [(Side::Local, INITIAL, 1_199), (Side::Remote, INITIAL, 1_199)] {
        let datagram = opaque(draft.talk.random().bytes(size), first);
        draft.talk.datagram(side, &datagram);
    }
    for turn in 0..80 {
        draft.talk.wait(500 * MILLISECOND);
        let side = if turn % 3 == 0 { Side::Local } else { Side::Remote };
        let datagram = opaque(draft.talk.random().bytes(600), SHORT);
        draft.talk.datagram(side, &datagram);
    }
    builder.keep(draft);
}

fn opaque(mut bytes: Vec<u8>, first: u8) -> Vec<u8> {
    bytes.insert(0, first);
    bytes
}
