//! Modbus/TCP: a header whose protocol is 0, and functions of known shapes.
//!
//! ```text
//! | transaction 2 | 0 0 | length 2 | unit 1 | function 1 | ...
//! ```

use whotalks_record::ApplicationProtocol;

use crate::app::pdu::PduLength;
use crate::app::read::{u8_at, u16_be};
use crate::app::{Direction, Probe, Protocol};

pub(crate) const STREAM: Protocol = Protocol::stream(ApplicationProtocol::Modbus, probe)
    .framed(pdu)
    .on(&[502]);

const HEADER_BYTES: usize = 6;
/// Unit and function, to the most that fits a message of 260 bytes.
const LENGTHS: std::ops::RangeInclusive<u16> = 2..=254;
/// A question of five bytes behind the unit: function, address, count or value.
const QUESTION_LENGTH: u16 = 6;
/// The most bits and registers that one question reads.
const MOST_BITS: u16 = 2000;
const MOST_REGISTERS: u16 = 125;

/// The unit and the function of a message.
#[must_use]
pub fn function(message: &[u8]) -> Option<(u8, u8)> {
    let is_modbus = u16_be(message, 2)? == 0 && LENGTHS.contains(&u16_be(message, 4)?);
    is_modbus.then_some((u8_at(message, 6)?, u8_at(message, 7)?))
}

/// A question that reads has a shape of its own; anything else is only possible.
fn probe(prefix: &[u8], direction: Direction) -> Probe {
    match header(prefix) {
        None => Probe::Unsure,
        Some(false) => Probe::NotMine,
        Some(true) if direction == Direction::ToServer && reads(prefix) == Some(true) => Probe::Certain,
        Some(true) => Probe::Unsure,
    }
}

fn header(prefix: &[u8]) -> Option<bool> {
    if u16_be(prefix, 2)? != 0 {
        return Some(false);
    }
    if !LENGTHS.contains(&u16_be(prefix, 4)?) {
        return Some(false);
    }
    Some(matches!(u8_at(prefix, 7)? & 0x7f, 1..=8 | 11 | 12 | 15..=17 | 20..=24 | 43))
}

fn reads(prefix: &[u8]) -> Option<bool> {
    let count = u16_be(prefix, 10)?;
    let fits = match u8_at(prefix, 7)? {
        1 | 2 => (1..=MOST_BITS).contains(&count),
        3 | 4 => (1..=MOST_REGISTERS).contains(&count),
        _ => false,
    };
    Some(fits && u16_be(prefix, 4)? == QUESTION_LENGTH)
}

fn pdu(prefix: &[u8], _: Direction) -> PduLength {
    PduLength::stated(u16_be(prefix, 4).map(|length| usize::from(length) + HEADER_BYTES))
}
