//! RDP over UDP (MS-RDPEUDP 2.2.2): a SYN datagram as it begins, and TLS or DTLS in what follows.
//!
//! ```text
//! | acknowledged 4: ff ff ff ff | window 2 | flags 2: SYN | sequence 4 | up 2 | down 2 | ... zeros to the size of the path
//! | acknowledged 4 | window 2 | flags 2: ACK, DATA | vector: size 2, elements, to 4 bytes | coded 4 | start 4 | TLS record ...
//! ```

use whotalks_record::ApplicationProtocol;

use crate::app::read::{either, judge_whole, u8_at, u16_be, u32_be};
use crate::app::{Direction, Probe, Protocol};

pub(crate) const DATAGRAM: Protocol = Protocol::datagram(ApplicationProtocol::RdpUdp, probe).on(&[3389]);

const FLAG_SYN: u16 = 1;
/// ACK and DATA, and what may be said beside them: congestion notified, window reset, acknowledgement delayed.
const FLAGS_DATA: u16 = 0x000c;
const FLAGS_BESIDE: u16 = 0x0460;
/// The sizes of datagrams that may be announced (MS-RDPEUDP 2.2.2.5).
const DATAGRAM_SIZES: std::ops::RangeInclusive<u16> = 1132..=1232;
/// Where the vector of acknowledgements stands, and the most elements that it has (MS-RDPEUDP 2.2.2.7).
const VECTOR_AT: usize = 8;
const MOST_ELEMENTS: u16 = 2048;

fn probe(datagram: &[u8], _: Direction) -> Probe {
    either([judge_whole(syn(datagram)), judge_whole(data(datagram))])
}

fn syn(datagram: &[u8]) -> Option<bool> {
    let nothing_acknowledged = u32_be(datagram, 0)? == u32::MAX;
    let opens = u16_be(datagram, 6)? & FLAG_SYN != 0;
    let sizes = DATAGRAM_SIZES.contains(&u16_be(datagram, 12)?) && DATAGRAM_SIZES.contains(&u16_be(datagram, 14)?);
    Some(nothing_acknowledged && opens && sizes)
}

/// Data that is no repair of other data has one number twice (MS-RDPEUDP 2.2.2.4).
fn data(datagram: &[u8]) -> Option<bool> {
    if u16_be(datagram, 6)? & !FLAGS_BESIDE != FLAGS_DATA {
        return Some(false);
    }
    let elements = u16_be(datagram, VECTOR_AT)?;
    let at = VECTOR_AT + (usize::from(elements) + 2).next_multiple_of(4);
    let is_one = u32_be(datagram, at)? == u32_be(datagram, at + 4)?;
    let record = (u8_at(datagram, at + 8)?, u8_at(datagram, at + 9)?);
    Some(elements <= MOST_ELEMENTS && is_one && matches!(record, (20..=23, 3 | 0xfe)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The header of data that acknowledges one datagram, and the beginning of a TLS record.
    const DATA: [u8; 23] = [
        0x10, 0, 0, 1, 0, 0x40, 0, 0x0c, 0, 1, 1, 0, 0x20, 0, 0, 7, 0x20, 0, 0, 7, 0x16, 3, 3,
    ];

    #[test]
    fn data_is_known_in_the_middle_of_a_connection() {
        assert_eq!(probe(&DATA, Direction::ToServer), Probe::Certain);
        for (at, wrong) in [(7, 0x1c), (15, 8), (20, 0x18), (21, 4), (9, 2)] {
            let mut other = DATA;
            other[at] = wrong;
            let said = probe(&other, Direction::ToServer);
            assert_eq!(
                said == Probe::Certain,
                at == 9,
                "{at}: the vector of two elements is as long"
            );
        }
    }
}
