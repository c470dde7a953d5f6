//! L2TP control messages (RFC 2661 3.1).

use whotalks_record::ApplicationProtocol;

use crate::app::read::{judge_whole, same, u16_be};
use crate::app::{Direction, First, Probe, Protocol};

pub(crate) const DATAGRAM: Protocol = Protocol::datagram(ApplicationProtocol::L2tp, probe)
    .beginning(First::Of(&[0xc8]))
    .on(&[1701]);

/// Flags of a control message, version 2.
const CONTROL: [u8; 2] = [0xc8, 0x02];
const HEADER_BYTES: usize = 12;

/// The length is that of the datagram; a message that is not empty begins with its kind.
fn probe(datagram: &[u8], _: Direction) -> Probe {
    let whole = u16_be(datagram, 2).map(usize::from) == Some(datagram.len());
    let kind = datagram.len() == HEADER_BYTES || same(datagram, HEADER_BYTES, &[0x80, 0x08, 0, 0, 0, 0]) == Some(true);
    judge_whole(same(datagram, 0, &CONTROL).map(|control| control && whole && kind))
}
