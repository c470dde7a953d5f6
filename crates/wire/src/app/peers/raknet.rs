//! RakNet, on which games stand: sixteen fixed bytes in the messages that open a connection.

use whotalks_record::ApplicationProtocol;

use crate::app::read::judge_whole;
use crate::app::{Direction, First, Probe, Protocol};

pub(crate) const DATAGRAM: Protocol = Protocol::datagram(ApplicationProtocol::RakNet, probe)
    .beginning(First::Of(&[0x01, 0x02, 0x05, 0x06, 0x07, 0x08, 0x1c]));

const MAGIC: [u8; 16] = [
    0x00, 0xff, 0xff, 0x00, 0xfe, 0xfe, 0xfe, 0xfe, 0xfd, 0xfd, 0xfd, 0xfd, 0x12, 0x34, 0x56, 0x78,
];

/// Behind the kind, a time, or a time and the number of the server.
fn probe(datagram: &[u8], _: Direction) -> Probe {
    let known = datagram
        .first()
        .is_some_and(|kind| matches!(kind, 1 | 2 | 5..=8 | 0x1c));
    let at = |place: usize| datagram.get(place..place + MAGIC.len()) == Some(&MAGIC[..]);
    judge_whole(Some(known && (at(1) || at(9) || at(17))))
}
