//! People look at pages, read mail and chat: HTTPS with SNI after a lookup.

use crate::clock::{MINUTE, SECOND};
use crate::scenario::builder::HostBuilder;
use crate::scenario::sites::PAGES;

pub(crate) fn play(builder: &mut HostBuilder<'_>) {
    let random = &mut builder.fork("pages");
    let programs = [
        builder.cast.chrome,
        builder.cast.edge,
        builder.cast.outlook,
        builder.cast.teams,
    ];
    for _ in 0..builder.knobs.page_visits {
        // Some visits begin before the capture, so that it sees the middle of a connection only.
        let at_ns = random.between(
            builder.capture.begins_ns - 3 * MINUTE,
            builder.capture.ends_ns - 15 * SECOND,
        );
        let process = random.pick(&programs);
        let started_ns = builder.host.process(process).map_or(0, |process| process.start_ns);
        builder.visit(process, &random.pick(&PAGES), at_ns.max(started_ns + SECOND), "pages");
    }
}
