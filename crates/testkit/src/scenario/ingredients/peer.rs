//! The second host as the other end: the first connects to it, and each has its own view of the same packets.

use crate::clock::{MILLISECOND, SECOND};
use crate::random::Random;
use crate::scenario::builder::{Draft, HostBuilder};
use crate::scenario::filters;
use crate::scenario::model::{Direction, Ending, Flow, Packet, ProcessIndex, Transport};
use crate::scenario::talk::Side;
use std::net::SocketAddr;

/// Remote desktop and file sharing from the first host to the second, and one file access back.
pub(crate) fn play(first: &mut HostBuilder<'_>, second: &mut HostBuilder<'_>) {
    let random = &mut first.fork("peer");
    for _ in 0..2 {
        connect(first, second, 445, random);
        connect(first, second, 3_389, random);
        connect(second, first, 445, random);
    }
}

fn connect(client: &mut HostBuilder<'_>, server: &mut HostBuilder<'_>, port: u16, random: &mut Random) {
    let at_ns = client.moment(random, 60 * SECOND);
    let (caller, callee, filter) = match port {
        445 => (client.cast.system, server.cast.system, filters::FILE_SHARING),
        _ => (
            remote_desktop_client(client, at_ns),
            server.cast.terminal,
            filters::REMOTE_DESKTOP,
        ),
    };
    let remote = SocketAddr::new(server.host.ipv4, port);
    let mut draft = client.draft(caller, Transport::Tcp, remote, at_ns, "peer");
    draft.ask();
    client.finish(&mut draft);
    let id = client.keep(draft);
    let Some(flow) = client.host.flows.iter().find(|flow| flow.id == id).cloned() else {
        return;
    };
    let mut seen = server
        .draft_between(callee, Transport::Tcp, (flow.remote, flow.local), at_ns, "peer")
        .flow;
    seen.direction = Direction::Inbound;
    seen.filter = Some(filter);
    server.host.flows.push(mirrored(&flow, seen));
}

fn remote_desktop_client(client: &mut HostBuilder<'_>, at_ns: i64) -> ProcessIndex {
    client.run(
        "C:\\Windows\\System32\\mstsc.exe",
        "mstsc.exe /v:fileserver",
        at_ns - 900 * MILLISECOND,
        None,
    )
}

/// The same packets as the card of the other host saw them.
fn mirrored(flow: &Flow, mut seen: Flow) -> Flow {
    let turn = |packet: &Packet| Packet {
        from_local: !packet.from_local,
        ..packet.clone()
    };
    seen.packets = flow.packets.iter().map(turn).collect();
    seen.first_ns = flow.first_ns;
    seen.last_ns = flow.last_ns;
    seen.ending = match flow.ending {
        Ending::LocalClose => Ending::Gone,
        other => other,
    };
    seen
}

impl Draft {
    /// Our side opens and asks.
    fn ask(&mut self) {
        self.talk.handshake(Side::Local);
        let turns = self.talk.random().between(2, 6);
        for _ in 0..turns {
            let request = self.talk.random().bytes(170);
            self.talk.send(Side::Local, &request);
            let answer = self.talk.random().bytes(2_400);
            self.talk.send(Side::Remote, &answer);
            self.talk.wait(300 * MILLISECOND);
        }
    }
}
