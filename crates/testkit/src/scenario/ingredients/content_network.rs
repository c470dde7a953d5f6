//! One address answers to several names. With SNI the name is plain. Without it, it is known as long as a single name
//! was asked for, and ambiguous afterwards.
//!
//! No packet of these flows or their lookups gets lost: a lost lookup would make a wrong name look proved, and no
//! observer could know better.

use crate::clock::{MILLISECOND, SECOND};
use crate::scenario::builder::HostBuilder;
use crate::scenario::model::{ProcessIndex, Transport};
use crate::scenario::sites::{SHARED, Site};
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
    let [first, second, _] = SHARED;
    visit_without_name(builder, frame, &first, at_ns);
    at_ns += 12 * SECOND;
    for site in SHARED {
        at_ns += random.between(300, 2_500) * MILLISECOND;
        builder.visit(builder.cast.chrome, &site, at_ns, "content_network");
    }
    at_ns += random.between(2_000, 9_000) * MILLISECOND;
    visit_without_name(builder, frame, &second, at_ns);
    protect_from(builder, first_flow);
}

fn visit_without_name(builder: &mut HostBuilder<'_>, process: ProcessIndex, site: &Site, at_ns: i64) {
    let Some((address, begins_ns)) = builder.resolve(process, site, at_ns) else {
        return;
    };
    let remote = SocketAddr::new(address, 443);
    let mut draft = builder.draft(process, Transport::Tcp, remote, begins_ns, "content_network");
    draft.flow.name = Some(site.name.to_owned());
    draft.converse_tls(site.name, Introduction::Nothing);
    builder.finish(&mut draft);
    builder.keep(draft);
}

fn protect_from(builder: &mut HostBuilder<'_>, first_flow: usize) {
    for flow in builder.host.flows.iter_mut().skip(first_flow) {
        flow.protected = true;
    }
}
