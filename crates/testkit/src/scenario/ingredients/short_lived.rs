//! Processes that are gone before anybody can list them.

use crate::clock::{MILLISECOND, SECOND};
use crate::packet::app::http;
use crate::scenario::builder::HostBuilder;
use crate::scenario::model::{Ending, NameShown, Transport};
use crate::scenario::sites::TOOL_API;
use crate::scenario::talk::Side;
use std::net::SocketAddr;

pub(crate) fn play(builder: &mut HostBuilder<'_>) {
    let random = &mut builder.fork("short lived");
    for _ in 0..random.between(2, 6) {
        let start_ns = builder.moment(random, 10 * SECOND);
        let end_ns = start_ns + random.between(250, 950) * MILLISECOND;
        ping(builder, start_ns, end_ns, None);
    }
    // One is caught by the list of sockets and gone before the list of processes.
    let listed_ns = builder.snapshot_ns;
    ping(
        builder,
        listed_ns - 700 * MILLISECOND,
        listed_ns + SECOND,
        Some(listed_ns),
    );
}

/// A program that asks one question and ends; its answer may be made to wait until an instant.
fn ping(builder: &mut HostBuilder<'_>, start_ns: i64, end_ns: i64, wait_until_ns: Option<i64>) {
    let command_line = "curl.exe -s http://api.tools.example/v1/ping";
    let process = builder.run("C:\\Windows\\System32\\curl.exe", command_line, start_ns, Some(end_ns));
    let Some((address, at_ns)) = builder.resolve(process, &TOOL_API, start_ns + 15 * MILLISECOND) else {
        return;
    };
    let remote = SocketAddr::new(address, 80);
    let mut draft = builder.draft(process, Transport::Tcp, remote, at_ns, "short_lived");
    draft.flow.name = Some(TOOL_API.name.to_owned());
    draft.flow.name_shown = NameShown::Plainly;
    draft.talk.handshake(Side::Local);
    let request = http::get("/v1/ping", TOOL_API.name, "curl/8.4.0");
    draft.talk.send_naming(Side::Local, &request);
    let left_ns = wait_until_ns.map_or(0, |until_ns| until_ns - draft.talk.now_ns());
    draft.talk.wait(left_ns.max(0));
    draft
        .talk
        .send(Side::Remote, &http::ok("application/json", b"{\"ok\":true}\n"));
    draft.talk.close(Side::Local);
    draft.flow.ending = Ending::LocalClose;
    // The program returns once its answer is there, which the slowest paths delay beyond the planned end.
    let last_ns = draft.talk.now_ns() + 2 * MILLISECOND;
    if let Some(process) = builder.host.processes.get_mut(process) {
        process.end_ns = Some(end_ns.max(last_ns));
    }
    builder.keep(draft);
}
