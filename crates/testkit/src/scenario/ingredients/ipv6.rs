//! The same pages over IPv6.

use crate::clock::SECOND;
use crate::scenario::builder::HostBuilder;
use crate::scenario::model::Transport;
use crate::scenario::sites::IPV6_PAGES;
use crate::scenario::visits::Introduction;
use std::net::SocketAddr;

pub(crate) fn play(builder: &mut HostBuilder<'_>) {
    let random = &mut builder.fork("ipv6");
    for site in IPV6_PAGES {
        let at_ns = builder.moment(random, 20 * SECOND);
        let chrome = builder.cast.chrome;
        let Some((address, begins_ns)) = builder.resolve_ipv6(chrome, &site, at_ns) else {
            return;
        };
        let mut draft = builder.draft(chrome, Transport::Tcp, SocketAddr::new(address, 443), begins_ns, "ipv6");
        draft.flow.name = Some(site.name.to_owned());
        draft.converse_tls(site.name, Introduction::ServerName);
        builder.finish(&mut draft);
        builder.keep(draft);
    }
}
