//! What happens in a scenario: one ingredient per file. Each adds to one host and takes its randomness from its own
//! stream, so that switching one on leaves the others as they were.

pub(crate) mod beacon;
pub(crate) mod blocked;
pub(crate) mod content_network;
pub(crate) mod encrypted_hello;
pub(crate) mod inbound;
pub(crate) mod ipv6;
pub(crate) mod local_relay;
pub(crate) mod pages;
pub(crate) mod peer;
pub(crate) mod pid_reuse;
pub(crate) mod port_reuse;
pub(crate) mod proxy;
pub(crate) mod quic;
pub(crate) mod services;
pub(crate) mod short_lived;
pub(crate) mod socks;
pub(crate) mod udp;
pub(crate) mod worm;
pub(crate) mod wrong_path;

use crate::scenario::builder::HostBuilder;

/// Adds to the story of a host.
type Ingredient = fn(&mut HostBuilder<'_>);

/// Plays every ingredient that the knobs ask for on one host. A second host only works and answers.
pub(crate) fn play(builder: &mut HostBuilder<'_>, main_host: bool) {
    pages::play(builder);
    services::play(builder);
    if !main_host {
        return;
    }
    let knobs = builder.knobs;
    let switched: [(bool, Ingredient); 17] = [
        (knobs.shared_service_host, services::play_shared),
        (knobs.proxy, proxy::play),
        (knobs.socks, socks::play),
        (knobs.shared_cdn, content_network::play),
        (knobs.ech, encrypted_hello::play),
        (knobs.ipv6, ipv6::play),
        (knobs.udp, udp::play),
        (knobs.inbound, inbound::play),
        (knobs.blocked, blocked::play),
        (knobs.short_lived, short_lived::play),
        (knobs.pid_reuse, pid_reuse::play),
        (knobs.port_reuse, port_reuse::play),
        (knobs.beacon, beacon::play),
        (knobs.worm, worm::play),
        (knobs.wrong_path, wrong_path::play),
        (knobs.quic, quic::play),
        (knobs.local_relay, local_relay::play),
    ];
    for (_, ingredient) in switched.into_iter().filter(|(on, _)| *on) {
        ingredient(builder);
    }
}
