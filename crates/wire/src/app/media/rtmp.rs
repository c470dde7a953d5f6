//! RTMP (Adobe RTMP 1.0, 5.2): version 3, a time, four zeros, and 1528 random bytes, which nothing but their number proves.

use whotalks_record::ApplicationProtocol;

use crate::app::read::{judge, same, u8_at};
use crate::app::{Direction, First, Probe, Protocol};

pub(crate) const STREAM: Protocol = Protocol::stream(ApplicationProtocol::Rtmp, probe)
    .beginning(First::Of(&[3]))
    .on(&[1935]);

/// The time and the zeros are in the first nine bytes; a client that sends more than a handshake says so behind it.
const HANDSHAKE_BYTES: usize = 1 + 1536;

fn probe(prefix: &[u8], direction: Direction) -> Probe {
    match judge(begins(prefix)) {
        // Only the side that was asked sends all of its two handshakes at once.
        Probe::Certain if direction == Direction::ToClient && prefix.len() >= HANDSHAKE_BYTES => Probe::Certain,
        Probe::Certain => Probe::Unsure,
        other => other,
    }
}

fn begins(prefix: &[u8]) -> Option<bool> {
    if u8_at(prefix, 0)? != 3 {
        return Some(false);
    }
    same(prefix, 5, &[0; 4])
}
