//! WS-Discovery (OASIS): a SOAP envelope in a datagram that names its specification.

use whotalks_record::ApplicationProtocol;

use crate::app::read::contains;
use crate::app::{Direction, First, Probe, Protocol};

pub(crate) const DATAGRAM: Protocol = Protocol::datagram(ApplicationProtocol::WsDiscovery, probe)
    .beginning(First::Of(b"<\xef"))
    .on(&[3702]);

/// The name spaces of the version that devices speak, and of OASIS.
const NAME_SPACES: [&[u8]; 2] = [
    b"schemas.xmlsoap.org/ws/2005/04/discovery",
    b"docs.oasis-open.org/ws-dd/ns/discovery",
];

fn probe(datagram: &[u8], _: Direction) -> Probe {
    let text = datagram.strip_prefix(b"\xef\xbb\xbf").unwrap_or(datagram);
    let named = text.starts_with(b"<") && NAME_SPACES.iter().any(|name| contains(text, name));
    if named { Probe::Certain } else { Probe::NotMine }
}
