//! SQL Server Browser (MC-SQLR 2.2): where the instances of a server are.

use whotalks_record::ApplicationProtocol;

use crate::app::read::{contains, u8_at, u16_le};
use crate::app::{Direction, First, Probe, Protocol};

pub(crate) const DATAGRAM: Protocol = Protocol::datagram(ApplicationProtocol::SqlBrowser, probe)
    .beginning(First::Range(2, 5))
    .on(&[1434]);

const HEADER_BYTES: usize = 3;

fn probe(datagram: &[u8], _: Direction) -> Probe {
    let length = u16_le(datagram, 1).map(usize::from);
    match u8_at(datagram, 0) {
        Some(2 | 3) if datagram.len() == 1 => Probe::Unsure,
        Some(4) if datagram.len() > 2 && datagram.ends_with(&[0]) => Probe::Unsure,
        Some(5) if length == datagram.len().checked_sub(HEADER_BYTES) && contains(datagram, b"servername;") => {
            Probe::Certain
        }
        _ => Probe::NotMine,
    }
}
