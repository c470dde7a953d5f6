//! A worm that calls itself almost like the print spooler and knocks at every neighbour.

use crate::clock::{MILLISECOND, SECOND};
use crate::random::Random;
use crate::scenario::builder::HostBuilder;
use crate::scenario::model::{Ending, Finding, FindingKind, ProcessIndex, Transport};
use crate::scenario::talk::Side;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

const PORTS: [u16; 4] = [135, 139, 445, 80];

pub(crate) fn play(builder: &mut HostBuilder<'_>) {
    let random = &mut builder.fork("worm");
    let neighbours = u8::try_from(random.between(20, 80)).unwrap_or(20);
    // One sweep falls together with the socket list in half of all scenarios.
    let with_snapshot = random.chance(50);
    let at_ns = if with_snapshot {
        builder.snapshot_ns - 2 * SECOND
    } else {
        builder.moment(random, 60 * SECOND)
    };
    sweep(builder, at_ns, neighbours);
}

/// Starts the worm shortly before and lets it knock at that many neighbours on four ports.
pub(crate) fn sweep(builder: &mut HostBuilder<'_>, at_ns: i64, neighbours: u8) -> ProcessIndex {
    let random = &mut builder.fork("worm knocks");
    let start_ns = (at_ns - 40 * SECOND).max(builder.capture.begins_ns + SECOND);
    let process = builder.run(
        "C:\\Windows\\System32\\spollsv.exe",
        "C:\\WINDOWS\\system32\\spollsv.exe",
        start_ns,
        None,
    );
    let mut remotes = Vec::new();
    let mut knock_ns = at_ns.max(start_ns + SECOND);
    for neighbour in 2..neighbours.saturating_add(2) {
        let address = IpAddr::V4(Ipv4Addr::new(192, 168, 0, neighbour));
        if address == builder.host.ipv4 {
            continue;
        }
        for port in PORTS {
            knock_ns += random.between(4, 60) * MILLISECOND;
            remotes.push(SocketAddr::new(address, port));
            knock(builder, process, SocketAddr::new(address, port), knock_ns, random);
        }
    }
    for (kind, remotes) in [
        (FindingKind::SynSweep, remotes),
        (FindingKind::LookalikeProcess, Vec::new()),
    ] {
        builder.host.findings.push(Finding { kind, process, remotes });
    }
    process
}

fn knock(builder: &mut HostBuilder<'_>, process: ProcessIndex, remote: SocketAddr, at_ns: i64, random: &mut Random) {
    let mut draft = builder.draft(process, Transport::Tcp, remote, at_ns, "worm");
    draft.talk.open_only(Side::Local);
    draft.flow.ending = Ending::Unanswered;
    if random.chance(6) {
        draft.talk.refuse(Side::Remote);
        draft.flow.ending = Ending::Gone;
    } else {
        for pause in [3, 6] {
            draft.talk.wait(pause * SECOND);
            draft.talk.rewind(Side::Local);
            draft.talk.open_only(Side::Local);
        }
    }
    builder.keep(draft);
}
