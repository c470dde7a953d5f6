//! BitTorrent's search for peers on the same network (BEP 14).

use whotalks_record::ApplicationProtocol;

use crate::app::{Direction, First, Probe, Protocol};

pub(crate) const DATAGRAM: Protocol = Protocol::datagram(ApplicationProtocol::BitTorrentLocal, probe)
    .beginning(First::Of(b"B"))
    .on(&[6771]);

fn probe(datagram: &[u8], _: Direction) -> Probe {
    if datagram.starts_with(b"BT-SEARCH * HTTP/1.") {
        Probe::Certain
    } else {
        Probe::NotMine
    }
}
