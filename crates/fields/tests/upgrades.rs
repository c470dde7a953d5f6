//! Protocols that turn into TLS: the name that the client asks for is a field, whatever came before.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "tests may stop, and say why"
)]

use whotalks_fields::{Extractor, Frame, find, info, text};
use whotalks_record::LinkType;

/// Raw IP.
const RAW: LinkType = LinkType(101);
const CLIENT_PORT: u16 = 40_000;

/// What somebody sends: whether it is the client, and its data.
type Line<'l> = (bool, &'l [u8]);

fn counted(bytes: &[u8]) -> Vec<u8> {
    [&(bytes.len() as u16).to_be_bytes()[..], bytes].concat()
}

/// A record of TLS with the hello of a client that asks for `name`.
fn client_hello(name: &str) -> Vec<u8> {
    let host = [&[0][..], &counted(name.as_bytes())].concat();
    let extension = [&[0, 0][..], &counted(&counted(&host))].concat();
    let body = [
        &[3, 3][..],
        &[7; 32],
        &[0, 0, 2, 0xc0, 0x2f, 1, 0],
        &counted(&extension),
    ]
    .concat();
    let message = [&[1, 0][..], &counted(&body)].concat();
    [&[22, 3, 1][..], &counted(&message)].concat()
}

/// The frames of a connection to `port`.
fn frames(port: u16, lines: &[Line<'_>]) -> Vec<Vec<u8>> {
    let mut sent = [0_u32; 2];
    let mut frames = Vec::new();
    for (is_client, data) in lines {
        let [own, other] = if *is_client { [0, 1] } else { [1, 0] };
        let ends: [[u8; 2]; 2] = [CLIENT_PORT.to_be_bytes(), port.to_be_bytes()];
        let mut frame = vec![0x45, 0];
        frame.extend((40 + data.len() as u16).to_be_bytes());
        frame.extend([0, 7, 0x40, 0, 64, 6, 0, 0]);
        frame.extend([10, 0, 0, own as u8, 10, 0, 0, other as u8]);
        frame.extend([ends[own], ends[other]].concat());
        frame.extend((1000 + sent[own]).to_be_bytes());
        frame.extend((1000 + sent[other]).to_be_bytes());
        frame.extend([0x50, 0x18, 0xff, 0xff, 0, 0, 0, 0]);
        frame.extend(*data);
        sent[own] += data.len() as u32;
        frames.push(frame);
    }
    frames
}

/// The values of a field in all frames of a connection.
fn values(name: &str, port: u16, lines: &[Line<'_>]) -> Vec<String> {
    let id = find(name).expect("a field");
    let mut extractor = Extractor::new(std::iter::once(id).collect());
    let mut values = Vec::new();
    for (number, data) in (1..).zip(&frames(port, lines)) {
        let fields = extractor.frame(&Frame {
            number,
            time: None,
            link_type: RAW,
            data,
            original_length: data.len() as u32,
            interface: None,
            comments: &[],
        });
        values.extend(fields.of(id).map(|value| text(info(id).expect("a field"), value)));
    }
    values
}

fn asked_for(port: u16, lines: &[Line<'_>]) -> Vec<String> {
    values("tls.handshake.extensions_server_name", port, lines)
}

const WISH_OF_POSTGRESQL: &[u8] = &[0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f];
const START_TLS: &[u8] = b"\x30\x1d\x02\x01\x01\x77\x18\x80\x161.3.6.1.4.1.1466.20037";

#[test]
fn postgresql_turns_into_tls_where_the_server_grants_it() {
    let hello = client_hello("db.example");
    let granted: [Line<'_>; 3] = [(true, WISH_OF_POSTGRESQL), (false, b"S"), (true, &hello)];
    assert_eq!(asked_for(5432, &granted), ["db.example"]);
    assert_eq!(values("pgsql.type", 5432, &granted), ["SSL request"]);
    let refused: [Line<'_>; 3] = [(true, WISH_OF_POSTGRESQL), (false, b"N"), (true, &hello)];
    assert!(asked_for(5432, &refused).is_empty());
}

#[test]
fn ldap_turns_into_tls_where_the_server_grants_it() {
    let hello = client_hello("dc.example");
    let answer = |code| [b"\x30\x0c\x02\x01\x01\x78\x07\x0a\x01", &[code][..], b"\x04\0\x04\0"].concat();
    let (success, refusal) = (answer(0), answer(52));
    let granted: [Line<'_>; 3] = [(true, START_TLS), (false, &success), (true, &hello)];
    assert_eq!(asked_for(389, &granted), ["dc.example"]);
    assert_eq!(values("ldap.requestName", 389, &granted), ["1.3.6.1.4.1.1466.20037"]);
    let refused: [Line<'_>; 3] = [(true, START_TLS), (false, &refusal), (true, &hello)];
    assert!(asked_for(389, &refused).is_empty());
}

#[test]
fn sql_server_has_the_handshake_of_tls_in_its_own_packets() {
    let packet = |data: &[u8]| {
        let length = (8 + data.len() as u16).to_be_bytes();
        [&[18, 1, length[0], length[1], 0, 0, 1, 0], data].concat()
    };
    let pre_login = packet(&[0, 0, 6, 0, 6, 0xff, 1, 2, 3, 4, 0, 0]);
    let hello = packet(&client_hello("sql.example"));
    let lines: [Line<'_>; 2] = [(true, &pre_login), (true, &hello)];
    assert_eq!(asked_for(1433, &lines), ["sql.example"]);
    assert_eq!(values("tds.type", 1433, &lines), ["18", "18"]);
}
