//! The text log of the Windows Firewall: local times, no computer, no filter.

use crate::support::{FIREWALL, HOST, SECURITY, World, at};
use whotalks_correlate::{Correlator, UnknownReason, Verdict};
use whotalks_record::{
    ClockBasis, ConnectionEventKind, Direction, EventClock, FilterAction, FilterId, Grade, ListingTool, Pid, SourceKind,
};

const LOCAL: &str = "192.168.0.105:49811";
const REMOTE: &str = "203.0.113.77:443";
/// The host is nine hours ahead of UTC.
const ZONE: i64 = 9 * 3600;

/// A host with a text log in local time.
fn world() -> World {
    let mut world = World::new();
    world.covers(SECURITY, SourceKind::ProcessCreationAudit, 0, 900);
    world.covers(FIREWALL, SourceKind::FirewallTextLog, ZONE, ZONE + 900);
    let range = world.observed.ranges.last_mut().unwrap();
    range.clock = Some(EventClock {
        basis: ClockBasis::EventWithoutZone,
        exporter_offset: None,
    });
    // The address is that of the host, by its own log.
    world.event(ConnectionEventKind::BindPermitted, 900, LOCAL, "-", 1);
    world
}

/// Rows and events of the same connections, enough to tell the zone.
fn paired(world: &mut World, pairs: i64) {
    for pair in 0..pairs {
        let local = format!("192.168.0.105:{}", 40_000 + pair);
        world.event(
            ConnectionEventKind::ConnectionPermitted,
            900,
            &local,
            "198.51.100.1:443",
            10 * pair,
        );
        let at = ZONE + 10 * pair;
        world.firewall(
            ConnectionEventKind::FirewallAllowed,
            900,
            &local,
            "198.51.100.1:443",
            at,
        );
    }
}

#[test]
fn a_blocked_row_explains_the_only_flow_of_its_ports_whatever_its_zone() {
    let mut world = world();
    world.flow(LOCAL, REMOTE, 300, 310).received.packets = 0;
    world.firewall(ConnectionEventKind::FirewallBlocked, 4312, LOCAL, REMOTE, ZONE + 300);
    let conversation = world.conversation(LOCAL, REMOTE);
    let decision = &conversation.decision;
    assert_eq!((decision.verdict, decision.grade), (Verdict::Blocked, Grade::Derived));
    assert_eq!(decision.decided_by, Some(ConnectionEventKind::FirewallBlocked));
    assert_eq!(decision.filter, None);
    assert_eq!(
        decision.unknown,
        Some(UnknownReason::SourceNotCollected(SourceKind::ConnectionAudit))
    );
    let process = conversation.process.process.unwrap();
    assert_eq!(
        (process.pid, conversation.process.grade),
        (Some(Pid(4312)), Grade::Derived)
    );

    world.flow(LOCAL, REMOTE, 600, 610).received.packets = 0;
    let verdicts = world.conversations().into_iter().map(|one| one.decision.verdict);
    assert_eq!(verdicts.filter(|verdict| *verdict == Verdict::Blocked).count(), 1);
}

#[test]
fn two_flows_of_the_same_ports_leave_a_row_without_a_zone_to_itself() {
    let mut world = world();
    world.flow(LOCAL, REMOTE, 300, 310);
    world.flow(LOCAL, REMOTE, 600, 610);
    world.firewall(ConnectionEventKind::FirewallBlocked, 4312, LOCAL, REMOTE, ZONE + 300);
    let all = world.conversations();
    let blocked: Vec<_> = all
        .iter()
        .filter(|one| one.decision.verdict == Verdict::Blocked)
        .collect();
    assert!(
        matches!(blocked.as_slice(), [one] if one.flow.is_none() && one.first.is_none()),
        "{blocked:#?}"
    );
}

#[test]
fn pairs_with_packets_give_the_zone_and_with_it_certainty() {
    let mut world = world();
    world.aligned(0);
    for pair in 0..8 {
        let local = format!("192.168.0.105:{}", 40_000 + pair);
        let at = ZONE + 10 * pair;
        world.firewall(
            ConnectionEventKind::FirewallAllowed,
            900,
            &local,
            "198.51.100.1:443",
            at,
        );
    }
    world.firewall(ConnectionEventKind::FirewallBlocked, 4312, LOCAL, REMOTE, ZONE + 300);
    let conversation = world.conversation(LOCAL, REMOTE);
    assert_eq!(
        (conversation.first, conversation.decision.grade),
        (Some(at(300)), Grade::Observed)
    );
}

#[test]
fn the_audit_log_of_the_host_gives_the_zone_where_there_are_no_packets() {
    let mut world = world();
    paired(&mut world, 6);
    world.firewall(ConnectionEventKind::FirewallBlocked, 4312, LOCAL, REMOTE, ZONE + 300);
    let conversation = world.conversation(LOCAL, REMOTE);
    assert_eq!(
        (conversation.first, conversation.decision.verdict),
        (Some(at(300)), Verdict::Blocked)
    );
    let correlator = Correlator::new(&world.observed, &world.flows);
    let offsets: Vec<_> = correlator
        .clock_offsets()
        .iter()
        .map(|clock| (clock.source, clock.offset.0))
        .collect();
    assert_eq!(offsets, [(FIREWALL, ZONE * 1_000_000_000)]);
    let of_log = |line: &&whotalks_correlate::CoverageLine| line.source == SourceKind::FirewallTextLog;
    let line = correlator.coverage().iter().find(of_log).unwrap();
    assert_eq!(line.first, Some(at(0)));
}

#[test]
fn the_zone_of_the_text_log_moves_no_other_log_of_its_host() {
    let mut world = world();
    paired(&mut world, 6);
    let conversation = world.conversation("192.168.0.105:40003", "198.51.100.1:443");
    assert_eq!(
        (conversation.first, conversation.decision.events),
        (Some(at(30)), 2),
        "event and row tell of one connection, at the time of the event"
    );
}

#[test]
fn without_a_zone_a_row_has_no_time_and_nothing_is_joined_to_it() {
    let mut world = world();
    paired(&mut world, 4);
    world.firewall(ConnectionEventKind::FirewallBlocked, 4312, LOCAL, REMOTE, ZONE + 300);
    let image = r"C:\Apps\later.exe";
    world.process(whotalks_record::ProcessEventKind::Start, 4312, image, 500);
    let conversation = world.conversation(LOCAL, REMOTE);
    assert_eq!((conversation.first, conversation.last), (None, None));
    let process = conversation.process.process.unwrap();
    assert_eq!((process.pid, process.image), (Some(Pid(4312)), None));
    assert_eq!(conversation.process.unknown, Some(UnknownReason::ClocksNotAligned));
    let correlator = Correlator::new(&world.observed, &world.flows);
    let of_log = |line: &&whotalks_correlate::CoverageLine| line.source == SourceKind::FirewallTextLog;
    let line = correlator.coverage().iter().find(of_log).unwrap();
    assert_eq!((line.first, line.last), (None, None));
    let host = line
        .host
        .and_then(|id| correlator.hosts().get(id.0 as usize)?.name.clone());
    assert_eq!(host.as_deref(), Some(HOST));
    let row = world.observed.connections.last().unwrap();
    assert_eq!(correlator.told_by(row).map(|told| told.time), Some(None));
}

#[test]
fn of_two_logs_of_one_refusal_the_one_with_a_filter_names_it() {
    let mut world = world();
    world.aligned(0);
    world.listing(crate::support::FILTERS, ListingTool::WfpFilters, Some(400));
    world.filter(66_012, "Block it", FilterAction::Block);
    world.event(ConnectionEventKind::ConnectionBlocked, 4312, LOCAL, REMOTE, 300);
    world.observed.ranges.last_mut().unwrap().clock = None;
    let row = world.firewall(ConnectionEventKind::FirewallBlocked, 4312, LOCAL, REMOTE, 301);
    let row = row.clone();
    let conversation = world.conversation(LOCAL, REMOTE);
    let decision = conversation.decision;
    assert_eq!(
        (decision.events, decision.decided_by),
        (2, Some(ConnectionEventKind::ConnectionBlocked))
    );
    assert_eq!(decision.filter.map(|filter| filter.id), Some(FilterId(66_012)));
    let correlator = Correlator::new(&world.observed, &world.flows);
    assert!(correlator.is_told_better(&row));
}

#[test]
fn the_kernel_is_not_the_program_of_what_was_dropped_on_its_way_in() {
    let mut world = world();
    let row = world.firewall(ConnectionEventKind::FirewallBlocked, 4, LOCAL, REMOTE, ZONE + 300);
    row.direction = Some(Direction::Inbound);
    let conversation = world.conversation(LOCAL, REMOTE);
    assert_eq!(conversation.decision.verdict, Verdict::Blocked);
    assert_eq!(conversation.process.process, None);
}
