//! Messages within connections.

use whotalks_record::ApplicationProtocol;
use whotalks_session::streams::Way;
use whotalks_session::streams::pdus::Payload;

use crate::support::*;

/// What both sides send one after the other, in pieces of at most so many bytes, each acknowledged.
fn exchange(messages: &[(bool, &[u8])], piece: usize) -> Vec<(i64, Segment)> {
    let (mut at, mut next) = (100, [1u32, 1]);
    let mut segments = Vec::new();
    for (by_client, message) in messages {
        for data in message.chunks(piece) {
            let [client_next, server_next] = next;
            let segment = if *by_client {
                client(ACK | PSH, client_next, server_next, data)
            } else {
                server(ACK | PSH, server_next, client_next, data)
            };
            next[usize::from(!by_client)] += data.len() as u32;
            segments.push((at, segment));
            at += 1;
        }
    }
    after_handshake(segments)
}

fn lengths(said: &[Said]) -> Vec<(ApplicationProtocol, u64)> {
    let told = said.iter().flat_map(|said| &said.told);
    told.map(|told| (told.protocol, told.length)).collect()
}

const REQUEST: &[u8] = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nbody";
const RESPONSE: &[u8] = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n";

#[test]
fn a_proxy_that_calls_out_itself_is_entered() {
    let said = analyse(&exchange(
        &[
            (false, b"\x05\x01\x00"),
            (true, b"\x05\x00"),
            (false, b"\x05\x01\x00\x03\x0bexample.org\x00\x50"),
            (true, b"\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00"),
            (false, b"GET / HTTP/1.1\r\nHost: www.example.org\r\n\r\n"),
        ],
        500,
    ));
    let told = lengths(&said);
    assert_eq!(
        told.first().map(|(protocol, _)| *protocol),
        Some(ApplicationProtocol::Socks5)
    );
    assert_eq!(
        told.last().map(|(protocol, _)| *protocol),
        Some(ApplicationProtocol::Http1)
    );
}

#[test]
fn http_messages_are_told_whole_however_they_are_cut() {
    for piece in [1, 2, 7, 30, 500] {
        let said = analyse(&exchange(&[(true, REQUEST), (false, RESPONSE), (true, REQUEST)], piece));
        let http = ApplicationProtocol::Http1;
        let expected = [
            (http, REQUEST.len() as u64),
            (http, RESPONSE.len() as u64),
            (http, REQUEST.len() as u64),
        ];
        assert_eq!(lengths(&said), expected, "pieces of {piece}");
        assert_eq!(said.last().unwrap().shown, [http]);
    }
}

#[test]
fn a_header_of_the_proxy_protocol_is_passed_over() {
    let line = b"PROXY TCP4 192.0.2.1 192.0.2.2 50000 80\r\n";
    let binary = b"\r\n\r\n\0\r\nQUIT\n\x21\x11\0\x0c0123456789ab";
    for header in [&line[..], binary] {
        for piece in [20, 45, 500] {
            let said = analyse(&exchange(
                &[(true, &[header, REQUEST].concat()), (false, RESPONSE)],
                piece,
            ));
            let http = ApplicationProtocol::Http1;
            let expected = [(http, REQUEST.len() as u64), (http, RESPONSE.len() as u64)];
            assert_eq!(lengths(&said), expected, "pieces of {piece}");
        }
    }
}

#[test]
fn several_messages_in_one_segment_are_told_one_by_one() {
    let said = analyse(&exchange(&[(true, &[REQUEST, REQUEST].concat())], 500));
    assert_eq!(said[3].payload, Payload::Pdus(2));
    assert_eq!(said[3].shown, [ApplicationProtocol::Http1]);
}

#[test]
fn a_body_without_length_ends_with_the_connection() {
    let head = b"HTTP/1.0 200 OK\r\nContent-Type: a/b\r\n\r\n";
    let mut segments = exchange(
        &[(true, b"GET / HTTP/1.0\r\n\r\n"), (false, head), (false, b"body")],
        500,
    );
    let next = 1 + head.len() as u32 + 4;
    segments.push((200, server(FIN | ACK, next, 19, b"")));
    let said = analyse(&segments);
    assert_eq!(said[4].payload, Payload::Begins);
    assert_eq!(said[5].payload, Payload::Waiting);
    assert_eq!(said[6].told[0].length, head.len() as u64 + 4);
    assert_eq!((said[6].told[0].first_frame, said[6].told[0].way), (5, Way::Back));
}

fn record(kind: u8, content: &[u8]) -> Vec<u8> {
    [&[kind, 3, 3][..], &(content.len() as u16).to_be_bytes(), content].concat()
}

/// A ClientHello of TLS 1.2 without extensions.
fn client_hello() -> Vec<u8> {
    let body = [&[3, 3][..], &[7; 32], &[0, 0, 2, 0, 47, 1, 0]].concat();
    [&[1, 0, 0, body.len() as u8][..], &body].concat()
}

#[test]
fn handshake_messages_over_several_records_are_put_together() {
    let hello = client_hello();
    let (first, second) = hello.split_at(20);
    let bytes = [
        record(22, first),
        record(22, second),
        record(20, &[1]),
        record(22, &[9; 40]),
    ]
    .concat();
    let said = analyse(&exchange(&[(true, &bytes)], 500));
    let told: Vec<_> = said[3].told.iter().map(|told| told.handshake.clone()).collect();
    assert_eq!(told, [vec![], hello, vec![], vec![]]);
}

#[test]
fn tls_is_shown_where_a_record_begins_and_where_it_ends() {
    let long = record(23, &[1; 3_000]);
    let said = analyse(&exchange(&[(true, &record(22, &client_hello())), (true, &long)], 1_400));
    let payloads: Vec<_> = said[3..].iter().map(|said| said.payload).collect();
    assert_eq!(
        payloads,
        [Payload::Pdus(1), Payload::Begins, Payload::Waiting, Payload::Pdus(1)]
    );
    let shown: Vec<_> = said[3..].iter().map(|said| said.shown.len()).collect();
    assert_eq!(shown, [1, 1, 0, 1]);
    assert_eq!(said[6].told[0].length, 3_005);
    assert!(said[6].told[0].head.len() < 3_005, "what is encrypted is not kept");
}

#[test]
fn the_byte_of_a_keep_alive_is_none_of_any_message() {
    let hello = record(22, &client_hello());
    let end = hello.len() as u32;
    let said = analyse(&after_handshake(vec![
        (50, client(ACK | PSH, 1, 1, &hello)),
        (51, server(ACK, 1, 1 + end, b"")),
        (9_000, client(ACK, end, 1, &[0])),
    ]));
    assert_eq!(said[5].payload, Payload::Unknown);
    assert!(said[5].shown.is_empty() && said[5].told.is_empty());
}

#[test]
fn what_connect_opened_is_recognised_within_the_tunnel() {
    let hello = record(22, &client_hello());
    let messages: [(bool, &[u8]); 3] = [
        (true, b"CONNECT a:443 HTTP/1.1\r\n\r\n"),
        (false, b"HTTP/1.1 200 OK\r\n\r\n"),
        (true, &hello),
    ];
    let said = analyse(&exchange(&messages, 500));
    assert_eq!(
        said.last().unwrap().shown,
        [ApplicationProtocol::HttpConnect, ApplicationProtocol::Tls]
    );
}

#[test]
fn an_upgrade_to_websocket_shows_both() {
    let messages: [(bool, &[u8]); 3] = [
        (true, b"GET / HTTP/1.1\r\nUpgrade: websocket\r\n\r\n"),
        (false, b"HTTP/1.1 101 Switching\r\nUpgrade: websocket\r\n\r\n"),
        (false, &[0x81, 2, b'h', b'i']),
    ];
    let said = analyse(&exchange(&messages, 500));
    assert_eq!(
        said.last().unwrap().shown,
        [ApplicationProtocol::Http1, ApplicationProtocol::WebSocket]
    );
}

#[test]
fn a_message_with_a_repeated_part_is_told_but_hidden_as_wireshark_hides_it() {
    let (first, second) = REQUEST.split_at(30);
    let said = analyse(&after_handshake(vec![
        (50, client(ACK, 1, 1, first)),
        (51, server(ACK, 1, 1 + REQUEST.len() as u32, b"")),
        (90, client(ACK, 31, 1, second)),
    ]));
    let told = &said[5].told[0];
    assert!(told.is_hidden && told.length == REQUEST.len() as u64);
    assert_eq!(said[5].shown, []);
}

#[test]
fn a_gap_within_a_message_is_waited_for() {
    let said = analyse(&after_handshake(vec![
        (50, client(ACK, 1, 1, &REQUEST[..40])),
        (51, client(ACK, 46, 1, &REQUEST[45..])),
        (52, client(ACK, 41, 1, &REQUEST[40..45])),
    ]));
    let told: Vec<_> = said.iter().flat_map(|said| &said.told).collect();
    assert_eq!(told.len(), 1);
    assert_eq!((&told[0].head[..], told[0].frame), (REQUEST, 6));
}
