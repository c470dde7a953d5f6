//! Whatever comes, nothing breaks, and what was sent is told once.

use proptest::prelude::*;
use whotalks_record::ApplicationProtocol;

use crate::support::*;

/// Any segment of a small connection, so that numbers meet.
fn any_segment() -> impl Strategy<Value = (i64, Segment)> {
    let bytes = prop_oneof![
        prop::collection::vec(any::<u8>(), 0..20),
        Just(b"GET / HTTP/1.1\r\nContent-Length: 9\r\n\r\n".to_vec()),
        Just(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n".to_vec()),
        Just(b"CONNECT a:1 HTTP/1.1\r\n\r\n".to_vec()),
        Just(vec![22, 3, 1, 0, 9, 1, 0, 0, 5, 1, 2, 3, 4, 5]),
        Just(vec![5, 1, 0]),
    ];
    let numbers = (0u32..60, 0u32..60, prop_oneof![Just(0u16), Just(9), any::<u16>()]);
    (any::<bool>(), any::<u8>(), numbers, bytes, 0i64..40).prop_map(|(by_client, flags, numbers, data, at)| {
        let (sequence, acknowledgment, window) = numbers;
        let segment = Segment {
            by_client,
            ..client(flags, sequence, acknowledgment, &data).window(window)
        };
        (at, segment)
    })
}

proptest! {
    #[test]
    fn any_segments_are_analysed_without_panic(segments in prop::collection::vec(any_segment(), 0..60)) {
        let mut at = 0;
        let timed: Vec<_> = segments.into_iter().map(|(step, segment)| { at += step; (at, segment) }).collect();
        for said in analyse(&timed) {
            for told in said.told {
                prop_assert!(told.length >= told.head.len() as u64);
            }
        }
    }

    #[test]
    fn any_packets_are_read_without_panic(packets in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..200), 0..20)) {
        let packets: Vec<_> = packets.into_iter().map(|data| (0, ip(true, 6, &data))).collect();
        prop_assert!(analyse_packets(&packets).len() <= packets.len());
    }

    #[test]
    fn records_in_any_order_of_segments_are_told_once(
        lengths in prop::collection::vec(1usize..90, 1..12),
        cuts in prop::collection::vec(1usize..70, 1..40),
        order in prop::collection::vec(any::<prop::sample::Index>(), 40),
    ) {
        let hello = [vec![22, 3, 3, 0, 4, 1, 0, 0, 0], vec![22, 3, 3, 0x20, 0]].concat();
        let data: usize = lengths.iter().map(|length| length + 5).sum();
        // One long record first, so that everything after its beginning may come in any order.
        let mut stream = [hello, vec![7; 0x2000]].concat();
        for length in &lengths {
            stream.extend([23, 3, 3, 0, *length as u8]);
            stream.extend(vec![1; *length]);
        }
        let mut at = stream.len() - data - 60;
        let mut segments = vec![];
        for cut in cuts.iter().cycle() {
            if at >= stream.len() { break; }
            let end = (at + cut).min(stream.len());
            segments.push((at, end));
            at = end;
        }
        let first = stream.len() - data - 60;
        let mut timed = after_handshake(vec![(50, client(ACK, 1, 1, &stream[..first]))]);
        // Only what belongs to the record under way is waited for; the rest comes in order.
        let within = segments.iter().filter(|(_, end)| *end <= first + 60).count();
        let mut early: Vec<_> = segments.drain(..within).collect();
        for index in order {
            if !early.is_empty() {
                segments.insert(within - early.len(), early.swap_remove(index.index(early.len())));
            }
        }
        for left in early.into_iter().rev() { segments.insert(0, left); }
        for (from, to) in segments {
            timed.push((60, client(ACK, 1 + from as u32, 1, &stream[from..to])));
        }
        let told: u64 = analyse(&timed).iter().flat_map(|said| &said.told)
            .filter(|told| told.protocol == ApplicationProtocol::Tls).map(|told| told.length).sum();
        prop_assert_eq!(told, stream.len() as u64);
    }
}
