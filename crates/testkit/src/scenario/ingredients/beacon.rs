//! A program that calls home every minute without saying any name.

use crate::clock::{MILLISECOND, SECOND};
use crate::scenario::builder::{HostBuilder, NewProcess};
use crate::scenario::model::{Account, Ending, Finding, FindingKind, ProcessIndex, Transport};
use crate::scenario::talk::Side;
use crate::scenario::visits::Introduction;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

pub(crate) fn play(builder: &mut HostBuilder<'_>) {
    let random = &mut builder.fork("beacon");
    let start_ns = builder.capture.begins_ns + random.between(10, 60) * SECOND;
    call_home(builder, start_ns);
}

/// Starts the program and lets it call until the capture ends.
pub(crate) fn call_home(builder: &mut HostBuilder<'_>, start_ns: i64) -> ProcessIndex {
    let random = &mut builder.fork("beacon times");
    let image = builder.profile("AppData\\Local\\Temp\\updater.exe");
    let process = builder.spawn(&NewProcess {
        image: &image,
        command_line: &format!("\"{image}\" -s 203.0.113.77"),
        parent: builder.cast.word,
        account: Account::Person,
        services: &[],
        start_ns,
        end_ns: None,
    });
    let remote = SocketAddr::new(IpAddr::V4(Ipv4Addr::new(203, 0, 113, 77)), 8_443);
    let mut at_ns = start_ns + 4 * SECOND;
    while at_ns < builder.capture.ends_ns - 5 * SECOND {
        let jitter = random.between(-400, 400) * MILLISECOND;
        call(builder, process, remote, at_ns + jitter);
        at_ns += 60 * SECOND;
    }
    builder.host.findings.push(Finding {
        kind: FindingKind::Beacon,
        process,
        remotes: vec![remote],
    });
    process
}

fn call(builder: &mut HostBuilder<'_>, process: ProcessIndex, remote: SocketAddr, at_ns: i64) {
    let mut draft = builder.draft(process, Transport::Tcp, remote, at_ns, "beacon");
    draft.talk.handshake(Side::Local);
    draft.converse_tls_inside("", Introduction::Nothing);
    draft.exchange(420, 610);
    draft.talk.close(Side::Local);
    draft.flow.ending = Ending::LocalClose;
    builder.keep(draft);
}
