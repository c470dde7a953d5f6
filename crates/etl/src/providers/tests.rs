use whotalks_record::{Pid, Timestamp};

use super::{Packets, Statements};
use crate::template::tests::event;
use crate::{ConnectionKind, Event, Origin, Statement};

const CAPTURE: &str = "2ed6006e-4729-4609-b423-3ee7bcd678ef";
const MONITOR: &str = "4d4f80d9-c8bd-4d73-bb5b-19c90402c5ac";
const WHOLE: u64 = 0xc000_0001;

fn at(milliseconds: i64) -> Option<Timestamp> {
    Some(Timestamp::from_nanoseconds(milliseconds * 1_000_000))
}

fn fragment(lower: u32, data: &[u8]) -> Vec<u8> {
    [
        &7_u32.to_le_bytes()[..],
        &lower.to_le_bytes(),
        &(data.len() as u32).to_le_bytes(),
        data,
    ]
    .concat()
}

fn captured(payload: &[u8], keywords: u64, milliseconds: i64) -> Event<'_> {
    Event {
        keywords,
        time: at(milliseconds),
        ..event(CAPTURE, 1001, 0, payload)
    }
}

fn packets(events: &[Event<'_>]) -> (Vec<(u32, u16, Vec<u8>)>, Packets) {
    let (mut packets, mut seen) = (Packets::default(), Vec::new());
    for event in events {
        packets.read(event, &mut |packet| {
            seen.push((packet.medium.number, packet.medium.link_type.0, packet.data.to_vec()));
        });
    }
    packets.finish(&mut |packet| {
        seen.push((packet.medium.number, packet.medium.link_type.0, packet.data.to_vec()));
    });
    (seen, packets)
}

#[test]
fn parts_are_put_together_and_what_lacks_its_beginning_is_not_joined_to_another() {
    let (one, two, three) = (fragment(1, b"abc"), fragment(1, b"def"), fragment(1, b"whole"));
    let (seen, _) = packets(&[
        captured(&one, 0x4000_0001, 0),
        captured(&two, 0x8000_0001, 0),
        captured(&one, 0x4000_0001, 5),
        captured(&three, WHOLE, 9),
    ]);
    assert_eq!(seen, [(1, 1, b"abcdef".to_vec()), (1, 1, b"whole".to_vec())]);
}

#[test]
fn one_packet_seen_by_two_filter_drivers_is_one_and_a_repetition_is_two() {
    let (low, high) = (fragment(1, b"packet"), fragment(2, b"packet"));
    let (seen, packets) = packets(&[
        captured(&low, WHOLE, 0),
        captured(&high, WHOLE, 0),
        captured(&low, WHOLE, 0),
    ]);
    assert_eq!((seen.len(), packets.folded()), (2, 1));
}

#[test]
fn wireless_frames_lose_the_mark_of_encryption_that_was_taken_off() {
    let frame = fragment(1, &[0x08, 0x41, 9]);
    let (seen, _) = packets(&[captured(&frame, 0xc001_0000, 0)]);
    assert_eq!(seen, [(1, 105, vec![0x08, 0x01, 9])]);
}

#[test]
fn a_packet_of_the_monitor_is_kept_once_and_a_cut_one_is_counted() {
    let appearance = |component: u16, length: u16| {
        let fields = [2_u16, 1, 1, 1, component, 0, 0, 0, 0, 0, 0, 60, length];
        [
            5_u64.to_le_bytes().to_vec(),
            fields.iter().flat_map(|field| field.to_le_bytes()).collect(),
            b"eth".to_vec(),
        ]
        .concat()
    };
    let (first, second, cut) = (appearance(4, 3), appearance(9, 3), appearance(9, 4));
    let of = |payload| event(MONITOR, 160, 0, payload);
    let (seen, packets) = packets(&[of(&first), of(&second), of(&cut)]);
    assert_eq!(seen, [(4, 1, b"eth".to_vec())]);
    assert_eq!((packets.folded(), packets.undecodable()), (1, 1));
}

#[test]
fn a_socket_of_the_driver_has_the_process_that_created_it() {
    let created = [
        &[0; 8][..],
        &[1; 8],
        &[2; 8],
        &[2, 0, 0, 0, 1, 0, 0, 0, 6, 0, 0, 0],
        &77_u64.to_le_bytes(),
        &[0; 4],
    ]
    .concat();
    let address = [2, 0, 0x01, 0xbb, 192, 0, 2, 9, 0, 0, 0, 0, 0, 0, 0, 0];
    let connected = [
        &[0; 8][..],
        &[1; 8],
        &[2; 8],
        &[0; 8],
        &[0; 8],
        &[16, 0, 0, 0],
        &address,
    ]
    .concat();
    let mut statements = Statements::default();
    let afd = "e53c6823-7bb8-44bb-90dc-3f86090d48a6";
    assert_eq!(statements.of(&event(afd, 1000, 0, &created)), None);
    let connect = Event {
        time: at(1),
        ..event(afd, 1018, 0, &connected)
    };
    let Some(Statement::Connection(connection)) = statements.of(&connect) else {
        panic!("no statement");
    };
    assert_eq!(
        (connection.pid, connection.kind),
        (Some(Pid(77)), ConnectionKind::Requested)
    );
    assert_eq!(connection.remote.unwrap().to_string(), "192.0.2.9:443");
}

#[test]
fn the_resolver_service_is_never_the_one_who_asked() {
    let name: Vec<u8> = "Example.COM.\0".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let payload = [&name[..], &[1, 0, 0, 0], &[0; 8], &[0; 4], &[0; 2]].concat();
    let dns = "1c95126e-7eea-49a9-a3fe-a378b03ddb4d";
    let mut statements = Statements::default();
    let mut pid_of = |id| {
        let asked = Event {
            time: at(1),
            process_id: Some(1_000),
            ..event(dns, id, 0, &payload)
        };
        match statements.of(&asked) {
            Some(Statement::Name(name)) => {
                assert_eq!(&*name.name, "example.com");
                name.pid
            }
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(pid_of(3008), Some(Pid(1_000)));
    assert_eq!(pid_of(3018), None);
}

#[test]
fn libraries_inside_of_a_program_speak_for_it() {
    let text = |text: &str| -> Vec<u8> { text.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect() };
    let looked_up = [text("Name.Example."), vec![0; 4], text("192.0.2.1;2001:db8::1;")].concat();
    let end = |port: u16, last: u8| [&[2, 0][..], &port.to_be_bytes(), &[10, 0, 0, last], &[0; 8]].concat();
    let connected = [
        &[0; 12][..],
        &[6, 0, 0, 0, 16, 0, 0, 0],
        &end(50_000, 5),
        &[16, 0, 0, 0],
        &end(443, 9),
    ]
    .concat();
    let mut statements = Statements::default();
    let mut of = |provider, id, version, payload| {
        statements.of(&Event {
            time: at(1),
            process_id: Some(77),
            ..event(provider, id, version, payload)
        })
    };
    let winsock = "55404e71-4db9-4deb-a5f5-8f86e46dde56";
    let Some(Statement::Name(name)) = of(winsock, 1001, 0, &looked_up) else {
        panic!("no name");
    };
    assert_eq!(
        (&*name.name, name.pid, name.status),
        ("name.example", Some(Pid(77)), Some(0))
    );
    assert_eq!(name.addresses.len(), 2);
    let literal = [text("192.0.2.1"), vec![0; 4], text("192.0.2.1;")].concat();
    assert_eq!(of(winsock, 1001, 0, &literal), None);
    let wininet = "43d1a55c-76d6-4f7e-995c-64c711e5cafe";
    let Some(Statement::Connection(connection)) = of(wininet, 1046, 1, &connected) else {
        panic!("no connection");
    };
    assert_eq!(
        (connection.kind, connection.pid),
        (ConnectionKind::Requested, Some(Pid(77)))
    );
    assert_eq!(connection.remote.unwrap().to_string(), "10.0.0.9:443");
}

#[test]
fn the_kernel_logger_names_processes_and_the_ends_of_connections() {
    let connect = [
        &4_242_u32.to_le_bytes()[..],
        &[0; 4],
        &[192, 0, 2, 1],
        &[10, 0, 0, 5],
        &443_u16.to_be_bytes(),
        &50_000_u16.to_be_bytes(),
    ]
    .concat();
    let kernel = Event {
        origin: Origin::Kernel,
        opcode: 12,
        time: at(1),
        ..event("9a280ac0-c8e0-11d1-84e2-00c04fb998a2", 6, 2, &connect)
    };
    let Some(Statement::Connection(connection)) = Statements::default().of(&kernel) else {
        panic!("no statement");
    };
    assert_eq!(connection.local.unwrap().to_string(), "10.0.0.5:50000");
    assert_eq!(connection.remote.unwrap().to_string(), "192.0.2.1:443");
    assert_eq!(connection.pid, Some(Pid(4_242)));
}

#[test]
fn the_ends_of_a_datagram_that_came_in_are_told_by_what_is_known_of_the_host() {
    let datagram = |source: u8, destination: u8| {
        let address = |last| [10, 0, 0, last];
        [
            &[4, 0, 0, 0, 9, 0, 0, 0][..],
            &address(destination),
            &address(source),
            &[0, 53, 0xc3, 0x50],
            &[0; 12],
        ]
        .concat()
    };
    let (sent, foreign) = (datagram(5, 1), datagram(7, 255));
    let mut statements = Statements::default();
    let mut ends = |id, payload| {
        let seen = Event {
            time: at(1),
            ..event("7dd42a49-5329-4832-8dfd-43d979153a88", id, 0, payload)
        };
        match statements.of(&seen) {
            Some(Statement::Connection(connection)) => {
                [connection.local, connection.remote].map(|end| end.map(|end| end.to_string()))
            }
            other => panic!("{other:?}"),
        }
    };
    let text = |text: &str| Some(text.to_owned());
    let back = datagram(1, 5);
    assert_eq!(ends(43, &back), [None, None], "nothing is known of the host yet");
    assert_eq!(ends(42, &sent), [text("10.0.0.5:50000"), text("10.0.0.1:53")]);
    assert_eq!(ends(43, &sent), [text("10.0.0.5:50000"), text("10.0.0.1:53")]);
    assert_eq!(ends(43, &back), [text("10.0.0.5:53"), text("10.0.0.1:50000")]);
    assert_eq!(ends(43, &foreign), [None, None]);
}
