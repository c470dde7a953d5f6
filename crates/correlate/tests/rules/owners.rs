//! Processes that macOS names with the packets of a flow.

use whotalks_correlate::{Attribution, Conversation, ProcessRule, UnknownReason};
use whotalks_record::{Grade, PacketOwner, Pid, SourceKind};

use crate::support::{CAPTURE, World, at, end};

const LOCAL: &str = "10.0.0.5:50000";
const REMOTE: &str = "203.0.113.77:443";

/// A capture that nothing else is known of, with one flow.
fn world() -> World {
    let mut world = World::default();
    world.piece(CAPTURE, None);
    world.flow(LOCAL, REMOTE, 10, 20);
    world
}

/// Says of the last flow whose packets they are.
fn owner<'a>(world: &'a mut World, pid: u32, image: &str) -> &'a mut PacketOwner {
    let flow = &world.flows.last().unwrap().0;
    let mut span = flow.span;
    span.length = u32::try_from(world.observed.owners.len()).unwrap();
    let owner = PacketOwner {
        span,
        flow: flow.id,
        protocol: flow.key.protocol,
        local: flow.key.client,
        remote: flow.key.server,
        time: Some(at(10)),
        last: Some(at(20)),
        pid: (pid != 0).then_some(Pid(pid)),
        image: (!image.is_empty()).then(|| image.into()),
        effective_pid: None,
        effective_image: None,
        sent_packets: 3,
        received_packets: 2,
    };
    world.observed.owners.push(owner);
    world.observed.owners.last_mut().unwrap()
}

fn conversation(world: &World) -> Conversation {
    world.conversation(LOCAL, REMOTE)
}

fn told(attribution: &Attribution) -> (Grade, Option<ProcessRule>, Option<Pid>, Option<&str>) {
    let process = attribution.process.as_ref();
    (
        attribution.grade,
        attribution.rule,
        process.and_then(|process| process.pid),
        process.and_then(|process| process.image.as_deref()),
    )
}

#[test]
fn the_process_of_all_packets_is_observed_and_its_host_is_the_one_that_captured() {
    let mut world = world();
    owner(&mut world, 512, "curl");
    let conversation = conversation(&world);
    let rule = Some(ProcessRule::PacketOwner);
    assert_eq!(
        told(&conversation.process),
        (Grade::Observed, rule, Some(Pid(512)), Some("curl"))
    );
    assert!(conversation.host.is_some() && conversation.relayed_for.is_none());
    assert_eq!(conversation.process.proof.len(), 1);
}

#[test]
fn packets_that_only_came_in_name_it_less_surely() {
    let mut world = world();
    owner(&mut world, 512, "curl").sent_packets = 0;
    assert_eq!(conversation(&world).process.grade, Grade::Derived);
}

#[test]
fn a_socket_that_was_handed_on_has_two_programs_and_none_is_sure() {
    let mut world = world();
    owner(&mut world, 1, "launchd");
    owner(&mut world, 700, "sshd").sent_packets = 0;
    let process = conversation(&world).process;
    assert_eq!(process.grade, Grade::Inferred);
    let [conflict] = process.conflicts.as_slice() else {
        panic!("{process:?}")
    };
    assert_eq!(conflict.process.image.as_deref(), Some("sshd"));
}

#[test]
fn a_process_that_acts_for_another_stays_the_owner_and_both_are_told() {
    let mut world = world();
    let named = owner(&mut world, 400, "nsurlsessiond");
    (named.effective_pid, named.effective_image) = (Some(Pid(900)), Some("Mail".into()));
    let conversation = conversation(&world);
    assert_eq!(told(&conversation.process).3, Some("nsurlsessiond"));
    let acts_for = conversation.relayed_for.unwrap();
    let rule = Some(ProcessRule::Delegation);
    assert_eq!(told(&acts_for), (Grade::Observed, rule, Some(Pid(900)), Some("Mail")));
}

#[test]
fn of_several_programs_that_it_acts_for_none_is_picked() {
    let mut world = world();
    for (pid, name) in [(900, "Mail"), (901, "Notes")] {
        let named = owner(&mut world, 400, "nsurlsessiond");
        (named.effective_pid, named.effective_image) = (Some(Pid(pid)), Some(name.into()));
    }
    let conversation = conversation(&world);
    assert_eq!(conversation.process.grade, Grade::Observed);
    let acts_for = conversation.relayed_for.unwrap();
    let names = vec!["Mail".into(), "Notes".into()];
    assert_eq!(acts_for.unknown, Some(UnknownReason::Ambiguous(names)));
    assert_eq!(acts_for.process, None);
}

#[test]
fn only_the_program_that_is_acted_for_may_be_known() {
    let mut world = world();
    let named = owner(&mut world, 0, "");
    (named.effective_pid, named.effective_image) = (Some(Pid(900)), Some("Mail".into()));
    let conversation = conversation(&world);
    assert_eq!(told(&conversation.process).0, Grade::Unknown);
    assert_eq!(told(&conversation.relayed_for.unwrap()).3, Some("Mail"));
}

#[test]
fn where_other_flows_have_names_a_flow_without_one_is_the_kernels() {
    let mut world = world();
    owner(&mut world, 512, "curl");
    world.flow("10.0.0.5:50001", REMOTE, 10, 20);
    let silent = world.conversation("10.0.0.5:50001", REMOTE).process;
    assert_eq!(silent.grade, Grade::Unknown);
    let reason = UnknownReason::NotInSource(SourceKind::PacketProcesses);
    assert_eq!(silent.unknown, Some(reason));
}

#[test]
fn the_other_end_has_its_own_process() {
    let mut world = world();
    owner(&mut world, 512, "curl");
    let (client, server) = (end(LOCAL), end(REMOTE));
    let other = owner(&mut world, 80, "httpd");
    (other.local, other.remote) = (server, client);
    let views: Vec<_> = world.conversations();
    let programs: Vec<_> = views.iter().map(|view| (view.local, told(&view.process).3)).collect();
    assert_eq!(programs, [(client, Some("curl")), (server, Some("httpd"))]);
}

#[test]
fn what_came_in_by_udp_for_everybody_gives_the_host_no_address() {
    let mut world = world();
    world.flow("10.0.0.9:5000", "10.0.0.255:5001", 10, 20).key.protocol = whotalks_record::IpProtocol::UDP;
    let heard = owner(&mut world, 512, "listener");
    (heard.local, heard.remote) = (end("10.0.0.255:5001"), end("10.0.0.9:5000"));
    heard.sent_packets = 0;
    assert!(world.conversations().iter().all(|one| one.host.is_none()));
}
