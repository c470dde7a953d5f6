//! Scenarios: a seeded description of hosts, processes, services, proxies, connections, blocks and noise.

mod builder;
mod cast;
mod example;
mod filters;
mod hostile;
mod ingredients;
mod knobs;
pub(crate) mod limits;
pub(crate) mod loss;
pub(crate) mod model;
mod sites;
mod talk;
mod trace_knobs;
mod visits;

use crate::clock::{MINUTE, SECOND};
use crate::random::Random;
use builder::{HostBuilder, Identity};
use model::{Host, Window};

pub use hostile::HOSTILE_TEXTS;
pub use knobs::{CapturedSide, Encoding, EventShape, Knobs, Language, LogBegin};
pub use model::Scenario;
pub use trace_knobs::{TraceKnobs, TraceLayout};

/// 2026-11-20T01:02:11Z, the beginning of the example; seeds begin within a month from here.
const EPOCH_NS: i64 = 1_795_136_531 * SECOND;

impl Scenario {
    /// The scenario that belongs to a seed and these knobs: the same on every machine and in every run.
    #[must_use]
    pub fn generate(seed: u64, knobs: &Knobs) -> Self {
        let random = Random::new(seed);
        let begins_ns = EPOCH_NS + random.fork("begin").between(0, 30 * 24 * 60) * MINUTE;
        let capture = Window {
            begins_ns,
            ends_ns: begins_ns + knobs.capture_length_ns,
        };
        let snapshot_ns = begins_ns + knobs.capture_length_ns * random.fork("snapshot").between(55, 95) / 100;
        let filters_ns = capture.ends_ns + if knobs.reboot { 6 * MINUTE } else { 25 * SECOND };
        let mut hosts = play_hosts(knobs, capture, snapshot_ns, &random);
        for host in &mut hosts {
            loss::lose(host, knobs, &random);
            limits::blind(host, knobs);
            settle(host);
        }
        Self {
            seed,
            knobs: knobs.clone(),
            hosts,
            capture,
            snapshot_ns,
            filters_ns,
        }
    }
}

fn play_hosts(knobs: &Knobs, capture: Window, snapshot_ns: i64, random: &Random) -> Vec<Host> {
    let names = &mut random.fork("names");
    let first = Identity {
        index: 0,
        name: names
            .pick(&["CHIEF-PC", "SALES-07", "DESKTOP-4Q1T9", "HONSHA-PC12"])
            .to_owned(),
        domain: names.pick(&["CHIEF", "CORP", "EXAMPLE"]).to_owned(),
        user: names.pick(&["chief", "sato", "miller", "tanaka.k"]).to_owned(),
        observed: true,
    };
    let mut one = HostBuilder::new(&first, knobs, capture, snapshot_ns, random);
    ingredients::play(&mut one, true);
    if knobs.hosts < 2 {
        return vec![one.host];
    }
    let second = Identity {
        index: 1,
        name: "FILESERVER".to_owned(),
        user: "admin".to_owned(),
        observed: knobs.second_host_observed,
        ..first
    };
    let mut two = HostBuilder::new(&second, knobs, capture, snapshot_ns, random);
    ingredients::play(&mut two, false);
    ingredients::peer::play(&mut one, &mut two);
    vec![one.host, two.host]
}

/// Puts everything into the order of time, whichever ingredient made it.
fn settle(host: &mut Host) {
    host.flows.sort_by_key(|flow| (flow.first_ns, flow.id));
    host.lookups
        .sort_by_key(|lookup| (lookup.answered_ns, lookup.carrier()));
    host.drops.sort_by_key(|drop| (drop.time_ns, drop.flow));
}
