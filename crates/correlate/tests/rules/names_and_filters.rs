//! Names of far ends, and filters of decisions.

use crate::support::{CAPTURE, FILTERS, SECURITY, World, at, end};
use whotalks_correlate::{EncryptedBy, FilterMatch, NameEvidence, UnknownReason, Verdict};
use whotalks_record::{
    ConnectionEventKind, DeviceFact, DeviceFactKind, Ech, EvidenceId, FilterAction, FilterOrigin, FlowId, FlowKey,
    Grade, IpProtocol, ListingTool, NameObservation, NameSource, Position, SourceKind, Span,
};

const LOCAL: &str = "192.168.0.105:49811";
const REMOTE: &str = "203.0.113.77:443";

fn named(world: &mut World, source: NameSource, name: &str) {
    let span = Span {
        evidence: EvidenceId(1),
        position: Position::Packet(9),
        offset: 0,
        length: 0,
    };
    let key = FlowKey {
        protocol: IpProtocol::TCP,
        client: end(LOCAL),
        server: end(REMOTE),
    };
    let (flow, time) = (FlowId(0), Some(at(300)));
    let seen = NameObservation {
        span,
        flow,
        key,
        time,
        source,
        name: name.into(),
        port: None,
        path: None,
    };
    world.flows.last_mut().unwrap().1.push(seen);
}

#[test]
fn the_server_name_in_the_flow_is_observed_and_beats_dns() {
    let mut world = World::new();
    world.flow(LOCAL, REMOTE, 300, 310);
    named(&mut world, NameSource::TlsSni(Ech::Absent), "app.example.com");
    world.dns("192.168.0.105:5353", "cdn.example.net", "203.0.113.77", 299, 60);
    let name = world.conversation(LOCAL, REMOTE).name;
    assert_eq!(
        name.best.map(|best| (best.name, best.grade)),
        Some(("app.example.com".into(), Grade::Observed))
    );
    assert_eq!(name.others.len(), 1);
}

#[test]
fn the_only_dns_answer_for_the_address_is_derived_until_it_expires() {
    let mut world = World::new();
    world.dns("192.168.0.105:5353", "app.example.com", "203.0.113.77", 100, 120);
    world.flow(LOCAL, REMOTE, 210, 211);
    let best = world.conversation(LOCAL, REMOTE).name.best.unwrap();
    assert_eq!((best.evidence, best.grade), (NameEvidence::DnsAnswer, Grade::Derived));

    world.flow("192.168.0.105:49812", REMOTE, 300, 301);
    let best = world.conversation("192.168.0.105:49812", REMOTE).name.best.unwrap();
    assert_eq!(
        (best.evidence, best.grade),
        (NameEvidence::ExpiredDnsAnswer, Grade::Inferred)
    );
}

#[test]
fn two_names_for_one_address_are_listed_and_none_is_promoted() {
    let mut world = World::new();
    world.dns("192.168.0.105:5353", "b.example.com", "203.0.113.77", 290, 60);
    world.dns("192.168.0.105:5354", "a.example.com", "203.0.113.77", 295, 60);
    world.flow(LOCAL, REMOTE, 300, 310);
    let name = world.conversation(LOCAL, REMOTE).name;
    assert_eq!((name.best, name.others.len()), (None, 2));
    let both = vec!["a.example.com".into(), "b.example.com".into()];
    assert_eq!(name.unknown, Some(UnknownReason::Ambiguous(both)));
}

#[test]
fn a_name_inside_quic_is_unknown_because_it_is_encrypted() {
    let mut world = World::new();
    let flow = world.flow(LOCAL, REMOTE, 300, 310);
    (flow.key.protocol, flow.tcp) = (IpProtocol::UDP, None);
    let name = world.conversation(LOCAL, REMOTE).name;
    assert_eq!(name.unknown, Some(UnknownReason::EncryptedName(EncryptedBy::Quic)));
}

#[test]
fn a_hello_in_quic_names_the_far_end() {
    let mut world = World::new();
    let flow = world.flow(LOCAL, REMOTE, 300, 310);
    (flow.key.protocol, flow.tcp) = (IpProtocol::UDP, None);
    named(&mut world, NameSource::QuicSni(Ech::Absent), "app.example.com");
    let best = world.conversation(LOCAL, REMOTE).name.best.unwrap();
    assert_eq!(
        (best.name.as_ref(), best.evidence, best.grade),
        (
            "app.example.com",
            NameEvidence::QuicServerName(Ech::Absent),
            Grade::Observed
        )
    );
}

#[test]
fn a_certificate_is_the_servers_own_claim_and_gives_way_to_a_dns_answer() {
    let mut world = World::new();
    world.flow(LOCAL, REMOTE, 300, 310);
    named(&mut world, NameSource::TlsCertificate, "claimed.example.com");
    let best = world.conversation(LOCAL, REMOTE).name.best.unwrap();
    assert_eq!(
        (best.evidence, best.grade),
        (NameEvidence::Certificate, Grade::Inferred)
    );
    world.dns("192.168.0.105:5353", "app.example.com", "203.0.113.77", 299, 60);
    let best = world.conversation(LOCAL, REMOTE).name.best.unwrap();
    assert_eq!(
        (best.name.as_ref(), best.evidence),
        ("app.example.com", NameEvidence::DnsAnswer)
    );
}

#[test]
fn an_answer_to_another_host_names_nothing() {
    let mut world = World::new();
    world.dns("192.168.0.9:5353", "app.example.com", "203.0.113.77", 299, 60);
    world.flow(LOCAL, REMOTE, 300, 310);
    assert_eq!(world.conversation(LOCAL, REMOTE).name.best, None);
}

#[test]
fn a_block_is_named_by_the_filter_of_the_same_boot() {
    let mut world = blocked();
    world.filter(66_012, "Block outbound SMB", FilterAction::Block);
    let decision = world.conversation(LOCAL, REMOTE).decision;
    assert_eq!((decision.verdict, decision.grade), (Verdict::Blocked, Grade::Observed));
    let filter = decision.filter.unwrap();
    assert_eq!(
        (filter.name.as_deref(), filter.matched),
        (Some("Block outbound SMB"), FilterMatch::SameBoot)
    );
    assert_eq!(filter.layer.as_deref(), Some("FWPM_LAYER_ALE_AUTH_CONNECT_V4"));
}

#[test]
fn a_boot_between_event_and_dump_makes_the_name_inferred() {
    let mut world = blocked();
    world.filter(66_012, "Block outbound SMB", FilterAction::Block);
    world.boot(400);
    let filter = world.conversation(LOCAL, REMOTE).decision.filter.unwrap();
    assert_eq!(
        (filter.grade, filter.matched),
        (Grade::Inferred, FilterMatch::MaybeRenumbered)
    );
}

#[test]
fn a_permitting_filter_never_names_a_block() {
    let mut world = blocked();
    world.filter(66_012, "Allow everything", FilterAction::Permit);
    let decision = world.conversation(LOCAL, REMOTE).decision;
    assert_eq!(decision.filter.unwrap().name, None);
    assert_eq!(
        decision.unknown,
        Some(UnknownReason::NotInSource(SourceKind::FilterDump))
    );
}

#[test]
fn a_renumbered_filter_is_found_again_by_its_origin() {
    let mut world = blocked();
    world.boot(400);
    let origin = FilterOrigin("{11111111-2222-3333-4444-555555555555}".into());
    world.observed.connections.last_mut().unwrap().filter_origin = Some(origin.clone());
    world.filter(66_012, "Something else", FilterAction::Block).rule = Some(FilterOrigin("other".into()));
    world.filter(70_001, "Block outbound SMB", FilterAction::Block).rule = Some(origin);
    let filter = world.conversation(LOCAL, REMOTE).decision.filter.unwrap();
    assert_eq!(
        (filter.name.as_deref(), filter.matched),
        (Some("Block outbound SMB"), FilterMatch::Conditions)
    );
    assert_eq!(filter.grade, Grade::Inferred);
}

#[test]
fn a_rule_that_a_listing_names_gives_its_name_where_no_filter_is_left() {
    let mut world = blocked();
    let id = "{11111111-2222-3333-4444-555555555555}";
    world.observed.filters.clear();
    world.observed.connections.last_mut().unwrap().filter_origin = Some(FilterOrigin(id.into()));
    world.observed.device_facts.push(DeviceFact {
        span: Span::whole(FILTERS),
        snapshot: 0,
        about: Some(id.into()),
        kind: DeviceFactKind::FirewallRule,
        value: "Block old agent".into(),
    });
    let filter = world.conversation(LOCAL, REMOTE).decision.filter.unwrap();
    assert_eq!(
        (filter.name.as_deref(), filter.matched, filter.grade),
        (Some("Block old agent"), FilterMatch::Rule, Grade::Derived)
    );
}

#[test]
fn filter_zero_is_no_filter() {
    let mut world = blocked();
    world.observed.connections.last_mut().unwrap().filter = Some(whotalks_record::FilterId(0));
    let decision = world.conversation(LOCAL, REMOTE).decision;
    assert_eq!(
        (decision.filter, decision.unknown),
        (None, Some(UnknownReason::NoFilterRecorded))
    );
}

#[test]
fn a_dropped_late_segment_is_no_block() {
    let mut world = World::new();
    world.aligned(0);
    world.flow(LOCAL, REMOTE, 300, 310);
    world.event(ConnectionEventKind::ConnectionPermitted, 4312, LOCAL, REMOTE, 300);
    world.event(ConnectionEventKind::PacketBlocked, 0, LOCAL, REMOTE, 420);
    let conversation = world.conversation(LOCAL, REMOTE);
    assert_eq!(
        (conversation.decision.verdict, conversation.decision.dropped_packets),
        (Verdict::Allowed, 1)
    );
}

#[test]
fn retried_blocks_of_one_connection_are_one_conversation() {
    let mut world = blocked();
    world.event(ConnectionEventKind::ConnectionBlocked, 4312, LOCAL, REMOTE, 303);
    world.event(ConnectionEventKind::PacketBlocked, 4312, LOCAL, REMOTE, 303);
    let decision = world.conversation(LOCAL, REMOTE).decision;
    assert_eq!((decision.events, decision.dropped_packets), (2, 1));
}

/// A blocked connection without packets, a log until 500, a filter dump at 550.
fn blocked() -> World {
    let mut world = World::new();
    world.covers(SECURITY, SourceKind::ConnectionAudit, 0, 500);
    world.covers(CAPTURE, SourceKind::Packets, 0, 500);
    world.listing(FILTERS, ListingTool::WfpFilters, Some(550));
    world.event(ConnectionEventKind::ConnectionBlocked, 4312, LOCAL, REMOTE, 300);
    world
}
