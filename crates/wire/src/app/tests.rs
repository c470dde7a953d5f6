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

proptest! {
    #[test]
    fn probes_never_panic_and_a_longer_prefix_never_revives_what_was_refused(bytes: Vec<u8>, keep: usize) {
        for protocol in STREAM_PROTOCOLS {
            for direction in [Direction::ToServer, Direction::ToClient] {
                let keep = keep % (bytes.len() + 1);
                if (protocol.probe)(&bytes[..keep], direction) == Probe::NotMine {
                    prop_assert_eq!((protocol.probe)(&bytes, direction), Probe::NotMine);
                }
            }
        }
    }

    #[test]
    fn a_probe_refuses_what_its_row_does_not_admit(bytes: Vec<u8>) {
        let Some(first) = bytes.first().copied() else { return Ok(()) };
        for protocol in protocols().filter(|protocol| !protocol.first.admits(first)) {
            for direction in [Direction::ToServer, Direction::ToClient] {
                prop_assert_eq!((protocol.probe)(&bytes, direction), Probe::NotMine, "{:?}", protocol.protocol);
            }
        }
    }

    #[test]
    fn framing_never_panics_and_every_message_has_bytes(bytes: Vec<u8>) {
        for protocol in protocols() {
            for direction in [Direction::ToServer, Direction::ToClient] {
                prop_assert_ne!((protocol.pdu)(&bytes, direction), PduLength::Known(0));
            }
        }
    }

    #[test]
    fn two_datagrams_never_panic(earlier: Vec<u8>, later: Vec<u8>, same_sender: bool) {
        for protocol in DATAGRAM_PROTOCOLS {
            let _ = (protocol.pair)(&earlier, &later, same_sender);
        }
    }
}
