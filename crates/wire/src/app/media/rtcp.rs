//! RTCP (RFC 3550 6): reports whose lengths add up to the datagram.

use whotalks_record::ApplicationProtocol;

use crate::app::read::{judge_whole, u8_at, u16_be};
use crate::app::{Direction, First, Probe, Protocol};

pub(crate) const DATAGRAM: Protocol =
    Protocol::datagram(ApplicationProtocol::Rtcp, probe).beginning(First::Range(0x80, 0xbf));

/// Sender report to extended report (IANA "RTCP Control Packet Types").
const KINDS: std::ops::RangeInclusive<u8> = 200..=207;
const MOST_PACKETS: usize = 32;

fn probe(datagram: &[u8], _: Direction) -> Probe {
    judge_whole(Some(adds_up(datagram)))
}

fn adds_up(datagram: &[u8]) -> bool {
    let mut rest = datagram;
    for _ in 0..MOST_PACKETS {
        let Some(after) = packet_bytes(rest).and_then(|length| rest.get(length..)) else {
            return false;
        };
        // Encrypted reports (RFC 3711 3.4) are followed by an index and a tag; only the first header is readable.
        if after.is_empty() {
            return true;
        }
        rest = after;
    }
    false
}

fn packet_bytes(bytes: &[u8]) -> Option<usize> {
    let known = u8_at(bytes, 0)? >> 6 == 2 && KINDS.contains(&u8_at(bytes, 1)?);
    known.then_some((usize::from(u16_be(bytes, 2)?) + 1) * 4)
}
