//! Which packets make a flow, who opened it, how it went and how it ended.

use whotalks_record::{CloseReason, Initiator, Nanoseconds, Traffic};

use crate::support::{ACK, CLIENT, Capture, FIN, RST, SERVER, SYN, ipv4, tcp, udp, udp_datagram};

const MILLISECOND: Nanoseconds = Nanoseconds::from_milliseconds(1);

#[test]
fn a_whole_connection_is_one_flow_with_its_round_trip() {
    let mut capture = Capture::handshake(CLIENT, SERVER);
    capture.add(30, tcp(CLIENT, SERVER, ACK, 100, 500, b"question"));
    capture.add(50, tcp(SERVER, CLIENT, ACK, 500, 108, b"long answer"));
    capture.add(60, tcp(CLIENT, SERVER, FIN | ACK, 108, 511, b""));
    capture.add(80, tcp(SERVER, CLIENT, FIN | ACK, 511, 109, b""));
    capture.add(81, tcp(CLIENT, SERVER, ACK, 109, 512, b""));
    let heard = capture.read();
    assert_eq!(heard.flows.len(), 1);
    let flow = &heard.flows[0];
    assert_eq!(flow.key.to_string(), "TCP 10.0.0.1:50000 → 192.0.2.9:443");
    assert_eq!(flow.initiator, Initiator::Syn);
    assert_eq!(
        flow.sent,
        Traffic {
            packets: 5,
            ip_bytes: 208,
            payload_bytes: 8
        }
    );
    assert_eq!(
        flow.received,
        Traffic {
            packets: 3,
            ip_bytes: 131,
            payload_bytes: 11
        }
    );
    assert_eq!(flow.last.unwrap() - flow.first.unwrap(), MILLISECOND.times(81));
    let tcp = flow.tcp.unwrap();
    assert_eq!(
        (tcp.syn_to_syn_ack, tcp.syn_ack_to_ack),
        (Some(MILLISECOND.times(20)), Some(MILLISECOND))
    );
    assert_eq!(tcp.initial_rtt(), Some(MILLISECOND.times(21)));
    assert_eq!(tcp.close, CloseReason::Finished);
    assert_eq!(
        (tcp.client_flags.0, tcp.server_flags.0),
        (FIN | SYN | ACK, FIN | SYN | ACK)
    );
}

#[test]
fn a_repeated_syn_is_the_same_connection_and_the_last_one_counts() {
    let mut capture = Capture::default();
    capture.add(0, tcp(CLIENT, SERVER, SYN, 99, 0, b""));
    capture.add(1000, tcp(CLIENT, SERVER, SYN, 99, 0, b""));
    capture.add(1020, tcp(SERVER, CLIENT, SYN | ACK, 499, 100, b""));
    capture.add(1021, tcp(CLIENT, SERVER, ACK, 100, 500, b""));
    let heard = capture.read();
    assert_eq!(heard.flows.len(), 1);
    assert_eq!(heard.flows[0].tcp.unwrap().initial_rtt(), Some(MILLISECOND.times(21)));
}

#[test]
fn a_syn_with_another_number_is_another_connection() {
    let mut capture = Capture::handshake(CLIENT, SERVER);
    capture.add(50, tcp(CLIENT, SERVER, SYN, 7_000, 0, b""));
    let heard = capture.read();
    let reasons: Vec<_> = heard.flows.iter().map(|flow| flow.tcp.unwrap().close).collect();
    assert_eq!(reasons, [CloseReason::Reused, CloseReason::Unanswered]);
    assert_eq!(heard.flows.iter().map(|flow| flow.id.0).collect::<Vec<_>>(), [0, 1]);
}

#[test]
fn the_two_ways_to_get_nowhere_are_told_apart() {
    let mut refused = Capture::default();
    refused.add(0, tcp(CLIENT, SERVER, SYN, 99, 0, b""));
    refused.add(5, tcp(SERVER, CLIENT, RST | ACK, 0, 100, b""));
    let tcp_summary = refused.read().flows[0].tcp.unwrap();
    assert_eq!(tcp_summary.close, CloseReason::ServerReset);
    assert_eq!(
        (tcp_summary.initial_rtt(), tcp_summary.syn_to_syn_ack),
        (Some(MILLISECOND.times(5)), None)
    );

    let mut silent = Capture::default();
    silent.add(0, tcp(CLIENT, SERVER, SYN, 99, 0, b""));
    let flow = &silent.read().flows[0];
    assert_eq!(flow.tcp.unwrap().close, CloseReason::Unanswered);
    assert!(flow.is_unanswered());
}

#[test]
fn who_resets_is_said() {
    let mut capture = Capture::handshake(CLIENT, SERVER);
    capture.add(30, tcp(CLIENT, SERVER, RST, 100, 0, b""));
    assert_eq!(capture.read().flows[0].tcp.unwrap().close, CloseReason::ClientReset);
}

#[test]
fn a_syn_ack_shows_the_client_although_it_came_first() {
    let mut capture = Capture::default();
    capture.add(0, tcp(SERVER, CLIENT, SYN | ACK, 499, 100, b""));
    capture.add(1, tcp(CLIENT, SERVER, ACK, 100, 500, b""));
    let flow = capture.read().flows.remove(0);
    assert_eq!((flow.initiator, flow.key.client.port), (Initiator::SynAck, 50_000));
    assert_eq!((flow.sent.packets, flow.received.packets), (1, 1));
}

#[test]
fn packets_in_the_wrong_order_do_not_turn_a_connection_round() {
    let mut capture = Capture::handshake(CLIENT, SERVER);
    capture.0.swap(0, 2);
    let flow = capture.read().flows.remove(0);
    assert_eq!(
        (flow.initiator, flow.key.client.port, flow.sent.packets),
        (Initiator::SynAck, 50_000, 2)
    );
}

#[test]
fn content_shows_the_client_where_the_beginning_is_missing() {
    let mut capture = Capture::default();
    capture.add(0, tcp(SERVER, CLIENT, ACK, 500, 100, b"HTTP/1.1 200 OK\r\n\r\n"));
    let flow = capture.read().flows.remove(0);
    assert_eq!((flow.initiator, flow.key.client.port), (Initiator::Content, 50_000));
    let mut capture = Capture::default();
    capture.add(0, tcp(SERVER, CLIENT, ACK, 500, 100, b"\x00\x01\x02"));
    let flow = capture.read().flows.remove(0);
    assert_eq!((flow.initiator, flow.key.client.port), (Initiator::FirstPacket, 443));
}

#[test]
fn silence_beyond_the_limit_ends_a_flow_at_once() {
    let mut capture = Capture::default();
    capture.add(0, udp(CLIENT, SERVER, b"one"));
    capture.add(299_000, udp(CLIENT, SERVER, b"two"));
    capture.add(599_001, udp(CLIENT, SERVER, b"three"));
    capture.add(599_002, udp(CLIENT, ([10, 9, 9, 9], 1), b"another"));
    let heard = capture.read();
    assert_eq!(
        heard.flows.iter().map(|flow| flow.sent.packets).collect::<Vec<_>>(),
        [2, 1, 1]
    );
}

#[test]
fn fragments_belong_to_the_flow_of_their_first() {
    let datagram = udp_datagram(CLIENT, SERVER, &[7; 40]);
    let mut capture = Capture::default();
    capture.add(0, ipv4(CLIENT, SERVER, 17, 0x2000, &datagram[..24]));
    capture.add(1, ipv4(CLIENT, SERVER, 17, 0x0003, &datagram[24..]));
    let heard = capture.read();
    assert_eq!(heard.flows.len(), 1);
    assert_eq!((heard.flows[0].key.server.port, heard.flows[0].sent.packets), (443, 2));
}

#[test]
fn what_a_tunnel_holds_is_a_flow_though_it_came_in_fragments() {
    const IP_IN_IP: u8 = 4;
    let (near, far) = (([198, 51, 100, 1], 0), ([198, 51, 100, 2], 0));
    let inner = tcp(CLIENT, SERVER, SYN, 99, 0, &[7; 40]);
    let mut capture = Capture::default();
    capture.add(0, ipv4(near, far, IP_IN_IP, 0x2000, &inner[..48]));
    capture.add(1, ipv4(near, far, IP_IN_IP, 0x0006, &inner[48..]));
    let heard = capture.read();
    let flow = |port: u16| heard.flows.iter().find(|flow| flow.key.server.port == port).unwrap();
    assert_eq!(heard.flows.len(), 2);
    assert_eq!(flow(0).sent.packets, 2);
    assert_eq!((flow(443).sent.packets, flow(443).key.client.port), (1, CLIENT.1));
}

#[test]
fn one_direction_of_a_connection_shows_that_it_was_answered() {
    let mut capture = Capture::default();
    capture.add(0, tcp(CLIENT, SERVER, SYN, 99, 0, b""));
    capture.add(20, tcp(CLIENT, SERVER, ACK, 100, 500, b""));
    capture.add(30, tcp(CLIENT, SERVER, ACK, 100, 500, b"question"));
    let heard = capture.read();
    assert_eq!(heard.flows[0].tcp.unwrap().close, CloseReason::CaptureEnded);
}

#[test]
fn a_client_whose_bytes_were_cut_is_told_from_one_that_is_whole() {
    for (cut, snapped) in [(0, false), (4, true), (8, true)] {
        let mut capture = Capture::handshake(CLIENT, SERVER);
        let whole = tcp(CLIENT, SERVER, ACK, 100, 500, b"question");
        capture.add_cut(30, whole, cut);
        let heard = capture.read();
        assert_eq!(heard.flows[0].snapped, snapped, "{cut} bytes cut");
    }
}

#[test]
fn what_the_server_sent_may_be_cut_without_hiding_a_name() {
    let mut capture = Capture::handshake(CLIENT, SERVER);
    capture.add_cut(30, tcp(SERVER, CLIENT, ACK, 500, 100, b"long answer"), 6);
    assert!(!capture.read().flows[0].snapped);
}
