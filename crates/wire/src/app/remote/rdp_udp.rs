//! RDP over UDP as it begins (MS-RDPEUDP 2.2.2): a SYN datagram.
//!
//! ```text
//! | acknowledged 4: ff ff ff ff | window 2 | flags 2: SYN | sequence 4 | up 2 | down 2 | ... zeros to the size of the path
//! ```

use whotalks_record::ApplicationProtocol;

use crate::app::read::{judge_whole, u16_be, u32_be};
use crate::app::{Direction, First, Probe, Protocol};

pub(crate) const DATAGRAM: Protocol = Protocol::datagram(ApplicationProtocol::RdpUdp, probe)
    .beginning(First::Of(&[0xff]))
    .on(&[3389]);

const FLAG_SYN: u16 = 1;
/// The sizes of datagrams that may be announced (MS-RDPEUDP 2.2.2.5).
const DATAGRAM_SIZES: std::ops::RangeInclusive<u16> = 1132..=1232;

fn probe(datagram: &[u8], _: Direction) -> Probe {
    judge_whole(syn(datagram))
}

fn syn(datagram: &[u8]) -> Option<bool> {
    let nothing_acknowledged = u32_be(datagram, 0)? == u32::MAX;
    let opens = u16_be(datagram, 6)? & FLAG_SYN != 0;
    let sizes = DATAGRAM_SIZES.contains(&u16_be(datagram, 12)?) && DATAGRAM_SIZES.contains(&u16_be(datagram, 14)?);
    Some(nothing_acknowledged && opens && sizes)
}
