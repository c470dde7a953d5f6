//! The processes that packets name.

use whotalks_record::{
    Direction, EvidenceId, InterfaceId, Issue, LinkType, NamedProcess, Packet, PacketOwner, PacketProcess, Pid,
    Position, Record, Sink, SourceKind, SourceRange, Span, Timestamp,
};
use whotalks_session::{Limits, Sessions};

use crate::support::{ACK, CLIENT, End, SERVER, SYN, ipv4, tcp};

#[derive(Default)]
struct Heard {
    owners: Vec<PacketOwner>,
    ranges: Vec<SourceRange>,
    issues: Vec<Issue>,
}

impl Sink for Heard {
    fn record(&mut self, record: Record) {
        match record {
            Record::Owner(owner) => self.owners.push(owner),
            Record::Range(range) => self.ranges.push(range),
            _ => {}
        }
    }

    fn packet(&mut self, _: &Packet<'_>) {}

    fn issue(&mut self, issue: Issue) {
        self.issues.push(issue);
    }
}

const RAW: LinkType = LinkType(101);
const PKTAP: LinkType = LinkType(258);

/// A packet with what is said of it beside its bytes.
type Tapped = (LinkType, Vec<u8>, Option<PacketProcess>);

fn read(packets: &[Tapped]) -> Heard {
    let mut sessions = Sessions::new(Heard::default(), Limits::default());
    for (number, (link_type, data, told)) in (1..).zip(packets) {
        let length = data.len().try_into().unwrap();
        if let Some(told) = told {
            sessions.process(told);
        }
        sessions.packet(&Packet {
            span: Span {
                evidence: EvidenceId(1),
                position: Position::Packet(number),
                offset: 0,
                length,
            },
            timestamp: Some(Timestamp::from_nanoseconds(number as i64)),
            interface: InterfaceId(0),
            link_type: *link_type,
            data,
            original_length: length,
        });
    }
    sessions.finish(EvidenceId(1))
}

fn named(pid: u32, name: &str) -> Option<NamedProcess> {
    NamedProcess::new(Some(pid), Some(name.into()))
}

fn told(outbound: bool, process: Option<NamedProcess>, effective: Option<NamedProcess>) -> Option<PacketProcess> {
    let direction = if outbound {
        Direction::Outbound
    } else {
        Direction::Inbound
    };
    let direction = Some(direction);
    Some(PacketProcess {
        direction,
        process,
        effective,
    })
}

fn sent(process: Option<NamedProcess>) -> Tapped {
    (RAW, tcp(CLIENT, SERVER, ACK, 1, 1, b""), told(true, process, None))
}

fn received(process: Option<NamedProcess>) -> Tapped {
    (RAW, tcp(SERVER, CLIENT, ACK, 1, 1, b""), told(false, process, None))
}

fn end((address, port): End) -> whotalks_record::Endpoint {
    whotalks_record::Endpoint::new(address.into(), port)
}

#[test]
fn one_process_of_a_flow_is_told_once_with_its_first_packet_out() {
    let nobody = (RAW, tcp(CLIENT, SERVER, SYN, 0, 0, b""), None);
    let curl = || named(512, "curl");
    let heard = read(&[nobody, received(curl()), sent(curl()), sent(curl())]);
    let [owner] = heard.owners.as_slice() else {
        panic!("{:?}", heard.owners)
    };
    assert_eq!((owner.local, owner.remote), (end(CLIENT), end(SERVER)));
    assert_eq!((owner.pid, owner.image.as_deref()), (Some(Pid(512)), Some("curl")));
    assert_eq!((owner.sent_packets, owner.received_packets), (2, 1));
    assert_eq!(owner.span.position, Position::Packet(3));
    let [range] = heard.ranges.as_slice() else {
        panic!("{:?}", heard.ranges)
    };
    assert_eq!((range.source, range.units), (SourceKind::PacketProcesses, 3));
}

#[test]
fn several_processes_of_a_flow_are_all_told() {
    let heard = read(&[
        sent(named(1, "launchd")),
        sent(named(512, "sshd")),
        sent(named(1, "launchd")),
    ]);
    let pids: Vec<_> = heard
        .owners
        .iter()
        .map(|owner| (owner.pid, owner.sent_packets))
        .collect();
    assert_eq!(pids, [(Some(Pid(1)), 2), (Some(Pid(512)), 1)]);
}

#[test]
fn a_name_that_was_cut_a_byte_earlier_is_the_same() {
    let heard = read(&[sent(named(9, "com.apple.WebKi…")), sent(named(9, "com.apple.WebKit…"))]);
    let names: Vec<_> = heard.owners.iter().map(|owner| owner.image.as_deref()).collect();
    assert_eq!(names, [Some("com.apple.WebKit…")]);
    let heard = read(&[sent(named(9, "sh")), sent(named(9, "sh-worker"))]);
    assert_eq!(heard.owners.len(), 2, "a short name is whole");
}

#[test]
fn without_a_process_or_a_direction_nothing_is_told() {
    let nowhere = PacketProcess {
        direction: None,
        process: named(1, "one"),
        effective: None,
    };
    let heard = read(&[sent(None), (RAW, tcp(CLIENT, SERVER, ACK, 1, 1, b""), Some(nowhere))]);
    assert!(heard.owners.is_empty() && heard.ranges.is_empty());
}

#[test]
fn who_sent_a_tunnel_did_not_send_what_is_in_it() {
    let gre = [&[0, 0, 8, 0][..], &tcp(([10, 8, 0, 1], 1), SERVER, ACK, 1, 1, b"")].concat();
    let outer = ipv4(CLIENT, SERVER, 47, 0, &gre);
    let heard = read(&[(RAW, outer, told(true, named(7, "vpn"), None))]);
    assert!(heard.owners.is_empty(), "{:?}", heard.owners);
}

#[test]
fn what_is_said_of_one_packet_is_not_said_of_the_next() {
    let unread = (RAW, vec![0], told(true, named(1, "one"), None));
    let heard = read(&[unread, (RAW, tcp(CLIENT, SERVER, ACK, 1, 1, b""), None)]);
    assert!(heard.owners.is_empty(), "{:?}", heard.owners);
}

#[test]
fn a_flow_has_no_more_processes_than_are_kept() {
    let packets: Vec<Tapped> = (1..=20).map(|pid| sent(named(pid, "many"))).collect();
    let heard = read(&packets);
    assert_eq!((heard.owners.len(), heard.issues.len()), (8, 1));
}

/// A header as macOS puts it before raw IP.
fn header(process: i32, name: &str, flags: u32, effective: i32) -> Vec<u8> {
    let mut bytes = vec![0; 108];
    bytes[56..56 + name.len()].copy_from_slice(name.as_bytes());
    let words = [(0, 108), (4, 1), (8, 101), (36, flags)];
    for (at, word) in words {
        bytes[at..at + 4].copy_from_slice(&word.to_le_bytes());
    }
    bytes[52..56].copy_from_slice(&process.to_le_bytes());
    bytes[84..88].copy_from_slice(&effective.to_le_bytes());
    bytes
}

#[test]
fn headers_in_front_of_packets_tell_the_same() {
    let packet = tcp(CLIENT, SERVER, ACK, 1, 1, b"");
    let tapped = |head: Vec<u8>| (PKTAP, [head, packet.clone()].concat(), None);
    let heard = read(&[
        tapped(header(512, "nsurlsessiond", 2, 77)),
        tapped(header(-1, "", 2, -1)),
        tapped(header(0, "", 2, 0)),
    ]);
    let [owner] = heard.owners.as_slice() else {
        panic!("{:?}", heard.owners)
    };
    assert_eq!((owner.pid, owner.effective_pid), (Some(Pid(512)), Some(Pid(77))));
    assert_eq!((owner.image.as_deref(), owner.sent_packets), (Some("nsurlsessiond"), 1));
}
