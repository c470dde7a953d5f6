//! Remote management of machines (DMTF ASF 2.0, IPMI 2.0 13.1): RMCP.

use whotalks_record::ApplicationProtocol;

use crate::app::read::{judge_whole, same, u8_at, u32_be};
use crate::app::{Direction, First, Probe, Protocol};

pub(crate) const DATAGRAM: Protocol = Protocol::datagram(ApplicationProtocol::Rmcp, probe)
    .beginning(First::Of(&[6]))
    .on(&[623]);

/// The number of the ASF organization.
const ASF: u32 = 4542;

fn probe(datagram: &[u8], _: Direction) -> Probe {
    judge_whole(message(datagram))
}

/// Version, reserved, no number wanted, class: ASF with its organization, or IPMI with its kind of authentication.
fn message(datagram: &[u8]) -> Option<bool> {
    if !same(datagram, 0, &[6, 0])? {
        return Some(false);
    }
    match u8_at(datagram, 3)? & 0x7f {
        6 => Some(u32_be(datagram, 4)? == ASF),
        7 => Some(u8_at(datagram, 2)? == 0xff && u8_at(datagram, 4)? <= 6),
        _ => Some(false),
    }
}
