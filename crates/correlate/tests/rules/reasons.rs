//! Why something stays unknown: what gives a reason, and what takes it away.

use crate::support::{NETSTAT, SECURITY, TASKLIST, World};
use whotalks_correlate::{AuditGap, EncryptedBy, UnknownReason, Verdict};
use whotalks_record::{
    ApplicationProtocol, ConnectionEventKind, DeviceFact, DeviceFactKind, Ech, Flow, Initiator, IpProtocol,
    ListingTool, NameSource, SocketState, SourceKind, Span, TcpFlags, Traffic,
};

const LOCAL: &str = "192.168.0.105:49811";
const REMOTE: &str = "203.0.113.77:443";
const ENCRYPTED_DNS: UnknownReason = UnknownReason::EncryptedName(EncryptedBy::EncryptedDns);

fn name_reason(world: &World) -> Option<UnknownReason> {
    world.conversation(LOCAL, REMOTE).name.unknown
}

fn process_reason(world: &World) -> Option<UnknownReason> {
    world.conversation(LOCAL, REMOTE).process.unknown
}

/// Takes the server's packets away, as a tap on one fibre does.
fn only_client(flow: &mut Flow) {
    flow.received = Traffic::default();
    flow.tcp.as_mut().unwrap().server_flags = TcpFlags(0);
}

fn only_server(flow: &mut Flow) {
    flow.sent = Traffic::default();
    flow.initiator = Initiator::SynAck;
    flow.tcp.as_mut().unwrap().client_flags = TcpFlags(0);
}

#[test]
fn a_client_that_was_not_captured_hides_the_name() {
    let mut world = World::new();
    only_server(world.flow(LOCAL, REMOTE, 300, 310));
    assert_eq!(name_reason(&world), Some(UnknownReason::OneDirectionOnly));
}

#[test]
fn a_server_that_was_not_captured_hides_no_name_and_is_known_to_have_answered() {
    let mut world = World::new();
    only_client(world.flow(LOCAL, REMOTE, 300, 310));
    let conversation = world.conversation(LOCAL, REMOTE);
    assert_ne!(conversation.name.unknown, Some(UnknownReason::OneDirectionOnly));
    assert_eq!(
        (conversation.answered, conversation.decision.verdict),
        (Some(true), Verdict::Passed)
    );
}

#[test]
fn one_direction_without_a_beginning_does_not_say_who_called() {
    let mut world = World::new();
    let flow = world.flow(LOCAL, REMOTE, 300, 310);
    only_client(flow);
    flow.initiator = Initiator::FirstPacket;
    flow.tcp.as_mut().unwrap().client_flags = TcpFlags(TcpFlags::ACK);
    assert_eq!(name_reason(&world), Some(UnknownReason::OneDirectionOnly));
}

#[test]
fn a_call_that_nobody_answered_has_no_missing_direction() {
    let mut world = World::new();
    let flow = world.flow(LOCAL, REMOTE, 300, 310);
    only_client(flow);
    flow.tcp.as_mut().unwrap().client_flags = TcpFlags(TcpFlags::SYN);
    let conversation = world.conversation(LOCAL, REMOTE);
    assert_ne!(conversation.name.unknown, Some(UnknownReason::OneDirectionOnly));
    assert_eq!(conversation.answered, Some(false));
}

#[test]
fn packets_that_were_cut_hide_the_name_unless_their_protocol_has_none() {
    for (application, hidden) in [
        (ApplicationProtocol::Unknown, true),
        (ApplicationProtocol::Tls, true),
        (ApplicationProtocol::Dns, false),
    ] {
        let mut world = World::new();
        let flow = world.flow(LOCAL, REMOTE, 300, 310);
        (flow.snapped, flow.application) = (true, application);
        let reason = name_reason(&world);
        assert_eq!(reason == Some(UnknownReason::SnappedTooShort), hidden, "{reason:?}");
    }
}

#[test]
fn a_caller_from_outside_has_no_name_that_cut_packets_could_hide() {
    let mut world = World::new();
    world.aligned(0);
    world.flow(REMOTE, LOCAL, 300, 310).snapped = true;
    assert_ne!(name_reason(&world), Some(UnknownReason::SnappedTooShort));
}

#[test]
fn encrypted_questions_hide_names_until_one_is_asked_in_the_clear() {
    let mut world = World::new();
    world.flow(LOCAL, REMOTE, 300, 310);
    world.flow("192.168.0.105:50001", "9.9.9.9:853", 200, 400);
    assert_eq!(name_reason(&world), Some(ENCRYPTED_DNS));
    let plain = world.flow("192.168.0.105:50002", "192.168.0.1:53", 250, 251);
    (plain.key.protocol, plain.tcp) = (IpProtocol::UDP, None);
    assert_ne!(name_reason(&world), Some(ENCRYPTED_DNS));
}

#[test]
fn a_resolver_over_https_is_known_by_its_name_and_its_silence_proves_nothing() {
    let mut world = World::new();
    world.flow(LOCAL, REMOTE, 300, 310);
    world.flow("192.168.0.105:50001", "104.16.248.249:443", 200, 400);
    world.name(NameSource::TlsSni(Ech::Absent), "mozilla.cloudflare-dns.com");
    assert_eq!(name_reason(&world), Some(ENCRYPTED_DNS));

    let mut silent = World::new();
    silent.flow(LOCAL, REMOTE, 300, 310);
    silent.flow("192.168.0.105:50001", "9.9.9.9:853", 200, 400).received = Traffic::default();
    assert_ne!(name_reason(&silent), Some(ENCRYPTED_DNS));
}

#[test]
fn another_host_that_asks_encrypted_hides_nothing_here() {
    let mut world = World::new();
    world.flow(LOCAL, REMOTE, 300, 310);
    world.flow("192.168.0.9:50001", "9.9.9.9:853", 200, 400);
    assert_ne!(name_reason(&world), Some(ENCRYPTED_DNS));
}

#[test]
fn a_bind_of_a_clock_out_of_step_is_refused_and_said_to_be() {
    let mut world = World::new();
    world.covers(SECURITY, SourceKind::ConnectionAudit, 0, 600);
    world.flow(LOCAL, REMOTE, 300, 310);
    // What tells that the address is this host's; the capture does not hold it, so that it pairs with nothing.
    let other = ("192.168.0.105:40000", "198.51.100.1:443");
    world.event(ConnectionEventKind::ConnectionPermitted, 900, other.0, other.1, 290);
    world.event(ConnectionEventKind::BindPermitted, 4312, "0.0.0.0:49811", "-", 299);
    let process = world.conversation(LOCAL, REMOTE).process;
    assert_eq!(
        (process.process, process.unknown),
        (None, Some(UnknownReason::ClocksNotAligned))
    );
}

#[test]
fn scattered_pairs_align_nothing_and_the_log_covers_nothing() {
    let mut world = World::new();
    world.covers(SECURITY, SourceKind::ConnectionAudit, 0, 9_000);
    for (pair, second) in [10, 900, 2_000, 3_700, 8_000].into_iter().enumerate() {
        let local = format!("192.168.0.105:{}", 40_000 + pair);
        world.flow(&local, "198.51.100.1:443", 100, 101);
        world.event(
            ConnectionEventKind::ConnectionPermitted,
            900,
            &local,
            "198.51.100.1:443",
            second,
        );
    }
    world.flow(LOCAL, REMOTE, 300, 310);
    assert_eq!(process_reason(&world), Some(UnknownReason::ClocksNotAligned));
}

#[test]
fn clocks_that_agree_leave_the_log_silent() {
    let mut world = World::new();
    world.aligned(2);
    world.covers(SECURITY, SourceKind::ConnectionAudit, 0, 9_000);
    world.flow(LOCAL, REMOTE, 300, 310);
    assert_eq!(
        process_reason(&world),
        Some(UnknownReason::NotInSource(SourceKind::ConnectionAudit))
    );
}

#[test]
fn a_log_of_another_hour_is_not_called_out_of_step_where_no_pair_says_so() {
    let mut world = World::new();
    world.covers(SECURITY, SourceKind::ConnectionAudit, 5_000, 9_000);
    world.flow(LOCAL, REMOTE, 300, 310);
    world.event(
        ConnectionEventKind::ConnectionPermitted,
        900,
        "192.168.0.105:40000",
        "198.51.100.1:443",
        6_000,
    );
    let reason = process_reason(&world);
    assert!(
        matches!(reason, Some(UnknownReason::SourceBeganLater { .. })),
        "{reason:?}"
    );
}

#[test]
fn a_listing_needs_no_clock_to_name_the_process_of_its_five_tuple() {
    let mut world = World::new();
    world.covers(SECURITY, SourceKind::ConnectionAudit, 0, 600);
    world.flow(LOCAL, REMOTE, 300, 310);
    world.event(ConnectionEventKind::BindPermitted, 77, "0.0.0.0:49811", "-", 299);
    world.listing(NETSTAT, ListingTool::WindowsNetstat, Some(305));
    world.socket(SocketState::Established, LOCAL, Some(REMOTE), 4312);
    assert_ne!(process_reason(&world), Some(UnknownReason::ClocksNotAligned));
}

/// A listing of the audit policy, with the setting for connections.
fn audits(world: &mut World, value: &str) {
    world.listing(TASKLIST, ListingTool::Auditpol, Some(500));
    world.observed.device_facts.push(DeviceFact {
        span: Span::whole(TASKLIST),
        snapshot: 0,
        about: Some("{0CCE9226-69AE-11D9-BED3-505054503030}".into()),
        kind: DeviceFactKind::AuditSetting,
        value: value.into(),
    });
}

/// A host whose Security log covers ten minutes and holds no event of connections.
fn without_connection_events(setting: &str) -> World {
    let mut world = World::new();
    world.covers(SECURITY, SourceKind::ProcessCreationAudit, 0, 600);
    world.process(whotalks_record::ProcessEventKind::Start, 9, "x.exe", 1);
    world.listing(NETSTAT, ListingTool::WindowsNetstat, Some(500));
    world.socket(SocketState::Listen, "192.168.0.105:445", None, 4);
    audits(&mut world, setting);
    world.flow(LOCAL, REMOTE, 300, 310);
    world
}

#[test]
fn a_log_that_is_set_not_to_tell_is_silent_for_that_reason() {
    let source = SourceKind::ConnectionAudit;
    let gap = AuditGap::Everything;
    let world = without_connection_events("none");
    assert_eq!(process_reason(&world), Some(UnknownReason::NotAudited { source, gap }));
    let decision = world.conversation(LOCAL, REMOTE).decision;
    assert_eq!(decision.unknown, Some(UnknownReason::NotAudited { source, gap }));
    let mut differ = without_connection_events("none");
    audits(&mut differ, "success");
    assert_eq!(process_reason(&differ), Some(UnknownReason::SourceNotCollected(source)));
}

#[test]
fn only_half_of_what_happens_may_be_audited() {
    let source = SourceKind::ConnectionAudit;
    let world = without_connection_events("failure");
    let gap = AuditGap::Successes;
    assert_eq!(process_reason(&world), Some(UnknownReason::NotAudited { source, gap }));
    // A call that was taken had been let through, which is audited, so that the silence means something.
    let world = without_connection_events("success");
    assert_eq!(process_reason(&world), Some(UnknownReason::NotInSource(source)));
}

#[test]
fn silence_about_what_is_audited_means_something_where_the_log_covers_the_time() {
    let source = SourceKind::ConnectionAudit;
    let world = without_connection_events("success-and-failure");
    assert_eq!(process_reason(&world), Some(UnknownReason::NotInSource(source)));
    let mut later = World::new();
    later.covers(SECURITY, SourceKind::ProcessCreationAudit, 400, 600);
    later.process(whotalks_record::ProcessEventKind::Start, 9, "x.exe", 401);
    later.listing(NETSTAT, ListingTool::WindowsNetstat, Some(500));
    later.socket(SocketState::Listen, "192.168.0.105:445", None, 4);
    audits(&mut later, "success-and-failure");
    later.flow(LOCAL, REMOTE, 300, 310);
    assert_eq!(process_reason(&later), Some(UnknownReason::SourceNotCollected(source)));
}
