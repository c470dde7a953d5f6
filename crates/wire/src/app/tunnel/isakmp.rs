//! IKE 1 (RFC 2408 3.1) and 2 (RFC 7296 3.1); on port 4500 behind four zeros (RFC 3948 2.2).
//!
//! ```text
//! | initiator 8 | responder 8 | next payload 1 | version 1 | exchange 1 | flags 1 | message 4 | length 4 | ...
//! ```

use whotalks_record::ApplicationProtocol;

use crate::app::read::{judge_whole, u8_at, u32_be, u64_be};
use crate::app::{Direction, Probe, Protocol};

pub(crate) const DATAGRAM: Protocol = Protocol::datagram(ApplicationProtocol::Isakmp, probe).on(&[500, 4500]);

const MARKER_BYTES: usize = 4;
const VERSIONS: [u8; 2] = [0x10, 0x20];
/// Version 1: base to quick and new group mode. Version 2: the initial exchange to the following-up one.
const EXCHANGES: [std::ops::RangeInclusive<u8>; 2] = [1..=35, 34..=45];

/// The header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header {
    /// The number that the initiator chose.
    pub initiator: u64,
    /// 1 or 2.
    pub version: u8,
    /// What is exchanged: 2 main, 4 aggressive, 32 quick mode; 34 first, 35 authentication, 36 child, 37 information.
    pub exchange: u8,
}

/// Reads the header, with or without the marker before it; none where there is none.
#[must_use]
pub fn header(datagram: &[u8]) -> Option<Header> {
    let message = match u32_be(datagram, 0)? {
        0 => datagram.get(MARKER_BYTES..)?,
        _ => datagram,
    };
    let version = u8_at(message, 17)?;
    let exchange = u8_at(message, 18)?;
    let known = VERSIONS
        .iter()
        .zip(EXCHANGES)
        .any(|(known, exchanges)| *known == version && exchanges.contains(&exchange));
    let whole = u32_be(message, 24)? as usize == message.len();
    let initiator = u64_be(message, 0)?;
    let flags = u8_at(message, 19)?;
    (known && whole && initiator != 0 && flags & 0xc0 == 0).then_some(Header {
        initiator,
        version: version >> 4,
        exchange,
    })
}

fn probe(datagram: &[u8], _: Direction) -> Probe {
    judge_whole(Some(header(datagram).is_some()))
}
