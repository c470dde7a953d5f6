//! Encrypted ClientHello: the outer name is a cover. Once the lookup went over plain DNS, once over HTTPS.

use crate::clock::SECOND;
use crate::scenario::builder::HostBuilder;
use crate::scenario::model::{DnsLookup, LookupPath, Transport};
use crate::scenario::sites::{ECH_DOH, ECH_PLAIN_DNS, RESOLVER_OVER_HTTPS};
use crate::scenario::visits::Introduction;
use std::net::SocketAddr;

pub(crate) fn play(builder: &mut HostBuilder<'_>) {
    let random = &mut builder.fork("ech");
    let edge = builder.cast.edge;
    let at_ns = builder.moment(random, 60 * SECOND);
    if let Some((address, begins_ns)) = builder.resolve(edge, &ECH_PLAIN_DNS, at_ns) {
        converse(builder, SocketAddr::new(address, 443), ECH_PLAIN_DNS.name, begins_ns);
    }
    let at_ns = builder.moment(random, 60 * SECOND);
    builder.visit(edge, &RESOLVER_OVER_HTTPS, at_ns, "ech");
    let Some(address) = HostBuilder::address_of(&ECH_DOH) else {
        return;
    };
    let begins_ns = at_ns + 2 * SECOND;
    builder.host.lookups.push(DnsLookup {
        path: LookupPath::Hidden,
        asker: edge,
        name: ECH_DOH.name.to_owned(),
        aliases: Vec::new(),
        addresses: vec![address],
        ttl_seconds: ECH_DOH.ttl_seconds,
        answered_ns: begins_ns - SECOND,
    });
    converse(builder, SocketAddr::new(address, 443), ECH_DOH.name, begins_ns);
}

fn converse(builder: &mut HostBuilder<'_>, remote: SocketAddr, name: &str, begins_ns: i64) {
    let mut draft = builder.draft(builder.cast.edge, Transport::Tcp, remote, begins_ns, "ech");
    draft.flow.name = Some(name.to_owned());
    draft.converse_tls(name, Introduction::Encrypted);
    builder.finish(&mut draft);
    builder.keep(draft);
}
