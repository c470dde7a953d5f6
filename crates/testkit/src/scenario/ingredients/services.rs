//! Windows itself talks: services in their own `svchost.exe`, one in a shared one, and the push channel that stays open.

use crate::clock::{MILLISECOND, MINUTE, SECOND};
use crate::scenario::builder::HostBuilder;
use crate::scenario::model::{Ending, Transport};
use crate::scenario::sites;
use crate::scenario::visits::Introduction;
use std::net::SocketAddr;

pub(crate) fn play(builder: &mut HostBuilder<'_>) {
    if !builder.knobs.services {
        return;
    }
    let random = &mut builder.fork("services");
    let (diagtrack, cryptsvc, nlasvc) = (builder.cast.diagtrack, builder.cast.cryptsvc, builder.cast.nlasvc);
    for site in [sites::DIAGNOSTIC_DATA, sites::SETTINGS, sites::DIAGNOSTIC_DATA] {
        let at_ns = builder.moment(random, 20 * SECOND);
        builder.visit(diagtrack, &site, at_ns, "services");
    }
    let at_ns = builder.moment(random, 20 * SECOND);
    builder.fetch(
        cryptsvc,
        &sites::ROOT_LIST,
        "/msdownload/update/v3/static/trustedr/en/disallowedcertstl.cab",
        at_ns,
        "services",
    );
    let at_ns = builder.moment(random, 20 * SECOND);
    builder.fetch(nlasvc, &sites::CONNECT_TEST, "/connecttest.txt", at_ns, "services");
    keep_push_channel(builder);
}

/// Several services in one process: only the socket's owner or the truth can tell which of them asked.
pub(crate) fn play_shared(builder: &mut HostBuilder<'_>) {
    let random = &mut builder.fork("shared services");
    let shared = builder.cast.shared;
    for _ in 0..3 {
        let at_ns = builder.moment(random, 30 * SECOND);
        let id = builder.visit(shared, &sites::UPDATE, at_ns, "shared_service");
        if let Some(flow) = builder.host.flows.iter_mut().rfind(|flow| Some(flow.id) == id) {
            flow.service = Some("wuauserv".to_owned());
        }
    }
}

/// A connection that began long before the capture: its SNI and its lookup were never seen.
fn keep_push_channel(builder: &mut HostBuilder<'_>) {
    let begins_ns = builder.capture.begins_ns - 25 * MINUTE;
    let process = builder.cast.push;
    let Some((address, at_ns)) = builder.resolve(process, &sites::PUSH, begins_ns) else {
        return;
    };
    let mut draft = builder.draft(
        process,
        Transport::Tcp,
        SocketAddr::new(address, 443),
        at_ns,
        "services",
    );
    draft.flow.name = Some(sites::PUSH.name.to_owned());
    draft.converse_tls(sites::PUSH.name, Introduction::ServerName);
    while draft.talk.now_ns() < builder.capture.ends_ns {
        let jitter = draft.talk.random().between(-900, 900) * MILLISECOND;
        draft.talk.wait(55 * SECOND + jitter);
        draft.exchange(40, 60);
    }
    draft.flow.ending = Ending::Open;
    builder.keep(draft);
}
