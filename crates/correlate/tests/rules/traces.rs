//! Event traces: one host wrote each, and names itself nowhere.

use whotalks_correlate::{Conversation, Correlator, NameEvidence, ProcessRule, UnknownReason};
use whotalks_record::{ConnectionEventKind, Grade, Pid, SourceKind};

use crate::support::{HOST, TRACE, World, at, end};

const LOCAL: &str = "192.168.0.105:49811";
const REMOTE: &str = "203.0.113.77:8443";

fn world() -> World {
    let mut world = World::new();
    world.covers(TRACE, SourceKind::TraceSockets, 0, 600);
    world
}

fn host_names(world: &World) -> Vec<Option<String>> {
    let correlator = Correlator::new(&world.observed, &world.flows);
    let hosts = correlator.hosts().iter();
    hosts.map(|host| host.name.as_deref().map(str::to_owned)).collect()
}

fn with_packets(world: &World) -> Conversation {
    let mut all = world.conversations().into_iter();
    all.find(|one| one.flow.is_some() && one.remote == end(REMOTE)).unwrap()
}

#[test]
fn packets_and_events_of_one_trace_share_a_clock_and_need_no_pairs() {
    let mut world = world();
    world.flow(LOCAL, REMOTE, 300, 310).span.evidence = TRACE;
    world.traced(ConnectionEventKind::TraceRequested, 4312, LOCAL, REMOTE, 300);
    let process = world.conversation(LOCAL, REMOTE).process;
    assert_eq!(
        (process.grade, process.rule),
        (Grade::Observed, Some(ProcessRule::ExactEvent))
    );
    assert_eq!(process.process.unwrap().pid, Some(Pid(4312)));
    assert_eq!(host_names(&world), [None]);
}

#[test]
fn a_trace_is_of_the_named_host_whose_addresses_it_shows() {
    let mut world = world();
    let kind = ConnectionEventKind::ConnectionPermitted;
    world.event(kind, 900, "192.168.0.105:50000", "198.51.100.1:443", 10);
    world.traced(ConnectionEventKind::TraceConnected, 4312, LOCAL, REMOTE, 300);
    assert_eq!(host_names(&world), [Some(HOST.to_owned())]);
    assert_eq!(world.conversation(LOCAL, REMOTE).answered, Some(true));
}

#[test]
fn a_trace_with_other_addresses_is_of_another_host() {
    let mut world = world();
    let kind = ConnectionEventKind::ConnectionPermitted;
    world.event(kind, 900, "10.1.2.3:50000", "198.51.100.1:443", 10);
    world.traced(ConnectionEventKind::TraceConnected, 4312, LOCAL, REMOTE, 300);
    assert_eq!(host_names(&world), [Some(HOST.to_owned()), None]);
}

#[test]
fn a_trace_that_shows_no_address_keeps_company() {
    let mut world = world();
    let kind = ConnectionEventKind::ConnectionPermitted;
    world.event(kind, 900, "10.1.2.3:50000", "198.51.100.1:443", 10);
    assert_eq!(host_names(&world), [Some(HOST.to_owned())]);
}

#[test]
fn what_is_closed_before_the_conversation_begins_says_nothing_of_it() {
    let mut world = world();
    world.flow(LOCAL, REMOTE, 300, 310).span.evidence = TRACE;
    world.traced(ConnectionEventKind::TraceClosed, 77, LOCAL, REMOTE, 299);
    world.traced(ConnectionEventKind::TraceUsed, 4312, LOCAL, REMOTE, 302);
    let process = with_packets(&world).process;
    assert_eq!((process.grade, process.conflicts.len()), (Grade::Observed, 0));
    assert_eq!(process.process.unwrap().pid, Some(Pid(4312)));
}

#[test]
fn a_bind_proves_little_where_the_trace_lost_events() {
    for (lost, grade) in [(0, Grade::Derived), (3, Grade::Inferred)] {
        let mut world = world();
        world.observed.ranges.last_mut().unwrap().lost = Some(lost);
        world.flow(LOCAL, REMOTE, 300, 310).span.evidence = TRACE;
        world.traced(ConnectionEventKind::TraceBound, 4312, "0.0.0.0:49811", "-", 250);
        let kind = ConnectionEventKind::TraceConnected;
        world.traced(kind, 900, "192.168.0.105:50000", "198.51.100.1:443", 10);
        let process = with_packets(&world).process;
        assert_eq!((process.grade, process.rule), (grade, Some(ProcessRule::Bind)));
        let source = SourceKind::TraceSockets;
        let doubt = (lost > 0).then_some(UnknownReason::EventsLost { source, count: lost });
        assert_eq!(process.unknown.filter(|_| lost > 0), doubt);
    }
}

#[test]
fn the_stack_names_what_it_connects_to_and_an_older_connection_does_not() {
    let mut world = world();
    world.flow(LOCAL, REMOTE, 300, 310).span.evidence = TRACE;
    let kind = ConnectionEventKind::TraceNamed;
    world.traced(kind, 0, LOCAL, REMOTE, 100).remote_name = Some("old.example".into());
    world.traced(kind, 0, LOCAL, REMOTE, 300).remote_name = Some("name.example".into());
    let name = with_packets(&world).name;
    let best = name.best.unwrap();
    assert_eq!((&*best.name, best.evidence), ("name.example", NameEvidence::StackName));
    assert_eq!((best.grade, best.time), (Grade::Observed, Some(at(300))));
    assert!(name.others.is_empty());
}
