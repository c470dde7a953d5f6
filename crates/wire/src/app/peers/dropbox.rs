//! Dropbox on the local network: a JSON object that begins with the number of the host.

use whotalks_record::ApplicationProtocol;

use crate::app::{Direction, First, Probe, Protocol};

pub(crate) const DATAGRAM: Protocol = Protocol::datagram(ApplicationProtocol::DropboxLan, probe)
    .beginning(First::Of(b"{"))
    .on(&[17500]);

fn probe(datagram: &[u8], _: Direction) -> Probe {
    if datagram.starts_with(b"{\"host_int\":") {
        Probe::Certain
    } else {
        Probe::NotMine
    }
}
