//! NetBIOS datagram service (RFC 1002 4.4), which carries browser announcements and mail slots.
//!
//! ```text
//! | type 1 | flags 1 | id 2 | source address 4 | port 2 | length 2 | offset 2 | source name 34 | destination name 34 | data
//! ```

use whotalks_record::ApplicationProtocol;

use super::nbns;
use crate::app::read::{judge_whole, u8_at, u16_be};
use crate::app::{Direction, First, Probe, Protocol};

pub(crate) const DATAGRAM: Protocol = Protocol::datagram(ApplicationProtocol::NetbiosDatagram, probe)
    .beginning(First::Range(0x10, 0x16))
    .on(&[138]);

/// Node type, first and more fragments; old versions of Windows set the next bit as well.
const HIGHEST_FLAGS: u8 = 0x1f;
const HEADER_BYTES: usize = 14;
/// Bytes that the length does not count.
const UNCOUNTED_BYTES: usize = 14;

fn probe(datagram: &[u8], _: Direction) -> Probe {
    judge_whole(message(datagram))
}

fn message(datagram: &[u8]) -> Option<bool> {
    if !(0x10..=0x12).contains(&u8_at(datagram, 0)?) || u8_at(datagram, 1)? > HIGHEST_FLAGS {
        return Some(false);
    }
    let length = usize::from(u16_be(datagram, 10)?);
    Some(length + UNCOUNTED_BYTES >= datagram.len() && nbns::name_at(datagram, HEADER_BYTES).is_some())
}
