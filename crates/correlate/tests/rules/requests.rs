//! Requests of HTTP libraries in a trace: names for what they connect to, directly and through a proxy.

use whotalks_correlate::{Conversation, NameEvidence, ProcessRule, UnknownReason};
use whotalks_record::{ConnectionEventKind, Grade, Pid, SourceKind, WebRequestStage};

use crate::support::{TRACE, World, at, end};

const LOCAL: &str = "192.168.0.105:49811";
const OTHER: &str = "192.168.0.105:49812";
const PROXY: &str = "192.0.2.8:3128";

/// A flow of packets to a proxy, whose stack knows the name of the proxy.
fn world() -> World {
    let mut world = World::new();
    world.covers(TRACE, SourceKind::TraceSockets, 0, 600);
    world.covers(TRACE, SourceKind::TraceRequests, 0, 600);
    world.flow(LOCAL, PROXY, 300, 310).span.evidence = TRACE;
    let named = world.traced(ConnectionEventKind::TraceNamed, 0, LOCAL, PROXY, 300);
    named.remote_name = Some("proxy.example".into());
    world
}

/// The system says that this is a proxy.
fn with_stated_proxy() -> World {
    let mut world = world();
    let found = world.request(("any.example", 0), (None, PROXY), 10);
    (found.stage, found.pid, found.carrier) = (WebRequestStage::ProxyFound, None, None);
    found.proxy = Some("PROXY 192.0.2.8:3128; DIRECT".into());
    world
}

fn told(world: &World, local: &str) -> Conversation {
    let mut all = world.conversations().into_iter();
    all.find(|one| one.local == end(local)).unwrap()
}

/// The best name with its rung and grade.
fn best(conversation: &Conversation) -> Option<(&str, NameEvidence, Grade)> {
    let best = conversation.name.best.as_ref()?;
    Some((&best.name, best.evidence, best.grade))
}

#[test]
fn a_request_over_both_ends_names_its_conversation_and_no_other() {
    let mut world = world();
    world.flow(OTHER, PROXY, 301, 310).span.evidence = TRACE;
    world.request(("real.example", 77), (Some(LOCAL), PROXY), 300);
    let one = told(&world, LOCAL);
    assert_eq!(
        best(&one),
        Some(("real.example", NameEvidence::Requested, Grade::Derived))
    );
    assert_eq!(
        one.name.best.as_ref().unwrap().proof.len(),
        2,
        "the request and its connection"
    );
    assert_eq!(best(&told(&world, OTHER)), None);
}

#[test]
fn an_earlier_connection_of_the_same_ends_names_nothing() {
    let mut world = world();
    world.request(("old.example", 77), (Some(LOCAL), PROXY), 200);
    assert_eq!(
        best(&told(&world, LOCAL)),
        Some(("proxy.example", NameEvidence::StackName, Grade::Observed))
    );
}

#[test]
fn what_a_stated_proxy_was_asked_for_is_its_target_and_its_own_name_is_no_answer() {
    let mut world = with_stated_proxy();
    let one = told(&world, LOCAL);
    assert_eq!(best(&one), None);
    assert_eq!(one.name.unknown, Some(UnknownReason::BehindProxy(end(PROXY))));
    world.request(("real.example", 77), (Some(LOCAL), PROXY), 300);
    let one = told(&world, LOCAL);
    assert_eq!(
        best(&one),
        Some(("real.example", NameEvidence::RequestToProxy, Grade::Derived))
    );
    assert_eq!(one.name.best.unwrap().port, Some(443));
}

#[test]
fn the_name_of_a_call_may_be_that_of_the_proxy() {
    let mut world = with_stated_proxy();
    world.request(("proxy.example", 77), (Some(LOCAL), PROXY), 300).stage = WebRequestStage::Connected;
    assert_eq!(best(&told(&world, LOCAL)), None);
}

#[test]
fn the_only_caller_of_a_far_end_asked_over_the_only_conversation_with_it() {
    let mut world = world();
    world.request(("real.example", 77), (None, PROXY), 300);
    let one = told(&world, LOCAL);
    assert_eq!(
        best(&one),
        Some(("real.example", NameEvidence::Requested, Grade::Derived))
    );
    let process = one.process;
    assert_eq!((process.grade, process.rule), (Grade::Derived, Some(ProcessRule::Call)));
    assert_eq!(process.process.unwrap().pid, Some(Pid(77)));
}

#[test]
fn two_requests_to_one_far_end_at_once_are_only_inferred() {
    let mut world = with_stated_proxy();
    world.flow(OTHER, PROXY, 301, 310).span.evidence = TRACE;
    world.request(("one.example", 77), (None, PROXY), 300);
    world.request(("two.example", 77), (None, PROXY), 301);
    let names = vec!["one.example".into(), "two.example".into()];
    for local in [LOCAL, OTHER] {
        let one = told(&world, local);
        assert_eq!(best(&one), None);
        assert_eq!(one.name.unknown, Some(UnknownReason::Ambiguous(names.clone())));
        assert_eq!(
            one.process.process.unwrap().pid,
            Some(Pid(77)),
            "both are of one process"
        );
    }
}

#[test]
fn the_process_tells_two_requests_apart() {
    let mut world = world();
    world.flow(OTHER, PROXY, 301, 310).span.evidence = TRACE;
    for (local, pid) in [(LOCAL, 77), (OTHER, 78)] {
        world.traced(ConnectionEventKind::TraceConnected, pid, local, PROXY, 300);
    }
    world.request(("one.example", 77), (None, PROXY), 300);
    world.request(("two.example", 78), (None, PROXY), 301);
    assert_eq!(
        best(&told(&world, LOCAL)),
        Some(("one.example", NameEvidence::Requested, Grade::Derived))
    );
    assert_eq!(
        best(&told(&world, OTHER)),
        Some(("two.example", NameEvidence::Requested, Grade::Derived))
    );
}

#[test]
fn a_conversation_more_than_connections_may_be_anybodys() {
    let mut world = world();
    world.flow(OTHER, PROXY, 301, 310).span.evidence = TRACE;
    world.request(("one.example", 77), (None, PROXY), 300);
    for local in [LOCAL, OTHER] {
        let one = told(&world, local);
        assert_eq!(one.process.process, None);
        let candidates = one.name.best.iter().chain(&one.name.others);
        let mut requested = candidates.filter(|one| one.evidence == NameEvidence::Requested);
        assert!(requested.all(|one| one.grade == Grade::Inferred));
    }
}

#[test]
fn several_requests_over_one_connection_are_all_told() {
    let mut world = with_stated_proxy();
    world.request(("one.example", 77), (Some(LOCAL), PROXY), 300);
    let carrier = world.observed.requests.last().unwrap().carrier;
    let second = world.request(("two.example", 77), (Some(LOCAL), PROXY), 305);
    (second.carrier, second.time) = (carrier, at(305));
    let one = told(&world, LOCAL);
    assert_eq!(
        best(&one),
        Some(("one.example", NameEvidence::RequestToProxy, Grade::Derived))
    );
    let other = one.name.others.first().unwrap();
    assert_eq!((&*other.name, other.grade), ("two.example", Grade::Derived));
}

#[test]
fn a_trace_with_losses_may_have_lost_what_a_handle_meant() {
    let mut world = with_stated_proxy();
    world.observed.ranges.last_mut().unwrap().lost = Some(3);
    world.request(("real.example", 77), (Some(LOCAL), PROXY), 300);
    let one = told(&world, LOCAL);
    assert_eq!(
        best(&one),
        Some(("real.example", NameEvidence::RequestToProxy, Grade::Inferred))
    );
}
