//! Hosts that listings and collectors name, and names out of their caches.

use whotalks_correlate::{Correlator, NameEvidence};
use whotalks_record::{CachedName, DeviceFact, DeviceFactKind, EvidenceId, Grade, ListingTool, Span};

use crate::support::{CAPTURE, NETSTAT, TASKLIST, World};

const LOCAL: &str = "10.0.0.5:50000";
const REMOTE: &str = "203.0.113.20:443";

fn fact(world: &mut World, evidence: EvidenceId, kind: DeviceFactKind, value: &str) {
    world.observed.device_facts.push(DeviceFact {
        span: Span::whole(evidence),
        snapshot: 0,
        about: None,
        kind,
        value: value.into(),
    });
}

fn cached(world: &mut World, name: &str, owner: &str, address: &str) {
    world.observed.cached_names.push(CachedName {
        span: Span::whole(NETSTAT),
        snapshot: 0,
        name: name.into(),
        owner: owner.into(),
        record_type: Some(1),
        ttl_seconds: Some(60),
        address: Some(address.parse().unwrap()),
        target: None,
    });
}

/// A world of one flow, whose host listed its cache at second 295.
fn world() -> World {
    let mut world = World::default();
    for id in [CAPTURE, NETSTAT, TASKLIST] {
        world.piece(id, None);
    }
    world.listing(NETSTAT, ListingTool::DnsCache, Some(295));
    fact(&mut world, NETSTAT, DeviceFactKind::ComputerName, "PC9");
    fact(&mut world, NETSTAT, DeviceFactKind::IpAddress, "10.0.0.5");
    world.flow(LOCAL, REMOTE, 300, 310);
    world
}

#[test]
fn a_listing_names_its_host_and_gives_it_addresses() {
    let world = world();
    let correlator = Correlator::new(&world.observed, &world.flows);
    let hosts = correlator.hosts();
    assert_eq!(hosts.len(), 1, "{hosts:?}");
    assert_eq!(hosts[0].name.as_deref(), Some("PC9"));
    assert!(world.conversation(LOCAL, REMOTE).host.is_some());
}

#[test]
fn what_a_collector_took_on_one_computer_is_of_one_host() {
    let mut world = world();
    for facts in &mut world.observed.evidence {
        facts.computer = Some("LONGCOMPUTERNAM".into());
    }
    fact(&mut world, TASKLIST, DeviceFactKind::ComputerName, "longcomputername-7");
    let correlator = Correlator::new(&world.observed, &world.flows);
    let names: Vec<_> = correlator.hosts().iter().map(|host| host.name.as_deref()).collect();
    assert_eq!(
        names,
        [Some("LONGCOMPUTERNAM")],
        "the stamp outranks what listings call the computer"
    );
}

#[test]
fn the_only_name_of_an_address_in_the_cache_is_derived_in_its_time() {
    let mut world = world();
    cached(&mut world, "shop.example", "edge.example", "203.0.113.20");
    cached(&mut world, "edge.example", "edge.example", "203.0.113.20");
    let best = world.conversation(LOCAL, REMOTE).name.best.unwrap();
    assert_eq!(
        (&*best.name, best.evidence),
        ("shop.example", NameEvidence::ResolverCache)
    );
    assert_eq!(best.grade, Grade::Derived);
}

#[test]
fn two_names_of_one_address_in_the_cache_are_none() {
    let mut world = world();
    cached(&mut world, "a.example", "a.example", "203.0.113.20");
    cached(&mut world, "b.example", "b.example", "203.0.113.20");
    let answer = world.conversation(LOCAL, REMOTE).name;
    assert_eq!((answer.best, answer.others.len()), (None, 2));
}

#[test]
fn the_cache_of_one_host_names_nothing_for_another() {
    let mut world = world();
    world.flow("10.0.0.6:50001", REMOTE, 300, 310);
    cached(&mut world, "a.example", "a.example", "203.0.113.20");
    assert_eq!(world.conversation("10.0.0.6:50001", REMOTE).name.best, None);
}
