//! Spotify on the local network.

use whotalks_record::ApplicationProtocol;

use crate::app::{Direction, First, Probe, Protocol};

pub(crate) const DATAGRAM: Protocol = Protocol::datagram(ApplicationProtocol::SpotifyLan, probe)
    .beginning(First::Of(b"S"))
    .on(&[57621]);

fn probe(datagram: &[u8], _: Direction) -> Probe {
    if datagram.starts_with(b"SpotUdp") {
        Probe::Certain
    } else {
        Probe::NotMine
    }
}
