//! What does not fit is given up, counted and said.

use whotalks_record::{CloseReason, IssueKind};
use whotalks_session::Limits;

use crate::support::{ACK, CLIENT, Capture, FIN, SERVER, SYN, client_hello, tcp, udp};

fn client(number: u16) -> crate::support::End {
    (CLIENT.0, 10_000 + number)
}

#[test]
fn the_longest_silent_flow_gives_way_and_is_counted() {
    let mut capture = Capture::default();
    for number in 0..5 {
        capture.add(number.into(), tcp(client(number), SERVER, SYN, 1, 0, b""));
        capture.add(number.into(), tcp(SERVER, client(number), SYN | ACK, 1, 2, b""));
    }
    let heard = capture.read_within(Limits {
        flows: 3,
        ..Limits::default()
    });
    let ends: Vec<_> = heard
        .flows
        .iter()
        .map(|flow| (flow.id.0, flow.tcp.unwrap().close))
        .collect();
    let (evicted, open) = (CloseReason::Evicted, CloseReason::CaptureEnded);
    assert_eq!(ends, [(0, evicted), (1, evicted), (2, open), (3, open), (4, open)]);
    let counted = IssueKind::BoundReached {
        bound: "session.flows",
        limit: 3,
        count: 2,
    };
    assert_eq!(
        heard.issues.iter().map(|issue| &issue.kind).collect::<Vec<_>>(),
        [&counted]
    );
}

#[test]
fn ended_flows_give_way_first_and_are_no_loss() {
    let mut capture = Capture::default();
    capture.add(0, tcp(client(0), SERVER, SYN, 1, 0, b""));
    capture.add(1, tcp(client(1), SERVER, FIN | ACK, 1, 1, b""));
    capture.add(1, tcp(SERVER, client(1), FIN | ACK, 1, 2, b""));
    capture.add(2, tcp(client(2), SERVER, SYN, 1, 0, b""));
    let heard = capture.read_within(Limits {
        flows: 2,
        ..Limits::default()
    });
    assert_eq!(heard.flows.iter().map(|flow| flow.id.0).collect::<Vec<_>>(), [1, 0, 2]);
    assert_eq!(heard.flows[0].tcp.unwrap().close, CloseReason::Finished);
    assert_eq!(heard.issues.len(), 0);
}

#[test]
fn a_handshake_under_way_is_not_split_while_a_silent_flow_can_go() {
    let mut capture = Capture::default();
    capture.add(0, udp(client(0), SERVER, b"once"));
    capture.add(9_990, tcp(client(1), SERVER, SYN, 1, 0, b""));
    capture.add(10_000, tcp(client(2), SERVER, SYN, 1, 0, b""));
    capture.add(10_010, tcp(SERVER, client(1), SYN | ACK, 1, 2, b""));
    let heard = capture.read_within(Limits {
        flows: 2,
        ..Limits::default()
    });
    let ports: Vec<u16> = heard.flows.iter().map(|flow| flow.key.client.port).collect();
    assert_eq!(ports.len(), 3, "{ports:?}");
    assert_eq!(ports[0], client(0).1);
}

#[test]
fn established_flows_outlast_a_flood_of_openings() {
    let mut capture = Capture::handshake(CLIENT, SERVER);
    for number in 0..50 {
        capture.add(20_000 + i64::from(number), tcp(client(number), SERVER, SYN, 1, 0, b""));
    }
    capture.add(20_100, tcp(CLIENT, SERVER, ACK, 100, 500, b"question"));
    let heard = capture.read_within(Limits {
        flows: 10,
        ..Limits::default()
    });
    let of_client = heard.flows.iter().filter(|flow| flow.key.client.port == CLIENT.1);
    assert_eq!(of_client.count(), 1);
}

#[test]
fn streams_beyond_the_budget_are_not_followed() {
    let hello = client_hello("www.example.com", 2_000);
    let capture = Capture::exchange(&[(true, &hello[..1_000]), (true, &hello[1_000..])]);
    let heard = capture.read_within(Limits {
        reassembly_bytes: 999,
        ..Limits::default()
    });
    assert_eq!(heard.names.len(), 0);
    let counted = IssueKind::BoundReached {
        bound: "session.reassembly_bytes",
        limit: 999,
        count: 1,
    };
    assert_eq!(
        heard.issues.iter().map(|issue| &issue.kind).collect::<Vec<_>>(),
        [&counted]
    );
    assert_eq!(capture.read().names.len(), 1, "within the default it is");
}

#[test]
fn a_hello_larger_than_what_is_held_ends_the_search() {
    let hello = client_hello("www.example.com", 40_000);
    let segments: Vec<_> = hello.chunks(1_400).map(|segment| (true, segment)).collect();
    let heard = Capture::exchange(&segments).read();
    assert_eq!((heard.names.len(), heard.issues.len(), heard.flows.len()), (0, 0, 1));
}
