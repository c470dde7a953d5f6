//! MySQL and MariaDB: the greeting with which the server begins.
//!
//! ```text
//! | length 3 LE | number 1: 0 | 10 | version .., 0 | connection 4 | ...
//! ```

use whotalks_record::ApplicationProtocol;

use crate::app::pdu::PduLength;
use crate::app::read::{judge, u8_at, u24_le, until_nul};
use crate::app::{Direction, Probe, Protocol};

pub(crate) const STREAM: Protocol = Protocol::stream(ApplicationProtocol::MySql, probe)
    .framed(pdu)
    .on(&[3306])
    .upgrading();

const HEADER_BYTES: usize = 4;
const GREETING_VERSION: u8 = 10;
/// A greeting has fewer bytes than this.
const MOST_GREETING_BYTES: u32 = 256;
const FEWEST_GREETING_BYTES: u32 = 20;

/// The server's version, as its greeting states it.
#[must_use]
pub fn server_version(prefix: &[u8]) -> Option<&[u8]> {
    greeting(prefix)?.then(|| until_nul(prefix.get(HEADER_BYTES + 1..)?))?
}

fn probe(prefix: &[u8], direction: Direction) -> Probe {
    match direction {
        Direction::ToClient => judge(greeting(prefix)),
        Direction::ToServer => Probe::NotMine,
    }
}

fn greeting(prefix: &[u8]) -> Option<bool> {
    let length = u24_le(prefix, 0)?;
    if !(FEWEST_GREETING_BYTES..=MOST_GREETING_BYTES).contains(&length) {
        return Some(false);
    }
    if u8_at(prefix, 3)? != 0 || u8_at(prefix, 4)? != GREETING_VERSION {
        return Some(false);
    }
    let version = prefix.get(HEADER_BYTES + 1..).unwrap_or_default();
    let digits = version.iter().take_while(|byte| byte.is_ascii_digit()).count();
    if digits == version.len() {
        return if digits > 3 { Some(false) } else { None };
    }
    if !(1..=3).contains(&digits) || u8_at(version, digits)? != b'.' {
        return Some(false);
    }
    u8_at(version, digits + 1).map(|byte| byte.is_ascii_digit())
}

fn pdu(prefix: &[u8], _: Direction) -> PduLength {
    PduLength::stated(
        u24_le(prefix, 0)
            .filter(|_| prefix.len() >= HEADER_BYTES)
            .map(|length| length as usize + HEADER_BYTES),
    )
}
