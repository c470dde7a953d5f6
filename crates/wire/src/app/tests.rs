//! The tables as a whole.

use proptest::prelude::*;

use super::*;

#[test]
fn a_protocol_is_recognised_by_its_content() {
    let stream = |bytes, direction| recognise(bytes, Carrier::Stream, direction);
    let certain = Recognition::Certain;
    assert_eq!(
        stream(b"GET / HTTP/1.1\r\n", Direction::ToServer),
        certain(ApplicationProtocol::Http1)
    );
    assert_eq!(
        stream(b"HTTP/1.1 200 OK\r\n", Direction::ToClient),
        certain(ApplicationProtocol::Http1)
    );
    assert_eq!(
        stream(&[0x16, 3, 1, 0, 5, 1], Direction::ToServer),
        certain(ApplicationProtocol::Tls)
    );
    assert_eq!(
        stream(b"\x04\x01\x00\x50\x7f\x00\x00\x01\x00", Direction::ToServer),
        certain(ApplicationProtocol::Socks4)
    );
    assert_eq!(
        stream(b"nothing that is known\r\n", Direction::ToClient),
        Recognition::Unknown
    );
}

#[test]
fn too_few_bytes_leave_it_open() {
    assert_eq!(
        recognise(&[0x16, 3], Carrier::Stream, Direction::ToServer),
        Recognition::Unsure(ApplicationProtocol::Tls)
    );
    assert!(matches!(
        recognise(b"GE", Carrier::Stream, Direction::ToServer),
        Recognition::Unsure(_)
    ));
}

/// The first bytes of one side, and what they are.
struct Sample {
    word: &'static str,
    carrier: Carrier,
    direction: Direction,
    bytes: Vec<u8>,
}

fn samples() -> Vec<Sample> {
    let lines = include_str!("../../testdata/app/samples.txt").lines();
    lines.filter(|line| !line.starts_with('#')).map(sample).collect()
}

fn sample(line: &'static str) -> Sample {
    let words: Vec<&str> = line.splitn(4, ' ').collect();
    let &[word, carrier, side, bytes] = words.as_slice() else {
        panic!("{line}")
    };
    let carrier = match carrier {
        "stream" => Carrier::Stream,
        "datagram" => Carrier::Datagram,
        other => panic!("{other}"),
    };
    let direction = match side {
        "client" => Direction::ToServer,
        "server" => Direction::ToClient,
        other => panic!("{other}"),
    };
    Sample {
        word,
        carrier,
        direction,
        bytes: unescape(bytes),
    }
}

fn unescape(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        bytes.extend(&rest.as_bytes()[..at]);
        let (byte, length) = match &rest[at + 1..=at + 1] {
            "n" => (b'\n', 2),
            "r" => (b'\r', 2),
            "x" => (u8::from_str_radix(&rest[at + 2..at + 4], 16).unwrap(), 4),
            _ => (b'\\', 2),
        };
        bytes.push(byte);
        rest = &rest[at + length..];
    }
    bytes.extend(rest.as_bytes());
    bytes
}

#[test]
fn every_sample_is_recognised() {
    for sample in samples() {
        let found = recognise(&sample.bytes, sample.carrier, sample.direction);
        let expected = ApplicationProtocol::from_word(sample.word).unwrap();
        assert_eq!(found, Recognition::Certain(expected), "{}", sample.word);
    }
}

#[test]
fn no_other_protocol_is_certain_of_a_sample() {
    // The general one of a pair may be certain of what the special one is certain of.
    let general = ["onc-rpc"];
    for sample in samples() {
        let rows = protocols().filter(|row| row.carrier == sample.carrier);
        for row in rows.filter(|row| row.protocol.word() != sample.word && !general.contains(&row.protocol.word())) {
            let said = (row.probe)(&sample.bytes, sample.direction);
            assert_ne!(said, Probe::Certain, "{} of {}", row.protocol.word(), sample.word);
        }
    }
}

#[test]
fn a_stream_that_is_cut_is_never_refused_nor_taken_for_another() {
    for sample in samples().iter().filter(|sample| sample.carrier == Carrier::Stream) {
        let expected = ApplicationProtocol::from_word(sample.word).unwrap();
        for end in 1..sample.bytes.len() {
            match recognise(&sample.bytes[..end], sample.carrier, sample.direction) {
                Recognition::Certain(found) => assert_eq!(found, expected, "{end} bytes"),
                found => assert_ne!(found, Recognition::Unknown, "{} after {end} bytes", sample.word),
            }
        }
    }
}

#[test]
fn every_row_has_a_sample_or_needs_more_than_one_message() {
    // One message of these proves nothing: two, or the port, do.
    let unproved = ["rtp", "utp", "esp-in-udp", "gtp", "nat-pmp", "anydesk", "rtmp"];
    // These have tests of their own.
    let elsewhere = ["tls", "dtls", "quic", "socks4", "socks5", "http2"];
    let words: std::collections::BTreeSet<&str> = samples().iter().map(|sample| sample.word).collect();
    for row in protocols() {
        let word = row.protocol.word();
        let known = words.contains(word) || unproved.contains(&word) || elsewhere.contains(&word);
        assert!(known, "{word} has no sample");
    }
}

/// A sample with some bytes changed: closer to a protocol than bytes by chance.
fn damaged() -> impl Strategy<Value = Vec<u8>> {
    let changes = prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6);
    let samples: Vec<Vec<u8>> = samples().into_iter().map(|sample| sample.bytes).collect();
    (prop::sample::select(samples), changes).prop_map(|(mut bytes, changes)| {
        for (index, byte) in changes {
            let at = index.index(bytes.len());
            bytes[at] = byte;
        }
        bytes
    })
}

fn bytes() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![any::<Vec<u8>>(), damaged()]
}

proptest! {
    #[test]
    fn probes_never_panic_and_a_longer_prefix_never_revives_what_was_refused(bytes in bytes(), keep: usize) {
        for protocol in STREAM_PROTOCOLS {
            for direction in [Direction::ToServer, Direction::ToClient] {
                let keep = 1 + keep % bytes.len().max(1);
                if keep <= bytes.len() && (protocol.probe)(&bytes[..keep], direction) == Probe::NotMine {
                    let longer = (protocol.probe)(&bytes, direction);
                    prop_assert_eq!(longer, Probe::NotMine, "{:?} after {}", protocol.protocol, keep);
                }
            }
        }
    }

    #[test]
    fn a_probe_refuses_what_its_row_does_not_admit(bytes in bytes()) {
        let Some(first) = bytes.first().copied() else { return Ok(()) };
        for protocol in protocols().filter(|protocol| !protocol.first.admits(first)) {
            for direction in [Direction::ToServer, Direction::ToClient] {
                prop_assert_eq!((protocol.probe)(&bytes, direction), Probe::NotMine, "{:?}", protocol.protocol);
            }
        }
    }

    #[test]
    fn framing_never_panics_and_every_message_has_bytes(bytes in bytes()) {
        for protocol in protocols() {
            for direction in [Direction::ToServer, Direction::ToClient] {
                prop_assert_ne!((protocol.pdu)(&bytes, direction), PduLength::Known(0), "{:?}", protocol.protocol);
            }
        }
    }

    #[test]
    fn two_datagrams_never_panic(earlier in bytes(), later in bytes(), same_sender: bool) {
        for protocol in DATAGRAM_PROTOCOLS {
            let _ = (protocol.pair)(&earlier, &later, same_sender);
        }
    }

    #[test]
    fn what_windows_speaks_is_read_without_panic(bytes in bytes()) {
        if let Some(message) = windows::kerberos::Message::parse(&bytes) {
            prop_assert!(message.client().chain(message.service()).all(|part| part.len() <= bytes.len()));
        }
        let _ = windows::ldap::Message::parse(&bytes).map(|message| (message.name(), message.result_code()));
        let _ = (windows::msrpc::interface(&bytes), windows::msrpc::operation(&bytes));
        let _ = (windows::nbns::name(&bytes), windows::nbss::session_names(&bytes));
        let _ = (windows::smb::header_1(&bytes), windows::smb::header_2(&bytes));
        let _ = (remote::rdp::connection(&bytes), remote::ssh::banner(&bytes), remote::vnc::version(&bytes));
    }

    #[test]
    fn what_services_say_is_read_without_panic(bytes in bytes()) {
        if let Some(message) = network::dhcp::Message::parse(&bytes) {
            prop_assert!(message.options().map(|(_, value)| value.len()).sum::<usize>() <= bytes.len());
        }
        let _ = (network::snmp::Message::parse(&bytes), network::ntp::message(&bytes), network::syslog::priority(&bytes));
        prop_assert!(network::radius::attributes(&bytes).map(|(_, value)| value.len()).sum::<usize>() <= bytes.len());
        prop_assert!(media::stun::attributes(&bytes).map(|(_, value)| value.len()).sum::<usize>() <= bytes.len());
        let _ = (media::sip::start(&bytes), media::rtp::header(&bytes), media::rtsp::request(&bytes));
        let _ = (files::tftp::request(&bytes), files::onc_rpc::call(&bytes), files::ftp::data_address(&bytes));
        let _ = (mail::line::reply(&bytes), mail::line::command(&bytes), mail::smtp::mailbox(&bytes));
        let _ = (mail::imap::command(&bytes), database::mysql::server_version(&bytes), database::tds::header(&bytes));
        prop_assert!(database::postgresql::parameters(&bytes).count() <= bytes.len());
        let _ = (messaging::mqtt::client_identifier(&bytes), peers::dht::question(&bytes));
        let _ = (peers::bittorrent::handshake(&bytes), hints(&bytes), headers::value(&bytes, b"Call-ID"));
    }
}
