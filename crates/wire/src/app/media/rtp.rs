//! RTP (RFC 3550 5.1). One datagram proves nothing; two of one source with numbers that go on do.
//!
//! ```text
//! | version, padding, extension, contributors 1 | marker, kind 1 | sequence 2 | time 4 | source 4 | ...
//! ```

use whotalks_record::ApplicationProtocol;

use crate::app::read::{judge_whole, possible, u8_at, u16_be, u32_be};
use crate::app::{Direction, First, Probe, Protocol};

pub(crate) const DATAGRAM: Protocol = Protocol::datagram(ApplicationProtocol::Rtp, probe)
    .beginning(First::Range(0x80, 0xbf))
    .paired(pair);

const HEADER_BYTES: usize = 12;
/// How far the numbers of two datagrams that are looked at may be apart.
const MOST_APART: u16 = 50;

/// The fixed header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header {
    /// What is carried: 0 G.711 µ-law, 8 A-law, 9 G.722, 18 G.729, 96 to 127 as agreed (RFC 3551 6).
    pub payload_type: u8,
    /// Its number.
    pub sequence: u16,
    /// Its time, in ticks of what is carried.
    pub timestamp: u32,
    /// The synchronization source.
    pub source: u32,
}

/// Reads the header; none where it cannot be one.
#[must_use]
pub fn header(datagram: &[u8]) -> Option<Header> {
    let contributors = usize::from(u8_at(datagram, 0)? & 0x0f);
    let payload_type = u8_at(datagram, 1)? & 0x7f;
    let is_version_2 = u8_at(datagram, 0)? >> 6 == 2;
    let plausible = matches!(payload_type, 0..=34 | 96..=127) && datagram.len() > HEADER_BYTES + 4 * contributors;
    (is_version_2 && plausible).then_some(Header {
        payload_type,
        sequence: u16_be(datagram, 2)?,
        timestamp: u32_be(datagram, 4)?,
        source: u32_be(datagram, 8)?,
    })
}

fn probe(datagram: &[u8], _: Direction) -> Probe {
    possible(header(datagram).map(|_| true))
}

fn pair(earlier: &[u8], later: &[u8], same_sender: bool) -> Probe {
    judge_whole(goes_on(earlier, later, same_sender))
}

fn goes_on(earlier: &[u8], later: &[u8], same_sender: bool) -> Option<bool> {
    let (earlier, later) = (header(earlier)?, header(later)?);
    let apart = later.sequence.wrapping_sub(earlier.sequence);
    Some(same_sender && earlier.source == later.source && (1..=MOST_APART).contains(&apart))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_datagrams_of_one_source_prove_what_one_does_not() {
        let packet = |sequence, source| [0x80, 0, 0, sequence, 0, 0, 0, 0, 0, 0, 0, source, 1, 2, 3, 4];
        assert_eq!(probe(&packet(1, 7), Direction::ToServer), Probe::Unsure);
        assert_eq!(pair(&packet(1, 7), &packet(2, 7), true), Probe::Certain);
        assert_eq!(pair(&packet(1, 7), &packet(2, 8), true), Probe::NotMine);
        assert_eq!(pair(&packet(1, 7), &packet(2, 7), false), Probe::NotMine);
    }
}
