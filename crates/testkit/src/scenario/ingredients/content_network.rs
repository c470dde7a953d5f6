//! One address answers to several names. With SNI the name is plain; without it only the asker could tell.
//!
//! No packet of these flows or their lookups gets lost: a lost lookup would make a wrong name look proved, and no
//! observer could know better.

use crate::clock::{MILLISECOND, SECOND};
use crate::scenario::builder::HostBuilder;
use crate::scenario::model::Transport;
use crate::scenario::sites::SHARED;
use crate::scenario::visits::Introduction;
use std::net::SocketAddr;

pub(crate) fn play(builder: &mut HostBuilder<'_>) {
    let random = &mut builder.fork("content network");
    let first_flow = builder.host.flows.len();
    let image = "C:\\Program Files\\Photo Frame\\photo-frame.exe";
    let frame = builder.run(
        image,
        &format!("\"{image}\""),
        builder.capture.begins_ns - 100 * SECOND,
        None,
    );
    let mut at_ns = builder.moment(random, 150 * SECOND);
    for site in SHARED {
        at_ns += random.between(300, 2_500) * MILLISECOND;
        builder.visit(builder.cast.chrome, &site, at_ns, "content_network");
    }
    for site in SHARED.iter().take(2) {
        at_ns += random.between(2_000, 9_000) * MILLISECOND;
        let Some((address, begins_ns)) = builder.resolve(frame, site, at_ns) else {
            return;
        };
        let mut draft = builder.draft(
            frame,
            Transport::Tcp,
            SocketAddr::new(address, 443),
            begins_ns,
            "content_network",
        );
        draft.flow.name = Some(site.name.to_owned());
        draft.converse_tls(site.name, Introduction::Nothing);
        builder.finish(&mut draft);
        builder.keep(draft);
    }
    protect_from(builder, first_flow);
}

fn protect_from(builder: &mut HostBuilder<'_>, first_flow: usize) {
    for flow in builder.host.flows.iter_mut().skip(first_flow) {
        flow.protected = true;
    }
}
