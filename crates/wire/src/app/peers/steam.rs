//! Steam: questions to game servers, and computers of one owner that look for each other.

use whotalks_record::ApplicationProtocol;

use crate::app::read::begins_with_any;
use crate::app::{Direction, First, Probe, Protocol};

pub(crate) const DATAGRAM: Protocol = Protocol::datagram(ApplicationProtocol::Steam, probe)
    .beginning(First::Of(b"\xffV"))
    .on(&[27015, 27036]);

const SIGNS: [&[u8]; 3] = [
    b"\xff\xff\xff\xffTSource Engine Query\0",
    b"\xff\xff\xff\xff\x21\x4c\x5f\xa0",
    b"VS01",
];

fn probe(datagram: &[u8], _: Direction) -> Probe {
    match begins_with_any(datagram, &SIGNS) {
        Probe::Certain => Probe::Certain,
        _ => Probe::NotMine,
    }
}
