//! A hello, built by hand.

use proptest::prelude::*;

use super::*;

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

proptest! {
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
