//! SSDP (UPnP Device Architecture 2.0, 1): HTTP's form in datagrams.

use whotalks_record::ApplicationProtocol;

use crate::app::read::{begins_with_any, contains};
use crate::app::{Direction, First, Probe, Protocol, headers};

pub(crate) const DATAGRAM: Protocol = Protocol::datagram(ApplicationProtocol::Ssdp, probe)
    .beginning(First::Of(b"MNH"))
    .on(&[1900]);

fn probe(datagram: &[u8], _: Direction) -> Probe {
    if begins_with_any(datagram, &[b"M-SEARCH * HTTP/1.", b"NOTIFY * HTTP/1."]) == Probe::Certain {
        return Probe::Certain;
    }
    let has = |name: &[u8]| headers::value(datagram, name).is_some();
    let is_answer = datagram.starts_with(b"HTTP/1.") && has(b"USN") && (has(b"ST") || contains(datagram, b"upnp"));
    if is_answer { Probe::Certain } else { Probe::NotMine }
}
