//! Calls of the socket driver, which name the far end alone, and files of one session, each of which knows only a part.

use std::collections::BTreeSet;

use whotalks_correlate::{Attribution, Conversation, Correlator, ProcessRule, UnknownReason};
use whotalks_record::{ConnectionEventKind, EvidenceId, Grade, IpProtocol, Pid, SocketCallKind, SourceKind};

use crate::support::{TRACE, World, at, end};

const LOCAL: &str = "192.168.0.105:49811";
const OTHER: &str = "192.168.0.105:49812";
const REMOTE: &str = "203.0.113.77:8443";
const FIRST: EvidenceId = EvidenceId(17);
const SECOND: EvidenceId = EvidenceId(18);
const THIRD: EvidenceId = EvidenceId(19);

/// A flow of packets and events that show whose address it is.
fn world() -> World {
    let mut world = World::new();
    world.covers(TRACE, SourceKind::TraceSockets, 0, 600);
    world.flow(LOCAL, REMOTE, 300, 310).span.evidence = TRACE;
    let kind = ConnectionEventKind::TraceConnected;
    world.traced(kind, 900, "192.168.0.105:50000", "198.51.100.1:443", 10);
    world
}

fn call(world: &mut World, pid: u32, second: i64) {
    let call = world.call(TRACE, SocketCallKind::Called, second);
    call.pid = (pid != 0).then_some(Pid(pid));
    call.protocol = Some(IpProtocol::TCP);
    call.remote = Some(end(REMOTE));
}

fn process(world: &World) -> Attribution {
    world.conversation(LOCAL, REMOTE).process
}

fn told(world: &World) -> (Grade, Option<ProcessRule>, Option<Pid>) {
    let told = process(world);
    (told.grade, told.rule, told.process.and_then(|process| process.pid))
}

const NOTHING: (Grade, Option<ProcessRule>, Option<Pid>) = (Grade::Unknown, None, None);

#[test]
fn the_only_caller_of_a_far_end_has_the_only_conversation_with_it() {
    let mut world = world();
    call(&mut world, 4312, 299);
    assert_eq!(told(&world), (Grade::Derived, Some(ProcessRule::Call), Some(Pid(4312))));
}

#[test]
fn a_call_of_another_time_or_of_an_unknown_process_proves_nothing() {
    for (pid, second) in [(4312, 200), (4312, 320), (0, 299)] {
        let mut world = world();
        call(&mut world, pid, second);
        assert_eq!(told(&world), NOTHING, "{pid} at {second}");
    }
}

#[test]
fn two_callers_are_both_named_and_none_is_picked() {
    let mut world = world();
    call(&mut world, 4312, 299);
    call(&mut world, 77, 300);
    assert_eq!(told(&world), NOTHING);
    let names = vec!["77".into(), "4312".into()];
    assert_eq!(process(&world).unknown, Some(UnknownReason::Ambiguous(names)));
}

#[test]
fn more_conversations_than_calls_are_somebody_elses_too() {
    let mut world = world();
    world.flow(OTHER, REMOTE, 301, 310).span.evidence = TRACE;
    call(&mut world, 4312, 299);
    assert_eq!(told(&world), NOTHING);
    call(&mut world, 4312, 300);
    assert_eq!(told(&world).2, Some(Pid(4312)), "as many calls as conversations");
}

#[test]
fn an_event_with_both_ends_outweighs_a_call() {
    let mut world = world();
    world.traced(ConnectionEventKind::TraceRequested, 77, LOCAL, REMOTE, 300);
    call(&mut world, 4312, 299);
    assert_eq!(
        told(&world),
        (Grade::Observed, Some(ProcessRule::ExactEvent), Some(Pid(77)))
    );
}

#[test]
fn a_call_among_lost_ones_is_only_likely() {
    let mut world = world();
    world.observed.ranges.last_mut().unwrap().lost = Some(3);
    call(&mut world, 4312, 299);
    assert_eq!(told(&world).0, Grade::Inferred);
    let source = SourceKind::TraceSockets;
    assert_eq!(
        process(&world).unknown,
        Some(UnknownReason::EventsLost { source, count: 3 })
    );
}

#[test]
fn a_call_that_was_taken_tells_of_the_conversation_that_came_in() {
    let mut world = world();
    let (flow, _) = &mut world.flows[0];
    std::mem::swap(&mut flow.key.client, &mut flow.key.server);
    let taken = world.call(TRACE, SocketCallKind::Accepted, 305);
    (taken.pid, taken.protocol, taken.remote) = (Some(Pid(4312)), Some(IpProtocol::TCP), Some(end(REMOTE)));
    assert_eq!(told(&world).2, Some(Pid(4312)));
}

/// Three files of a session, of which the first creates a socket and leaves it open.
fn files(numbers: [u32; 3]) -> World {
    let mut world = world();
    for (file, number) in [FIRST, SECOND, THIRD].into_iter().zip(numbers) {
        world.piece(file, None);
        let begins = 200 * i64::from(file.0 - FIRST.0);
        world.covers(file, SourceKind::TraceSockets, begins, begins + 199);
        world.of_session(file, number);
    }
    // The packets, and events that show the address, lie in the second file.
    world.flows.first_mut().unwrap().0.span.evidence = SECOND;
    for event in &mut world.observed.connections {
        event.span.evidence = SECOND;
    }
    let created = world.call(FIRST, SocketCallKind::Open, 100);
    (created.pid, created.protocol) = (Some(Pid(4312)), Some(IpProtocol::TCP));
    world
}

fn in_order() -> World {
    files([1, 2, 3])
}

#[test]
fn a_socket_of_one_file_calls_in_the_next_and_both_are_cited() {
    let mut world = in_order();
    world.call(SECOND, SocketCallKind::Called, 299).remote = Some(end(REMOTE));
    assert_eq!(told(&world).2, Some(Pid(4312)));
    let proof: Vec<_> = process(&world).proof.iter().map(|span| span.evidence).collect();
    assert_eq!(proof, [SECOND, FIRST]);
}

#[test]
fn a_socket_of_one_file_is_bound_in_the_next() {
    let mut world = in_order();
    let bound = world.call(SECOND, SocketCallKind::Bound, 290);
    bound.local = Some(end("0.0.0.0:49811"));
    assert_eq!(told(&world), (Grade::Derived, Some(ProcessRule::Bind), Some(Pid(4312))));
}

#[test]
fn a_socket_that_was_closed_is_another_one_afterwards() {
    let mut world = in_order();
    world.call(SECOND, SocketCallKind::Closed, 250);
    world.call(SECOND, SocketCallKind::Called, 299).remote = Some(end(REMOTE));
    assert_eq!(told(&world), NOTHING);
}

#[test]
fn a_socket_at_the_same_place_of_another_process_is_another_one() {
    let mut world = in_order();
    let call = world.call(SECOND, SocketCallKind::Called, 299);
    call.remote = Some(end(REMOTE));
    call.socket.process += 0x40;
    assert_eq!(told(&world), NOTHING);
}

#[test]
fn nothing_reaches_over_a_missing_file_or_between_files_of_one_number() {
    for numbers in [[1, 3, 4], [1, 1, 2]] {
        let mut world = files(numbers);
        world.call(SECOND, SocketCallKind::Called, 299).remote = Some(end(REMOTE));
        assert_eq!(told(&world), NOTHING, "{numbers:?}");
    }
}

/// Of how many hosts the files are.
fn hosts_of(world: &World) -> usize {
    let correlator = Correlator::new(&world.observed, &world.flows);
    let lines = correlator.coverage().iter().filter(|line| line.evidence >= FIRST);
    let hosts: BTreeSet<_> = lines.map(|line| line.host.unwrap()).collect();
    hosts.len()
}

#[test]
fn all_files_of_a_session_are_of_one_host_even_where_some_show_no_address() {
    let mut world = files([1, 2, 3]);
    let kind = ConnectionEventKind::ConnectionPermitted;
    world.event(kind, 900, "10.1.2.3:50000", "198.51.100.1:443", 10);
    assert_eq!(hosts_of(&world), 1);
}

/// Why the process of a conversation at that second, with nobody's events, is not known.
fn silence(world: &mut World, second: i64) -> Option<UnknownReason> {
    let late = format!("192.168.0.105:{}", 60_000 + second);
    world.flow(&late, REMOTE, second, second + 1).span.evidence = SECOND;
    let told: Conversation = world.conversation(&late, REMOTE);
    told.process.unknown
}

#[test]
fn a_session_covers_what_its_files_cover_and_loses_for_all_of_them() {
    let source = SourceKind::TraceSockets;
    let mut world = in_order();
    world.observed.ranges.retain(|range| range.evidence != TRACE);
    // Only the first file has anything to tell of sockets; the session goes on all the same.
    let range = world.observed.ranges.iter_mut().find(|range| range.evidence == THIRD);
    range.unwrap().source = SourceKind::TraceProcesses;
    let reason = silence(&mut world, 500);
    assert!(
        matches!(
            reason,
            Some(UnknownReason::SourceNotCollected(SourceKind::ConnectionAudit))
        ),
        "{reason:?}"
    );
    for range in &mut world.observed.ranges {
        range.lost = Some(u64::from(range.evidence == SECOND) * 5);
    }
    let reason = silence(&mut world, 550);
    assert_eq!(reason, Some(UnknownReason::EventsLost { source, count: 5 }));
    let reason = silence(&mut world, 700);
    assert!(
        !matches!(reason, Some(UnknownReason::EventsLost { .. })),
        "{reason:?}, after {:?}",
        at(599)
    );
}
