//! DNP3 (IEEE 1815): frames that begin with 05 64.

use whotalks_record::ApplicationProtocol;

use crate::app::pdu::PduLength;
use crate::app::read::{judge, u8_at};
use crate::app::{Direction, First, Probe, Protocol};

pub(crate) const STREAM: Protocol = Protocol::stream(ApplicationProtocol::Dnp3, probe)
    .beginning(First::Of(&[0x05]))
    .framed(pdu)
    .on(&[20000]);

/// The polynomial of IEEE 1815 9.2.4.3, bits reversed.
const POLYNOMIAL: u16 = 0xa6bc;
const HEADER_BYTES: usize = 8;

/// The header has a checksum of its own, which proves it.
fn probe(prefix: &[u8], _: Direction) -> Probe {
    judge(header(prefix))
}

fn header(prefix: &[u8]) -> Option<bool> {
    if u8_at(prefix, 0)? != 0x05 || u8_at(prefix, 1)? != 0x64 || u8_at(prefix, 2)? < 5 {
        return Some(false);
    }
    let covered = prefix.get(..HEADER_BYTES)?;
    let stated = crate::app::read::u16_le(prefix, HEADER_BYTES)?;
    Some(checksum(covered) == stated)
}

fn checksum(bytes: &[u8]) -> u16 {
    let step = |sum: u16| {
        if sum & 1 == 1 {
            (sum >> 1) ^ POLYNOMIAL
        } else {
            sum >> 1
        }
    };
    !bytes
        .iter()
        .fold(0, |sum, byte| (0..8).fold(sum ^ u16::from(*byte), |sum, _| step(sum)))
}

/// The length counts from the control byte; each 16 bytes of data have a checksum.
fn pdu(prefix: &[u8], _: Direction) -> PduLength {
    let whole = |length: u8| {
        let data = usize::from(length).saturating_sub(5);
        HEADER_BYTES + 2 + data + data.div_ceil(16) * 2
    };
    PduLength::stated(u8_at(prefix, 2).map(whole))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_is_proved_by_its_checksum() {
        // Link reset from 3 to 4, as the standard's example of a link-layer frame.
        let mut frame = vec![0x05, 0x64, 0x05, 0xc0, 0x01, 0x00, 0x00, 0x04];
        frame.extend(checksum(&frame).to_le_bytes());
        assert_eq!(frame[8..], [0xe9, 0x21]);
        assert_eq!(probe(&frame, Direction::ToServer), Probe::Certain);
        frame[8] ^= 1;
        assert_eq!(probe(&frame, Direction::ToServer), Probe::NotMine);
    }
}
