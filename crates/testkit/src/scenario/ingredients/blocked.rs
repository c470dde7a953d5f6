//! Connections that three different filters block: a rule for a port, a rule for a program, and the default for
//! listeners nobody was asked about. Outbound blocks leave no packet; the inbound SYN is seen on the wire.

use crate::clock::{MILLISECOND, SECOND};
use crate::scenario::builder::HostBuilder;
use crate::scenario::filters;
use crate::scenario::model::{Decision, Direction, Ending, FilterIndex, Listener, ProcessIndex, Transport};
use crate::scenario::sites::SYNC;
use crate::scenario::talk::Side;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

pub(crate) fn play(builder: &mut HostBuilder<'_>) {
    smb(builder, 198, "blocked_port", 4);
    program(builder);
    listener(builder);
}

/// File sharing to the outside, tried again and again.
pub(crate) fn smb(builder: &mut HostBuilder<'_>, first_octet: u8, ingredient: &'static str, attempts: i64) {
    let random = &mut builder.fork(ingredient);
    let remote = SocketAddr::new(IpAddr::V4(Ipv4Addr::new(first_octet, 51, 100, 20)), 445);
    let mut at_ns = builder.moment(random, 120 * SECOND);
    for _ in 0..attempts {
        refuse_outbound(
            builder,
            builder.cast.workstation,
            remote,
            at_ns,
            filters::BLOCK_SMB,
            None,
        );
        at_ns += random.between(1_000, 8_000) * MILLISECOND;
    }
}

fn program(builder: &mut HostBuilder<'_>) {
    let random = &mut builder.fork("blocked program");
    let image = "C:\\Program Files\\Contoso Sync\\contoso-sync.exe";
    let process = builder.run(
        image,
        &format!("\"{image}\" /background"),
        builder.capture.begins_ns - 60 * SECOND,
        None,
    );
    for _ in 0..3 {
        let at_ns = builder.moment(random, 30 * SECOND);
        let Some((address, begins_ns)) = builder.resolve(process, &SYNC, at_ns) else {
            return;
        };
        let remote = SocketAddr::new(address, 443);
        refuse_outbound(
            builder,
            process,
            remote,
            begins_ns,
            filters::BLOCK_SYNC,
            Some(SYNC.name),
        );
    }
}

fn listener(builder: &mut HostBuilder<'_>) {
    let random = &mut builder.fork("blocked listener");
    let image = "C:\\Python312\\python.exe";
    let process = builder.run(
        image,
        "python -m http.server 8000",
        builder.capture.begins_ns - 40 * SECOND,
        None,
    );
    builder.host.listeners.push(Listener {
        process,
        service: None,
        transport: Transport::Tcp,
        port: 8_000,
    });
    for number in 0..3_u8 {
        let at_ns = builder.moment(random, 30 * SECOND);
        let from = SocketAddr::new(
            IpAddr::V4(Ipv4Addr::new(192, 168, 0, 40 + number)),
            51_000 + u16::from(number),
        );
        let ends = (SocketAddr::new(builder.host.ipv4, 8_000), from);
        let mut draft = builder.draft_between(process, Transport::Tcp, ends, at_ns, "blocked_listener");
        draft.flow.direction = Direction::Inbound;
        draft.flow.decision = Decision::Blocked;
        draft.flow.filter = Some(filters::QUERY_USER);
        draft.flow.ending = Ending::Unanswered;
        draft.talk.open_only(Side::Remote);
        for pause in [3, 6] {
            draft.talk.wait(pause * SECOND);
            draft.talk.rewind(Side::Remote);
            draft.talk.open_only(Side::Remote);
        }
        builder.keep(draft);
    }
}

/// A connection that was stopped before its first packet.
fn refuse_outbound(
    builder: &mut HostBuilder<'_>,
    process: ProcessIndex,
    remote: SocketAddr,
    at_ns: i64,
    filter: FilterIndex,
    name: Option<&str>,
) {
    let mut draft = builder.draft(process, Transport::Tcp, remote, at_ns, "blocked");
    draft.flow.decision = Decision::Blocked;
    draft.flow.filter = Some(filter);
    draft.flow.ending = Ending::Unanswered;
    draft.flow.name = name.map(str::to_owned);
    builder.keep(draft);
}
