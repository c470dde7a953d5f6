//! UDP beside DNS: time, and a relay for calls that keeps talking.

use crate::clock::{MILLISECOND, SECOND};
use crate::scenario::builder::HostBuilder;
use crate::scenario::model::Transport;
use crate::scenario::sites::{RELAY, TIME};
use crate::scenario::talk::Side;
use std::net::SocketAddr;

pub(crate) fn play(builder: &mut HostBuilder<'_>) {
    ask_the_time(builder);
    hold_a_call(builder);
}

/// NTP from port 123 to port 123 (RFC 5905).
fn ask_the_time(builder: &mut HostBuilder<'_>) {
    let random = &mut builder.fork("time");
    let at_ns = builder.moment(random, 20 * SECOND);
    let process = builder.cast.w32time;
    let Some((address, begins_ns)) = builder.resolve(process, &TIME, at_ns) else {
        return;
    };
    let ends = (SocketAddr::new(builder.host.ipv4, 123), SocketAddr::new(address, 123));
    let mut draft = builder.draft_between(process, Transport::Udp, ends, begins_ns, "udp");
    draft.flow.name = Some(TIME.name.to_owned());
    for (side, mode) in [(Side::Local, 0x23_u8), (Side::Remote, 0x24)] {
        let mut message = vec![mode, 2, 6, 0xe9];
        message.extend(draft.talk.random().bytes(44));
        draft.talk.datagram(side, &message);
    }
    builder.keep(draft);
}

/// STUN binding (RFC 8489), then media in both directions for a while.
fn hold_a_call(builder: &mut HostBuilder<'_>) {
    let random = &mut builder.fork("call");
    let process = builder.cast.teams;
    let at_ns = builder.moment(random, 90 * SECOND);
    let Some((address, begins_ns)) = builder.resolve(process, &RELAY, at_ns) else {
        return;
    };
    let mut draft = builder.draft(
        process,
        Transport::Udp,
        SocketAddr::new(address, 3_478),
        begins_ns,
        "udp",
    );
    draft.flow.name = Some(RELAY.name.to_owned());
    for (side, kind) in [(Side::Local, 0x0001_u16), (Side::Remote, 0x0101)] {
        let mut message = kind.to_be_bytes().to_vec();
        message.extend([0, 0, 0x21, 0x12, 0xa4, 0x42]);
        message.extend(draft.talk.random().bytes(12));
        draft.talk.datagram(side, &message);
    }
    for turn in 0..120 {
        draft.talk.wait(250 * MILLISECOND);
        // RTP (RFC 3550) with payload type 111 in ChannelData of a relay (RFC 8656 12.4).
        let mut media = vec![0x40, 0x00, 0x00, 0xa0, 0x80, 0x6f];
        media.extend(draft.talk.random().bytes(158));
        draft
            .talk
            .datagram(if turn % 2 == 0 { Side::Local } else { Side::Remote }, &media);
    }
    builder.keep(draft);
}
