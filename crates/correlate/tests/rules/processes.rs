//! Which process a flow belongs to: scenarios that hit a rule, and scenarios that defeat it.

use crate::support::{HOST, NETSTAT, SECURITY, TASKLIST, World, at, end};
use whotalks_correlate::{ProcessRule, UnknownReason};
use whotalks_record::{
    ConnectionEventKind, Direction, Grade, Initiator, ListingTool, Pid, ProcessEventKind, SocketState, SourceKind,
};

const LOCAL: &str = "192.168.0.105:49811";
const REMOTE: &str = "203.0.113.77:8443";

#[test]
fn an_event_of_the_same_five_tuple_and_time_is_observed() {
    let mut world = World::new();
    world.aligned(2);
    world.flow(LOCAL, REMOTE, 300, 310);
    world.event(ConnectionEventKind::ConnectionPermitted, 4312, LOCAL, REMOTE, 302);
    let process = world.conversation(LOCAL, REMOTE).process;
    assert_eq!(
        (process.grade, process.rule),
        (Grade::Observed, Some(ProcessRule::ExactEvent))
    );
    assert_eq!(process.process.unwrap().pid, Some(Pid(4312)));
}

#[test]
fn a_log_that_runs_nineteen_hours_ahead_still_matches() {
    let mut world = World::new();
    let ahead = 19 * 3600;
    world.aligned(ahead);
    world.flow(LOCAL, REMOTE, 300, 310);
    world.event(
        ConnectionEventKind::ConnectionPermitted,
        4312,
        LOCAL,
        REMOTE,
        300 + ahead,
    );
    assert_eq!(world.conversation(LOCAL, REMOTE).process.grade, Grade::Observed);
}

#[test]
fn the_same_five_tuple_an_hour_earlier_is_another_conversation() {
    let mut world = World::new();
    world.aligned(0);
    world.covers(SECURITY, SourceKind::ConnectionAudit, -4000, 4000);
    world.flow(LOCAL, REMOTE, 3700, 3710);
    world.event(ConnectionEventKind::ConnectionPermitted, 4312, LOCAL, REMOTE, 100);
    let with_packets = world
        .conversations()
        .into_iter()
        .find(|one| one.flow.is_some() && one.remote == end(REMOTE))
        .unwrap();
    assert_eq!(with_packets.process.process, None);
    assert_eq!(
        with_packets.process.unknown,
        Some(UnknownReason::NotInSource(SourceKind::ConnectionAudit))
    );
}

#[test]
fn two_processes_for_one_five_tuple_are_a_conflict_and_only_inferred() {
    let mut world = World::new();
    world.aligned(0);
    world.flow(LOCAL, REMOTE, 300, 310);
    world.event(ConnectionEventKind::ConnectionPermitted, 4312, LOCAL, REMOTE, 300);
    world.event(ConnectionEventKind::ConnectionPermitted, 5000, LOCAL, REMOTE, 301);
    let process = world.conversation(LOCAL, REMOTE).process;
    assert_eq!(process.grade, Grade::Inferred);
    assert_eq!(process.conflicts.len(), 1);
}

#[test]
fn clocks_that_cannot_be_aligned_leave_a_unique_five_tuple_derived() {
    let mut world = World::new();
    world.flow(LOCAL, REMOTE, 300, 310);
    world.event(ConnectionEventKind::ConnectionPermitted, 4312, LOCAL, REMOTE, 90_000);
    assert_eq!(world.conversation(LOCAL, REMOTE).process.grade, Grade::Derived);
}

#[test]
fn a_connection_that_began_before_the_capture_keeps_its_process() {
    let mut world = World::new();
    world.aligned(0);
    world.flow(LOCAL, REMOTE, 300, 310).initiator = Initiator::FirstPacket;
    world.event(ConnectionEventKind::ConnectionPermitted, 4312, LOCAL, REMOTE, 20);
    let process = world.conversation(LOCAL, REMOTE).process;
    assert_eq!(
        (process.grade, process.process.unwrap().pid),
        (Grade::Derived, Some(Pid(4312)))
    );
}

#[test]
fn the_process_log_gives_the_command_line_and_the_drive_letter() {
    let mut world = World::new();
    world.aligned(0);
    world.flow(LOCAL, REMOTE, 300, 310);
    world.event(ConnectionEventKind::ConnectionPermitted, 4312, LOCAL, REMOTE, 300);
    world
        .process(ProcessEventKind::Start, 4312, r"C:\Program Files\App\app.exe", 290)
        .command_line = Some("app.exe /q".into());
    let process = world.conversation(LOCAL, REMOTE).process.process.unwrap();
    assert_eq!(process.image.as_deref(), Some(r"C:\Program Files\App\app.exe"));
    assert_eq!(
        (process.command_line.as_deref(), process.started),
        (Some("app.exe /q"), Some(at(290)))
    );
}

#[test]
fn a_reused_pid_gets_the_instance_of_its_time() {
    let mut world = World::new();
    world.aligned(0);
    world.listing(NETSTAT, ListingTool::WindowsNetstat, Some(305));
    world.socket(SocketState::Established, LOCAL, Some(REMOTE), 4312);
    world.flow(LOCAL, REMOTE, 300, 310);
    world.process(ProcessEventKind::Start, 4312, r"C:\old.exe", 100);
    world.process(ProcessEventKind::End, 4312, r"C:\old.exe", 150);
    world.process(ProcessEventKind::Start, 4312, r"C:\new.exe", 200);
    world.process(ProcessEventKind::Start, 4312, r"C:\later.exe", 400);
    let process = world.conversation(LOCAL, REMOTE).process;
    assert_eq!(
        (process.grade, process.rule),
        (Grade::Observed, Some(ProcessRule::ExactSnapshot))
    );
    assert_eq!(process.process.unwrap().image.as_deref(), Some(r"C:\new.exe"));
}

#[test]
fn a_listing_without_a_time_is_only_derived() {
    let mut world = World::new();
    world.aligned(0);
    world.listing(NETSTAT, ListingTool::WindowsNetstat, None);
    world.socket(SocketState::Established, LOCAL, Some(REMOTE), 4312);
    world.flow(LOCAL, REMOTE, 300, 310);
    assert_eq!(world.conversation(LOCAL, REMOTE).process.grade, Grade::Derived);
}

#[test]
fn a_row_in_time_wait_belongs_to_nobody() {
    let mut world = World::new();
    world.aligned(0);
    world.listing(NETSTAT, ListingTool::WindowsNetstat, Some(320));
    world.socket(SocketState::TimeWait, LOCAL, Some(REMOTE), 0);
    world.flow(LOCAL, REMOTE, 300, 310);
    assert_eq!(world.conversation(LOCAL, REMOTE).process.process, None);
}

#[test]
fn a_bind_names_the_process_until_the_next_bind_of_the_port() {
    let mut world = World::new();
    world.aligned(0);
    world.flow(LOCAL, REMOTE, 300, 310);
    world.event(ConnectionEventKind::BindPermitted, 77, "0.0.0.0:49811", "-", 100);
    world.event(ConnectionEventKind::BindPermitted, 4312, "0.0.0.0:49811", "-", 299);
    world.event(ConnectionEventKind::BindPermitted, 88, "0.0.0.0:49811", "-", 400);
    let process = world.conversation(LOCAL, REMOTE).process;
    assert_eq!((process.grade, process.rule), (Grade::Derived, Some(ProcessRule::Bind)));
    assert_eq!(process.process.unwrap().pid, Some(Pid(4312)));
}

#[test]
fn an_inbound_flow_belongs_to_the_listener_that_was_alive() {
    let mut world = World::new();
    world.aligned(0);
    world.listing(NETSTAT, ListingTool::WindowsNetstat, Some(400));
    world.socket(SocketState::Listen, "0.0.0.0:3389", None, 1200);
    world.flow("203.0.113.9:50000", "192.168.0.105:3389", 300, 310);
    let conversation = world.conversation("192.168.0.105:3389", "203.0.113.9:50000");
    assert_eq!(conversation.direction, Some(Direction::Inbound));
    assert_eq!(
        (conversation.process.grade, conversation.process.rule),
        (Grade::Derived, Some(ProcessRule::Listener))
    );
}

#[test]
fn a_listener_that_started_after_the_flow_is_not_its_process() {
    let mut world = World::new();
    world.aligned(0);
    world.listing(NETSTAT, ListingTool::WindowsNetstat, Some(400));
    world.socket(SocketState::Listen, "0.0.0.0:3389", None, 1200);
    world.process(ProcessEventKind::Start, 1200, r"C:\Windows\System32\svchost.exe", 350);
    world.flow("203.0.113.9:50000", "192.168.0.105:3389", 300, 310);
    assert_eq!(
        world
            .conversation("192.168.0.105:3389", "203.0.113.9:50000")
            .process
            .process,
        None
    );
}

#[test]
fn a_pid_without_a_name_is_unknown_because_processes_were_not_audited() {
    let mut world = World::new();
    world.aligned(0);
    world.covers(SECURITY, SourceKind::ConnectionAudit, 0, 600);
    world.flow(LOCAL, REMOTE, 300, 310);
    world
        .event(ConnectionEventKind::ConnectionPermitted, 4312, LOCAL, REMOTE, 300)
        .image = None;
    let process = world.conversation(LOCAL, REMOTE).process;
    assert_eq!(
        process.unknown,
        Some(UnknownReason::SourceNotCollected(SourceKind::ProcessCreationAudit))
    );
}

#[test]
fn an_overwritten_ring_and_a_late_start_are_told_apart() {
    for (first_record, overwritten) in [(1, false), (5_000, true)] {
        let mut world = World::new();
        world.aligned(0);
        world.covers(SECURITY, SourceKind::ConnectionAudit, 500, 600);
        world.observed.evidence[1].first_record = Some(first_record);
        world.flow(LOCAL, REMOTE, 300, 310);
        let reason = world.conversation(LOCAL, REMOTE).process.unknown.unwrap();
        assert_eq!(
            matches!(reason, UnknownReason::RingOverwritten { .. }),
            overwritten,
            "{reason:?}"
        );
        assert_eq!(
            matches!(reason, UnknownReason::SourceBeganLater { .. }),
            !overwritten,
            "{reason:?}"
        );
    }
}

#[test]
fn the_service_of_a_shared_host_comes_from_tasklist_only_when_it_is_the_only_one() {
    for (services, grade) in [
        (vec!["Dnscache"], Grade::Derived),
        (vec!["BITS", "Themes"], Grade::Inferred),
    ] {
        let mut world = World::new();
        world.aligned(0);
        world.flow(LOCAL, REMOTE, 300, 310);
        let event = world.event(ConnectionEventKind::ConnectionPermitted, 4312, LOCAL, REMOTE, 300);
        event.image = Some(r"\device\harddiskvolume3\windows\system32\svchost.exe".into());
        world.listing(TASKLIST, ListingTool::Tasklist, Some(400));
        let row = world.process(ProcessEventKind::Alive, 4312, "svchost.exe", 400);
        row.services = services.iter().map(|name| (*name).into()).collect();
        let process = world.conversation(LOCAL, REMOTE).process.process.unwrap();
        assert_eq!(
            (process.service.grade, process.service.services.len()),
            (grade, services.len()),
            "{HOST}"
        );
    }
}
