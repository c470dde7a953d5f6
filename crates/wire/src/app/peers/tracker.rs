//! BitTorrent trackers over UDP (BEP 15): a connection is asked for with a fixed number.

use whotalks_record::ApplicationProtocol;

use crate::app::read::{judge_whole, u32_be, u64_be};
use crate::app::{Direction, First, Probe, Protocol};

pub(crate) const DATAGRAM: Protocol =
    Protocol::datagram(ApplicationProtocol::BitTorrentTracker, probe).beginning(First::Of(&[0]));

const CONNECT: u64 = 0x0417_2710_1980;
const CONNECT_BYTES: usize = 16;

fn probe(datagram: &[u8], _: Direction) -> Probe {
    let connects = u64_be(datagram, 0)
        .zip(u32_be(datagram, 8))
        .map(|(number, action)| number == CONNECT && action == 0);
    judge_whole(connects.map(|connects| connects && datagram.len() >= CONNECT_BYTES))
}
