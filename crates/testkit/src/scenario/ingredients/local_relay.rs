//! A web shield on the host: browsers connect to it over the loopback, it connects to the outside. The card sees the outside
//! leg only, the log both. Two programs that go through it at one moment cannot be told apart; the shield's own calls are
//! made for nobody.

use crate::clock::{MILLISECOND, SECOND};
use crate::scenario::builder::{HostBuilder, NewProcess};
use crate::scenario::model::{Account, Direction, Ending, Listener, ProcessIndex, Transport};
use crate::scenario::sites::{DOWNLOAD, MIRROR, SYNC, Site, TOOL_API};
use crate::scenario::visits::Introduction;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

/// The port that the shield listens on.
const PORT: u16 = 12_110;
const IMAGE: &str = "C:\\Program Files\\Web Shield\\shieldsvc.exe";

pub(crate) fn play(builder: &mut HostBuilder<'_>) {
    let random = &mut builder.fork("local relay");
    let shield = install(builder);
    let slot_ns = 12 * SECOND;
    let clients = [builder.cast.chrome, builder.cast.outlook, builder.cast.edge];
    // One slot each, so that only the crowded one has two programs at once.
    let mut at_ns = builder.capture.begins_ns + random.between(5, 30) * SECOND;
    for turn in 0..random.between(5, 8) {
        let site = if turn % 2 == 0 { SYNC } else { DOWNLOAD };
        let client = clients.get(usize::try_from(random.below(3)).unwrap_or(0)).copied();
        pass_on(
            builder,
            shield,
            client.unwrap_or(builder.cast.chrome),
            &site,
            at_ns,
            false,
        );
        at_ns += slot_ns;
    }
    for client in [builder.cast.chrome, builder.cast.outlook] {
        pass_on(builder, shield, client, &MIRROR, at_ns, true);
    }
    builder.visit(shield, &TOOL_API, at_ns + slot_ns, "local_relay_own");
}

fn install(builder: &mut HostBuilder<'_>) -> ProcessIndex {
    let start_ns = builder.host.boot_ns + 40 * SECOND;
    let shield = builder.spawn(&NewProcess {
        image: IMAGE,
        command_line: &format!("\"{IMAGE}\" /service"),
        parent: builder.cast.services,
        account: Account::System,
        services: &[],
        start_ns,
        end_ns: None,
    });
    builder.host.listeners.push(Listener {
        process: shield,
        service: None,
        transport: Transport::Tcp,
        port: PORT,
    });
    shield
}

/// The client connects to the shield, which a moment later connects to the site.
fn pass_on(
    builder: &mut HostBuilder<'_>,
    shield: ProcessIndex,
    client: ProcessIndex,
    site: &Site,
    at_ns: i64,
    crowded: bool,
) {
    let Some(address) = HostBuilder::address_of(site) else {
        return;
    };
    let begins_ns = at_ns + 40 * MILLISECOND;
    // A filter passes the program's own connections on; a proxy looks up itself where they are to go.
    let asker = if crowded { shield } else { client };
    if builder.resolve(asker, site, at_ns - SECOND).is_none() {
        return;
    }
    let ingredient = if crowded { "local_relay_crowded" } else { "local_relay" };
    let connecting_ns = if crowded { 160 } else { 25 } * MILLISECOND;
    let remote = SocketAddr::new(address, 443);
    let mut outside = builder.draft(shield, Transport::Tcp, remote, begins_ns + connecting_ns, ingredient);
    outside.flow.name = Some(site.name.to_owned());
    outside.flow.relayed_for = Some(client);
    outside.converse_tls(site.name, Introduction::ServerName);
    builder.finish(&mut outside);
    let ends_ns = outside.talk.now_ns() + MILLISECOND;
    builder.keep(outside);
    inside(builder, (client, shield), (begins_ns, ends_ns));
}

/// Both views of the loopback connection, which no card sees.
fn inside(
    builder: &mut HostBuilder<'_>,
    (client, shield): (ProcessIndex, ProcessIndex),
    (begins_ns, ends_ns): (i64, i64),
) {
    let loopback = |port| SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), port);
    let (calling, called) = (loopback(builder.ephemeral_port()), loopback(PORT));
    let views = [
        (client, (calling, called), Direction::Outbound),
        (shield, (called, calling), Direction::Inbound),
    ];
    for (process, ends, direction) in views {
        let mut draft = builder.draft_between(process, Transport::Tcp, ends, begins_ns, "loopback");
        draft.flow.direction = direction;
        draft.flow.filter = None;
        draft.flow.ending = Ending::Gone;
        let id = builder.keep(draft);
        let kept = builder.host.flows.iter_mut().find(|flow| flow.id == id);
        kept.into_iter().for_each(|flow| flow.last_ns = ends_ns);
    }
}
