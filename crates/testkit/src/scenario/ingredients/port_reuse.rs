//! The same five-tuple twice: a program's connection is over for minutes when another program gets the same port for
//! the same server. Only time tells them apart.

use crate::clock::{MILLISECOND, SECOND};
use crate::scenario::builder::HostBuilder;
use crate::scenario::model::{Ending, Transport};
use crate::scenario::sites::MIRROR;
use crate::scenario::talk::Side;
use crate::scenario::visits::Introduction;
use std::net::SocketAddr;

/// From one use to the next: longer than two clocks can be apart.
const PAUSE_NS: i64 = 330 * SECOND;

pub(crate) fn play(builder: &mut HostBuilder<'_>) {
    let random = &mut builder.fork("port reuse");
    let port = u16::try_from(random.between(60_100, 64_900)).unwrap_or(60_100);
    let mut at_ns = builder.capture.begins_ns + random.between(3_000, 20_000) * MILLISECOND;
    for folder in ["Mirror Client", "Package Tool"] {
        let image = format!(
            "C:\\Program Files\\{folder}\\{}.exe",
            folder.to_lowercase().replace(' ', "-")
        );
        let process = builder.run(&image, &format!("\"{image}\""), at_ns - SECOND, None);
        let Some((address, begins_ns)) = builder.resolve(process, &MIRROR, at_ns) else {
            return;
        };
        let ends = (SocketAddr::new(builder.host.ipv4, port), SocketAddr::new(address, 443));
        let mut draft = builder.draft_between(process, Transport::Tcp, ends, begins_ns, "port_reuse");
        draft.flow.name = Some(MIRROR.name.to_owned());
        draft.converse_tls(MIRROR.name, Introduction::ServerName);
        draft.talk.close(Side::Remote);
        draft.flow.ending = Ending::Gone;
        builder.keep(draft);
        at_ns += PAUSE_NS;
    }
}
