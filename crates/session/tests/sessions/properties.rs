//! What holds for any packets.

use proptest::prelude::*;

use crate::support::{ACK, CLIENT, Capture, SERVER, SYN, client_hello, dns_answer, dns_question, ipv4, tcp, udp};

/// A packet that gets far: of few ends, so that many meet.
fn any_packet() -> impl Strategy<Value = Vec<u8>> {
    let content = prop_oneof![
        any::<Vec<u8>>(),
        Just(client_hello("www.example.com", 0)),
        Just(b"CONNECT a.example:443 HTTP/1.1\r\n\r\n".to_vec()),
        Just(b"HTTP/1.1 200 OK\r\n\r\n".to_vec()),
        Just(b"\x05\x01\x00\x05\x01\x00\x01\x01\x02\x03\x04\x00\x50".to_vec()),
        Just(dns_question(7, "a.example")),
        Just(dns_answer(7, "a.example", [1; 4])),
    ];
    let parts = (
        any::<bool>(),
        0u16..3,
        any::<u8>(),
        0u32..400,
        0u32..400,
        content,
        0u8..4,
        0usize..200,
    );
    parts.prop_map(
        |(there, port, flags, sequence, acknowledgment, mut content, kind, cut)| {
            let (one, two) = ((CLIENT.0, 50_000 + port), SERVER);
            let (from, to) = if there { (one, two) } else { (two, one) };
            content.truncate(cut);
            match kind {
                0 | 1 => tcp(from, to, flags, sequence, acknowledgment, &content),
                2 => udp(from, to, &content),
                _ => ipv4(from, to, 17, u16::try_from(sequence).unwrap() & 0x200f, &content),
            }
        },
    )
}

proptest! {
    #[test]
    fn every_packet_is_counted_in_exactly_one_flow(
        packets in prop::collection::vec((0i64..900_000, any_packet()), 0..60),
    ) {
        let capture = Capture(packets);
        let heard = capture.read();
        let counted: u64 = heard.flows.iter().map(|flow| flow.sent.packets + flow.received.packets).sum();
        prop_assert_eq!(counted, capture.0.len() as u64);
        let mut ids: Vec<_> = heard.flows.iter().map(|flow| flow.id.0).collect();
        ids.sort_unstable();
        prop_assert_eq!(&ids, &(0..ids.len() as u64).collect::<Vec<_>>());
        prop_assert!(heard.names.iter().all(|name| ids.contains(&name.flow.0)));
        prop_assert!(heard.dns.iter().all(|dns| ids.contains(&dns.flow.0)));
    }

    #[test]
    fn two_runs_over_the_same_packets_say_the_same(packets in prop::collection::vec((0i64..900_000, any_packet()), 0..40)) {
        let capture = Capture(packets);
        let (one, two) = (capture.read(), capture.read());
        prop_assert_eq!(one.flows, two.flows);
        prop_assert_eq!(one.names, two.names);
        prop_assert_eq!(one.dns, two.dns);
    }

    #[test]
    fn arbitrary_bytes_never_panic(packets in prop::collection::vec((any::<i32>(), any::<Vec<u8>>()), 0..20)) {
        let capture = Capture(packets.into_iter().map(|(time, bytes)| (time.into(), bytes)).collect());
        let heard = capture.read();
        prop_assert!(heard.flows.len() <= capture.0.len());
    }

    #[test]
    fn a_hello_in_segments_of_any_size_is_read(sizes in prop::collection::vec(1usize..900, 1..40), padding in 0usize..3_000) {
        let hello = client_hello("www.example.com", padding);
        let mut capture = Capture::default();
        capture.add(0, tcp(CLIENT, SERVER, SYN, 99, 0, b""));
        let (mut at, mut sizes) = (0, sizes.into_iter().cycle());
        while at < hello.len() {
            let end = (at + sizes.next().unwrap()).min(hello.len());
            capture.add(1, tcp(CLIENT, SERVER, ACK, 100 + u32::try_from(at).unwrap(), 500, &hello[at..end]));
            at = end;
        }
        prop_assert_eq!(capture.read().names.len(), 1);
    }
}
