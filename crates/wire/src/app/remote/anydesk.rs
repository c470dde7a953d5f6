//! AnyDesk on the local network; its connections are TLS, which its name tells.

use whotalks_record::ApplicationProtocol;

use crate::app::read::{possible, same};
use crate::app::{Direction, First, Probe, Protocol};

pub(crate) const DATAGRAM: Protocol = Protocol::datagram(ApplicationProtocol::AnyDesk, probe)
    .beginning(First::Of(&[0x3e]))
    .on(&[50001, 50002, 50003]);

/// The discovery that is sent to the multicast group 239.255.102.18.
fn probe(datagram: &[u8], _: Direction) -> Probe {
    possible(same(datagram, 0, &[0x3e, 0xd1, 0x01]))
}
