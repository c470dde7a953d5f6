//! MQTT 3.1, 3.1.1 and 5.0 (OASIS): the client begins with a connect packet that names the protocol.
//!
//! ```text
//! | 0x10 | length 1 to 4, seven bits each | name length 2 | "MQTT" | level 1 | flags 1 | keep alive 2 | ... client ..
//! ```

use whotalks_record::ApplicationProtocol;

use crate::app::pdu::PduLength;
use crate::app::read::{either, judge, same, u8_at, u16_be};
use crate::app::{Direction, First, Probe, Protocol};

pub(crate) const STREAM: Protocol = Protocol::stream(ApplicationProtocol::Mqtt, probe)
    .beginning(First::Of(&[CONNECT]))
    .framed(pdu)
    .on(&[1883]);

const CONNECT: u8 = 0x10;
const NAMES: [&[u8]; 2] = [b"\0\x04MQTT", b"\0\x06MQIsdp"];
const LEVEL_5: u8 = 5;

/// The client's identifier in a connect packet of 3.1 or 3.1.1; version 5 puts properties before it.
#[must_use]
pub fn client_identifier(packet: &[u8]) -> Option<&[u8]> {
    let (_, header_bytes) = remaining(packet)?;
    let name_bytes = usize::from(u16_be(packet, header_bytes)?);
    let level = u8_at(packet, header_bytes + 2 + name_bytes)?;
    let at = header_bytes + 2 + name_bytes + 4;
    let length = usize::from(u16_be(packet, at)?);
    (u8_at(packet, 0)? == CONNECT && level != LEVEL_5).then(|| packet.get(at + 2..at + 2 + length))?
}

fn probe(prefix: &[u8], _: Direction) -> Probe {
    if prefix.first().is_some_and(|first| *first != CONNECT) {
        return Probe::NotMine;
    }
    match remaining(prefix) {
        None if prefix.len() > 4 => Probe::NotMine,
        None => Probe::Unsure,
        Some((_, at)) => either(NAMES.iter().map(|name| judge(same(prefix, at, name)))),
    }
}

/// The remaining length, and where what it counts begins.
fn remaining(prefix: &[u8]) -> Option<(usize, usize)> {
    let mut length = 0;
    for (at, byte) in prefix.iter().enumerate().skip(1).take(4) {
        length |= usize::from(byte & 0x7f) << (7 * (at - 1));
        if byte & 0x80 == 0 {
            return Some((length, at + 1));
        }
    }
    None
}

fn pdu(prefix: &[u8], _: Direction) -> PduLength {
    match remaining(prefix) {
        None if prefix.len() > 4 => PduLength::Unframed,
        found => PduLength::stated(found.map(|(length, header)| length + header)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_connect_packet_names_the_client() {
        let packet = b"\x10\x10\0\x04MQTT\x04\x02\0\x3c\0\x04dev1";
        assert_eq!(probe(packet, Direction::ToServer), Probe::Certain);
        assert_eq!(client_identifier(packet), Some(&b"dev1"[..]));
        assert_eq!(pdu(packet, Direction::ToServer), PduLength::Known(packet.len()));
    }
}
