//! ESP in UDP (RFC 3948): a number of the association, a counter, and nothing else that can be read.

use whotalks_record::ApplicationProtocol;

use crate::app::read::{possible, u32_be};
use crate::app::{Direction, Probe, Protocol};

pub(crate) const DATAGRAM: Protocol = Protocol::datagram(ApplicationProtocol::EspInUdp, probe).on(&[4500]);

/// Header, vector, a block, tag.
const FEWEST_BYTES: usize = 32;
/// Numbers below are reserved (RFC 4303 2.1).
const LOWEST_ASSOCIATION: u32 = 256;

fn probe(datagram: &[u8], _: Direction) -> Probe {
    let association = u32_be(datagram, 0);
    let count = u32_be(datagram, 4);
    let plausible = association >= Some(LOWEST_ASSOCIATION) && count > Some(0) && datagram.len() >= FEWEST_BYTES;
    possible(Some(plausible))
}
