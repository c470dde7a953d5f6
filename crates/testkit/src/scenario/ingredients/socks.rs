//! A program that reaches the outside through a SOCKS5 server by name.

use crate::clock::SECOND;
use crate::packet::app::socks;
use crate::scenario::builder::HostBuilder;
use crate::scenario::model::Transport;
use crate::scenario::sites::SOCKS;
use crate::scenario::talk::Side;
use crate::scenario::visits::Introduction;
use std::net::SocketAddr;

pub(crate) fn play(builder: &mut HostBuilder<'_>) {
    let random = &mut builder.fork("socks");
    let started_ns = builder.capture.begins_ns - 90 * SECOND;
    let image = "C:\\Program Files\\Sync Agent\\sync-agent.exe";
    let process = builder.run(
        image,
        &format!("\"{image}\" --proxy socks5h://socks.corp.example:1080"),
        started_ns,
        None,
    );
    for target in ["files.example.org", "backup.example.jp", "files.example.org"] {
        let at_ns = builder.moment(random, 25 * SECOND);
        let Some((address, begins_ns)) = builder.resolve(process, &SOCKS, at_ns) else {
            return;
        };
        let mut draft = builder.draft(
            process,
            Transport::Tcp,
            SocketAddr::new(address, 1_080),
            begins_ns,
            "socks",
        );
        draft.goes_to(target, 443);
        draft.talk.handshake(Side::Local);
        draft.talk.send(Side::Local, &socks::greeting());
        draft.talk.send(Side::Remote, &socks::choice());
        draft.talk.send_naming(Side::Local, &socks::connect(target, 443));
        draft.talk.send(Side::Remote, &socks::succeeded());
        draft.converse_tls_inside(target, Introduction::ServerName);
        draft.exchange_records();
        builder.finish(&mut draft);
        builder.keep(draft);
    }
}
