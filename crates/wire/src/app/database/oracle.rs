//! Oracle's TNS: a connect packet that holds a description of the service.

use whotalks_record::ApplicationProtocol;

use crate::app::pdu::PduLength;
use crate::app::read::{contains, judge, u8_at, u16_be};
use crate::app::{Direction, Probe, Protocol};

pub(crate) const STREAM: Protocol = Protocol::stream(ApplicationProtocol::OracleTns, probe)
    .framed(pdu)
    .on(&[1521]);

const CONNECT: u8 = 1;
const HEADER_BYTES: u16 = 8;
/// The description comes within this.
const MOST_BYTES: usize = 512;

fn probe(prefix: &[u8], direction: Direction) -> Probe {
    match (direction, judge(begins(prefix))) {
        (Direction::ToClient, _) => Probe::NotMine,
        (_, Probe::Certain) => {
            let seen = prefix.get(..MOST_BYTES).unwrap_or(prefix);
            match contains(seen, b"(connect_data=") || contains(seen, b"(description=") {
                true => Probe::Certain,
                false if seen.len() < MOST_BYTES => Probe::Unsure,
                false => Probe::NotMine,
            }
        }
        (_, other) => other,
    }
}

/// Length, checksum 0, kind, reserved 0, checksum 0; then the versions, of which the lower one is 300 or more.
fn begins(prefix: &[u8]) -> Option<bool> {
    const LOWEST_VERSION: u16 = 300;
    if u16_be(prefix, 0)? <= HEADER_BYTES || u16_be(prefix, 2)? != 0 {
        return Some(false);
    }
    if u8_at(prefix, 4)? != CONNECT || u16_be(prefix, 6)? != 0 {
        return Some(false);
    }
    Some(u16_be(prefix, 8)? >= LOWEST_VERSION && u16_be(prefix, 10)? >= LOWEST_VERSION)
}

fn pdu(prefix: &[u8], _: Direction) -> PduLength {
    PduLength::stated(u16_be(prefix, 0).map(usize::from))
}
