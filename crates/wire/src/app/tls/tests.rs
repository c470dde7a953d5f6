//! A hello, built by hand.

use std::borrow::Cow;

use proptest::prelude::*;

use super::*;
use crate::Stop;

fn extension(kind: u16, data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(data.len()).unwrap();
    [&kind.to_be_bytes()[..], &length.to_be_bytes(), data].concat()
}

/// A handshake message: a hello for `example.com` with ALPN, versions and ECH.
fn hello() -> Vec<u8> {
    let extensions = [
        extension(0x0a0a, &[]),
        extension(0, b"\0\x0e\0\0\x0bExample.com"),
        extension(16, b"\0\x0c\x02h2\x08http/1.1"),
        extension(43, &[4, 3, 4, 3, 3]),
        extension(0xfe0d, &[0, 0, 1, 0, 1, 7]),
    ]
    .concat();
    let mut body = vec![3, 3];
    body.extend([7; 32]);
    body.extend([0, 0, 4, 0x13, 0x01, 0xc0, 0x2f, 1, 0]);
    body.extend(u16::try_from(extensions.len()).unwrap().to_be_bytes());
    body.extend(extensions);
    let length = u32::try_from(body.len()).unwrap().to_be_bytes();
    [&[1, length[1], length[2], length[3]], &body[..]].concat()
}

fn records(message: &[u8], fragment_bytes: usize) -> Vec<u8> {
    let record = |fragment: &[u8]| {
        let length = u16::try_from(fragment.len()).unwrap().to_be_bytes();
        [&[22, 3, 1, length[0], length[1]], fragment].concat()
    };
    message.chunks(fragment_bytes).flat_map(record).collect()
}

#[test]
fn everything_a_hello_says_is_read() {
    let stream = records(&hello(), 4096);
    let body = client_hello_body(&stream).unwrap();
    assert!(matches!(body, Cow::Borrowed(_)), "one record is not copied");
    let hello = ClientHello::parse(&body).unwrap();
    assert_eq!(hello.server_name(), Some(&b"Example.com"[..]));
    assert_eq!(
        hello.application_protocols().collect::<Vec<_>>(),
        [&b"h2"[..], b"http/1.1"]
    );
    assert_eq!(
        hello.supported_versions().collect::<Vec<_>>(),
        [Version::TLS_1_3, Version::TLS_1_2]
    );
    assert_eq!(hello.cipher_suites().collect::<Vec<_>>(), [0x1301, 0xc02f]);
    assert_eq!((hello.legacy_version(), hello.random()), (Version::TLS_1_2, &[7; 32]));
    assert!(hello.has_encrypted_hello());
    assert_eq!(hello.extensions().next().unwrap().kind, ExtensionType(0x0a0a));
}

#[test]
fn a_hello_spread_over_records_of_any_size_is_the_same() {
    let message = hello();
    for fragment_bytes in 1..message.len() {
        let stream = records(&message, fragment_bytes);
        assert_eq!(*client_hello_body(&stream).unwrap(), message[4..], "{fragment_bytes}");
    }
}

#[test]
fn every_shorter_prefix_needs_more() {
    let stream = records(&hello(), 40);
    for end in 0..stream.len() {
        assert_eq!(client_hello_body(&stream[..end]), Err(Unfinished::NeedMore), "{end}");
        assert_ne!(probe(&stream[..end], Direction::ToServer), Probe::NotMine, "{end}");
    }
    assert_eq!(probe(&stream[..6], Direction::ToServer), Probe::Certain);
}

#[test]
fn what_follows_the_hello_does_not_matter() {
    let stream = [records(&hello(), 4096), vec![0xff; 30]].concat();
    assert_eq!(*client_hello_body(&stream).unwrap(), hello()[4..]);
}

#[test]
fn a_hello_without_extensions_has_no_name() {
    let mut body = vec![3, 0];
    body.extend([0; 32]);
    body.extend([0, 0, 2, 0, 5, 1, 0]);
    let hello = ClientHello::parse(&body).unwrap();
    assert_eq!((hello.server_name(), hello.has_encrypted_hello()), (None, false));
    assert_eq!(hello.legacy_version(), Version::SSL_3_0);
}

#[test]
fn a_server_hello_is_no_client_hello() {
    let mut stream = records(&hello(), 4096);
    stream[5] = 2;
    assert!(matches!(
        client_hello_body(&stream),
        Err(Unfinished::Broken(Stop::Malformed { number: 2, .. }))
    ));
    assert_eq!(probe(&stream, Direction::ToClient), Probe::Certain);
}

#[test]
fn a_hello_tells_which_side_sent_it() {
    let mut stream = records(&hello(), 4096);
    assert_eq!(is_by_client(&stream), Some(true));
    stream[5] = 2;
    assert_eq!(is_by_client(&stream), Some(false));
    stream[5] = 11;
    assert_eq!((is_by_client(&stream), is_by_client(&stream[..5])), (None, None));
}

#[test]
fn records_in_the_middle_of_a_connection_are_tls_when_they_chain() {
    let data = [23, 3, 3, 0, 2, 9, 9];
    assert_eq!(probe(&data, Direction::ToServer), Probe::Unsure);
    assert_eq!(probe(&[data, data].concat(), Direction::ToServer), Probe::Certain);
    assert_eq!(
        probe(&[&data[..], b"text, not a record"].concat(), Direction::ToServer),
        Probe::NotMine
    );
    assert_eq!(probe(&[23, 3, 3, 0xff, 0xff, 9], Direction::ToServer), Probe::NotMine);
}

/// Extensions without a name, with three lists: as long as their numbers ask.
fn hello_of(ciphers: &[u16], extensions: &[(u16, Vec<u8>)]) -> Vec<u8> {
    let extensions: Vec<u8> = extensions
        .iter()
        .flat_map(|(kind, data)| extension(*kind, data))
        .collect();
    let ciphers: Vec<u8> = ciphers.iter().flat_map(|cipher| cipher.to_be_bytes()).collect();
    let mut body = vec![3, 3];
    body.extend([7; 32]);
    body.push(0);
    body.extend(u16::try_from(ciphers.len()).unwrap().to_be_bytes());
    body.extend(ciphers);
    body.extend([1, 0]);
    body.extend(u16::try_from(extensions.len()).unwrap().to_be_bytes());
    body.extend(extensions);
    body
}

fn counted(numbers: &[u16]) -> Vec<u8> {
    let bytes = numbers.iter().flat_map(|number| number.to_be_bytes());
    let length = u16::try_from(numbers.len() * 2).unwrap();
    length.to_be_bytes().into_iter().chain(bytes).collect()
}

/// The example of the specification of JA4, with reserved numbers put in.
fn example() -> Vec<u8> {
    let ciphers = [
        0x0a0a, 0x1301, 0x1302, 0x1303, 0xc02b, 0xc02f, 0xc02c, 0xc030, 0xcca9, 0xcca8, 0xc013, 0xc014, 0x009c, 0x009d,
        0x002f, 0x0035,
    ];
    let signatures = [0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501, 0x0806, 0x0601];
    let mut extensions: Vec<(u16, Vec<u8>)> = vec![(0x3a3a, vec![])];
    for kind in [
        0x001b, 0x0000, 0x0033, 0x0010, 0x4469, 0x0017, 0x002d, 0x000d, 0x0005, 0x0023, 0x0012, 0x002b, 0xff01, 0x000b,
        0x000a, 0x0015,
    ] {
        let data = match kind {
            0x0000 => b"\0\x0e\0\0\x0bexample.com".to_vec(),
            0x0010 => b"\0\x03\x02h2".to_vec(),
            0x000d => counted(&signatures),
            0x000a => counted(&[0x4a4a, 29, 23, 24]),
            0x000b => vec![1, 0],
            0x002b => vec![6, 0x1a, 0x1a, 3, 4, 3, 3],
            0x002d => vec![1, 1],
            0x0033 => [&[0, 9, 0x4a, 0x4a, 0, 1, 0][..], &[0, 29, 0, 0]].concat(),
            _ => vec![],
        };
        extensions.push((kind, data));
    }
    hello_of(&ciphers, &extensions)
}

#[test]
fn the_fingerprints_of_the_specifications_example_are_made() {
    let body = example();
    let hello = ClientHello::parse(&body).unwrap();
    assert_eq!(hello.ja4(Carrier::Tcp), "t13d1516h2_8daaf6152771_e5627efa2ab1");
    assert_eq!(
        hello.ja4_raw(Carrier::Quic),
        "q13d1516h2_002f,0035,009c,009d,1301,1302,1303,c013,c014,c02b,c02c,c02f,c030,cca8,cca9_\
         0005,000a,000b,000d,0012,0015,0017,001b,0023,002b,002d,0033,4469,ff01_\
         0403,0804,0401,0503,0805,0501,0806,0601"
    );
    assert_eq!(
        hello.ja3(),
        "771,4865-4866-4867-49195-49199-49196-49200-52393-52392-49171-49172-156-157-47-53,\
         27-0-51-16-17513-23-45-13-5-35-18-43-65281-11-10-21,29-23-24,0"
    );
    assert_eq!(ja3_hash("771,4865,,,"), "ea1e247991e541e39bf918cb7cfa5139");
}

#[test]
fn every_list_of_a_hello_is_read() {
    let body = example();
    let hello = ClientHello::parse(&body).unwrap();
    assert_eq!(hello.newest_version(), Version::TLS_1_3);
    assert_eq!(hello.supported_groups().collect::<Vec<_>>(), [0x4a4a, 29, 23, 24]);
    assert_eq!(hello.key_share_groups().collect::<Vec<_>>(), [0x4a4a, 29]);
    assert_eq!(hello.ec_point_formats(), [0]);
    assert_eq!(hello.psk_key_exchange_modes(), [1]);
    assert_eq!(hello.signature_algorithms().count(), 8);
    assert_eq!(
        (hello.session_id(), hello.cookie(), hello.compression_methods()),
        (&[][..], &[][..], &[0][..])
    );
}

#[test]
fn a_hello_that_says_nothing_has_empty_fingerprints() {
    let body = hello_of(&[], &[]);
    let hello = ClientHello::parse(&body).unwrap();
    assert_eq!(hello.ja4(Carrier::Dtls), "d12i000000_000000000000_000000000000");
    assert_eq!(hello.ja3(), "771,,,,");
}

fn ech(config: u8, key: &[u8]) -> Vec<u8> {
    let length = u16::try_from(key.len()).unwrap().to_be_bytes();
    [&[0, 0, 1, 0, 1, config][..], &length, key, &[0, 2, 8, 9]].concat()
}

#[test]
fn an_encrypted_hello_is_told_from_a_meaningless_one_only_where_the_protocol_lets_it() {
    let (first, again, second) = (ech(7, &[1; 32]), ech(7, &[1; 32]), ech(7, &[]));
    let parse = |data| EncryptedClientHello::parse(data).unwrap();
    assert_eq!(parse(&first).kind(), EchKind::Undecided);
    assert_eq!(parse(&again).kind_after(&parse(&first)), EchKind::Grease);
    assert_eq!(parse(&second).kind_after(&parse(&first)), EchKind::Real);
    assert_eq!((parse(&first).config_id, parse(&first).payload), (7, &[8, 9][..]));
    assert_eq!(EncryptedClientHello::parse(&[1]), None);
}

fn message(kind: u8, body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len()).unwrap().to_be_bytes();
    [&[kind, length[1], length[2], length[3]], body].concat()
}

fn server_hello(extensions: &[u8]) -> Vec<u8> {
    let length = u16::try_from(extensions.len()).unwrap().to_be_bytes();
    let body = [&[3, 3][..], &[9; 32], &[0, 0xc0, 0x2f, 0], &length, extensions].concat();
    message(2, &body)
}

/// A ServerHello of TLS 1.2 and two certificates that are no DER.
fn flight() -> Vec<u8> {
    let hello = server_hello(&[extension(0xff01, &[0]), extension(16, b"\0\x03\x02h2")].concat());
    let certificates = message(11, b"\0\0\x09\0\0\x02ab\0\0\x01c");
    [hello, certificates, message(14, &[])].concat()
}

#[test]
fn a_server_shows_its_certificates() {
    let stream = records(&flight(), 4096);
    let flight = server_flight(&stream).unwrap();
    let hello = flight.server_hello().unwrap();
    assert_eq!((hello.version(), hello.cipher_suite()), (Version::TLS_1_2, 0xc02f));
    assert_eq!(hello.application_protocol(), Some(&b"h2"[..]));
    assert_eq!(hello.ja3s(), "771,49199,65281-16");
    let found: Vec<_> = certificates(flight.certificates().unwrap()).collect();
    assert_eq!(found, [&b"ab"[..], b"c"]);
}

#[test]
fn a_flight_spread_over_records_of_any_size_is_the_same() {
    for fragment_bytes in 1..flight().len() {
        let stream = records(&flight(), fragment_bytes);
        let read = server_flight(&stream).unwrap();
        assert_eq!(
            certificates(read.certificates().unwrap()).count(),
            2,
            "{fragment_bytes}"
        );
    }
}

#[test]
fn a_flight_that_is_cut_off_needs_more_until_its_certificates_are_there() {
    let stream = records(&flight(), 40);
    let whole = stream.len() - 5 - 4;
    for end in 0..whole {
        match server_flight(&stream[..end]) {
            Err(Unfinished::NeedMore) => {}
            Ok(read) => assert!(read.certificates().is_some() && end > whole - 10, "{end}"),
            Err(broken) => panic!("{end}: {broken}"),
        }
    }
}

#[test]
fn behind_a_server_hello_of_tls_1_3_all_is_encrypted() {
    let hello = server_hello(&extension(43, &[3, 4]));
    let stream = records(&hello, 4096);
    let flight = server_flight(&stream).unwrap();
    let hello = flight.server_hello().unwrap();
    assert_eq!(
        (hello.version(), hello.legacy_version()),
        (Version::TLS_1_3, Version::TLS_1_2)
    );
    assert!(!hello.is_retry_request());
    assert_eq!(flight.certificates(), None);
}

#[test]
fn an_alert_ends_a_flight_and_says_why() {
    let stream = [21, 3, 3, 0, 2, 2, 40];
    let flight = server_flight(&stream).unwrap();
    assert_eq!(flight.server_hello(), None);
    let alert = super::records(&stream).next().unwrap().alert().unwrap();
    assert_eq!((alert.level, alert.description), (2, 40));
    assert!(matches!(server_flight(b"HTTP/1.1"), Err(Unfinished::Broken(_))));
}

#[test]
fn a_hello_of_dtls_is_read_from_its_datagram() {
    let body = &hello()[4..];
    let with_cookie = [&body[..35], &[2, 5, 6], &body[35..]].concat();
    let length = u32::try_from(with_cookie.len()).unwrap().to_be_bytes();
    let length = &length[1..];
    let piece = [&[1], length, &[0, 0, 0, 0, 0], length, &with_cookie].concat();
    let header = [22, 0xfe, 0xfd, 0, 0, 0, 0, 0, 0, 0, 0];
    let datagram = [&header[..], &u16::try_from(piece.len()).unwrap().to_be_bytes(), &piece].concat();
    assert_eq!(probe_datagram(&datagram, Direction::ToServer), Probe::Certain);
    let hello = ClientHello::parse_datagram(datagram_client_hello(&datagram).unwrap()).unwrap();
    assert_eq!(hello.cookie(), [5, 6]);
    assert_eq!(hello.server_name(), Some(&b"Example.com"[..]));
    assert_eq!(&hello.ja4(Carrier::Dtls)[..10], "d13d0204h2");
    for end in 0..datagram.len() {
        assert_eq!(datagram_client_hello(&datagram[..end]), None, "{end}");
        assert_ne!(
            probe_datagram(&datagram[..end], Direction::ToServer),
            Probe::Certain,
            "{end}"
        );
    }
}

proptest! {
    #[test]
    fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = (server_flight(&bytes), datagram_client_hello(&bytes), probe_datagram(&bytes, Direction::ToServer));
        prop_assert!(certificates(&bytes).map(<[u8]>::len).sum::<usize>() <= bytes.len());
        prop_assert!(super::records(&bytes).map(|record| record.fragment.len()).sum::<usize>() <= bytes.len());
        prop_assert!(messages(&bytes).map(|message| message.body.len()).sum::<usize>() <= bytes.len());
        let _ = Certificate::parse(&bytes);
        if let Ok(hello) = ClientHello::parse(&bytes) {
            prop_assert!(hello.ja4(Carrier::Tcp).len() == 36);
            let _ = (hello.ja3(), hello.encrypted_hello());
        }
        let _ = ServerHello::parse(&bytes).map(|hello| hello.ja3s());
    }

    #[test]
    fn a_damaged_hello_never_panics(changes in prop::collection::vec((0usize..150, any::<u8>()), 0..8), size in 1usize..200) {
        let mut stream = records(&hello(), size);
        for (at, value) in changes {
            if let Some(byte) = stream.get_mut(at) {
                *byte = value;
            }
        }
        if let Ok(body) = client_hello_body(&stream)
            && let Ok(hello) = ClientHello::parse(&body)
        {
            prop_assert!(hello.server_name().is_none_or(|name| name.len() <= stream.len()));
            prop_assert!(hello.application_protocols().count() <= stream.len());
            prop_assert!(hello.supported_versions().count() <= 127);
        }
    }
}
