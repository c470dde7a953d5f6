//! A relay between program and outside: scenarios that show for whom it calls, and scenarios that hide it.

use crate::support::{World, at};
use whotalks_correlate::{Attribution, ProcessRule, UnknownReason};
use whotalks_record::{ConnectionEventKind, Direction, Grade, Pid};

const RELAY: u32 = 2_000;
const BROWSER: u32 = 4_312;
const MAIL: u32 = 5_120;
const PROXY: &str = "127.0.0.1:12110";
const LOCAL: &str = "192.168.0.105:49811";
const REMOTE: &str = "203.0.113.77:443";

/// A program calls the relay: both ends of the loopback connection are logged.
fn calls_relay(world: &mut World, pid: u32, port: u16, second: i64) {
    let end = format!("127.0.0.1:{port}");
    let kind = ConnectionEventKind::ConnectionPermitted;
    world.event(kind, pid, &end, PROXY, second);
    world.event(kind, RELAY, PROXY, &end, second).direction = Some(Direction::Inbound);
}

fn relay_calls(world: &mut World, local: &str, second: i64) {
    world.event(ConnectionEventKind::ConnectionPermitted, RELAY, local, REMOTE, second);
}

fn relayed_for(world: &World) -> Option<Attribution> {
    let conversation = world.conversation(LOCAL, REMOTE);
    let own = conversation.process.process.and_then(|process| process.pid);
    assert_eq!(own, Some(Pid(RELAY)), "the outside leg stays the relay's own");
    conversation.relayed_for
}

fn pid_of(found: &Attribution) -> Option<u32> {
    Some(found.process.as_ref()?.pid?.0)
}

#[test]
fn the_only_program_that_called_the_relay_just_before_is_derived() {
    let mut world = World::new();
    calls_relay(&mut world, BROWSER, 50_001, 300);
    relay_calls(&mut world, LOCAL, 301);
    let found = relayed_for(&world).unwrap();
    assert_eq!(
        (found.grade, found.rule, pid_of(&found)),
        (Grade::Derived, Some(ProcessRule::Relay), Some(BROWSER))
    );
    assert_eq!(found.proof.len(), 2, "both ends of the loopback leg are cited");
}

#[test]
fn the_flow_of_an_outside_leg_is_relayed_as_its_event_is() {
    let mut world = World::new();
    world.aligned(0);
    world.flow(LOCAL, REMOTE, 301, 310);
    calls_relay(&mut world, BROWSER, 50_001, 300);
    relay_calls(&mut world, LOCAL, 301);
    assert_eq!(relayed_for(&world).and_then(|found| pid_of(&found)), Some(BROWSER));
}

#[test]
fn two_programs_at_once_are_both_named_and_none_is_picked() {
    let mut world = World::new();
    calls_relay(&mut world, BROWSER, 50_001, 300);
    calls_relay(&mut world, MAIL, 50_002, 301);
    let mail = world.observed.connections.len() - 2;
    world.observed.connections[mail].image = Some(r"C:\mail.exe".into());
    relay_calls(&mut world, LOCAL, 301);
    let found = relayed_for(&world).unwrap();
    assert_eq!((found.grade, found.process), (Grade::Unknown, None));
    assert!(
        matches!(&found.unknown, Some(UnknownReason::Ambiguous(names)) if names.len() == 2),
        "{:?}",
        found.unknown
    );
}

#[test]
fn a_relay_that_calls_more_often_than_it_was_called_may_call_for_itself() {
    let mut world = World::new();
    calls_relay(&mut world, BROWSER, 50_001, 300);
    relay_calls(&mut world, "192.168.0.105:49810", 300);
    relay_calls(&mut world, LOCAL, 301);
    assert_eq!(relayed_for(&world).map(|found| found.grade), Some(Grade::Inferred));
}

#[test]
fn a_call_long_after_the_last_leg_is_the_relays_own() {
    let mut world = World::new();
    calls_relay(&mut world, BROWSER, 50_001, 200);
    relay_calls(&mut world, LOCAL, 300);
    assert_eq!(relayed_for(&world), None);
}

#[test]
fn a_loopback_leg_that_is_known_at_one_end_only_leads_nowhere() {
    let mut world = World::new();
    let kind = ConnectionEventKind::ConnectionPermitted;
    world.event(kind, BROWSER, "127.0.0.1:50001", PROXY, 300);
    relay_calls(&mut world, LOCAL, 301);
    assert_eq!(relayed_for(&world), None);
}

#[test]
fn a_leg_whose_packets_ended_before_or_do_not_match_is_not_followed() {
    for (last, sent_bytes, followed) in [(310, 200, true), (300, 200, false), (310, 900_000, false)] {
        let mut world = World::new();
        world.aligned(0);
        let inner = world.flow("127.0.0.1:50001", PROXY, 300, last);
        inner.sent.payload_bytes = sent_bytes;
        world.flow(LOCAL, REMOTE, 301, 311);
        calls_relay(&mut world, BROWSER, 50_001, 300);
        relay_calls(&mut world, LOCAL, 301);
        assert_eq!(relayed_for(&world).is_some(), followed, "{:?} {sent_bytes}", at(last));
    }
}
