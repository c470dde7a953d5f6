//! Neighbours connect to what the host offers: remote desktop and file sharing.

use crate::clock::{MILLISECOND, SECOND};
use crate::scenario::builder::{Draft, HostBuilder};
use crate::scenario::filters;
use crate::scenario::model::{Direction, Ending, FilterIndex, ProcessIndex, Transport};
use crate::scenario::talk::Side;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

pub(crate) fn play(builder: &mut HostBuilder<'_>) {
    let random = &mut builder.fork("inbound");
    for number in 0..random.between(2, 5) {
        let neighbour = Ipv4Addr::new(192, 168, 0, u8::try_from(20 + number).unwrap_or(20));
        let port = u16::try_from(random.between(50_000, 60_000)).unwrap_or(50_000);
        let at_ns = builder.moment(random, 40 * SECOND);
        let from = SocketAddr::new(IpAddr::V4(neighbour), port);
        let desktop = random.chance(50);
        let mut draft = if desktop {
            desktop_session(builder, from, at_ns)
        } else {
            file_access(builder, from, at_ns)
        };
        draft.serve();
        builder.finish(&mut draft);
        builder.keep(draft);
    }
}

fn desktop_session(builder: &mut HostBuilder<'_>, from: SocketAddr, at_ns: i64) -> Draft {
    accepted(
        builder,
        builder.cast.terminal,
        3_389,
        from,
        at_ns,
        filters::REMOTE_DESKTOP,
    )
}

fn file_access(builder: &mut HostBuilder<'_>, from: SocketAddr, at_ns: i64) -> Draft {
    accepted(builder, builder.cast.system, 445, from, at_ns, filters::FILE_SHARING)
}

/// A connection that a listener of the host accepted.
pub(crate) fn accepted(
    builder: &mut HostBuilder<'_>,
    process: ProcessIndex,
    port: u16,
    from: SocketAddr,
    at_ns: i64,
    filter: FilterIndex,
) -> Draft {
    let ends = (SocketAddr::new(builder.host.ipv4, port), from);
    let mut draft = builder.draft_between(process, Transport::Tcp, ends, at_ns, "inbound");
    draft.flow.direction = Direction::Inbound;
    draft.flow.filter = Some(filter);
    draft.flow.ending = Ending::Gone;
    draft
}

impl Draft {
    /// The other side opens and asks, ours answers.
    pub(crate) fn serve(&mut self) {
        self.talk.handshake(Side::Remote);
        let turns = self.talk.random().between(2, 6);
        for _ in 0..turns {
            let request = self.talk.random().bytes(180);
            self.talk.send(Side::Remote, &request);
            let answer = self.talk.random().bytes(900);
            self.talk.send(Side::Local, &answer);
            self.talk.wait(400 * MILLISECOND);
        }
    }
}
