//! TeamViewer, by the signs of its own protocol; its relays are reached over TLS as well.
//!
//! ```text
//! | 17 24 | command 1 | length 2 LE | ...          | 11 30 | command 1 | 0 | length 4 LE | ...
//! ```

use whotalks_record::ApplicationProtocol;

use crate::app::pdu::PduLength;
use crate::app::read::{judge, judge_whole, same, u8_at, u16_le, u32_le};
use crate::app::{Direction, First, Probe, Protocol};

pub(crate) const STREAM: Protocol = Protocol::stream(ApplicationProtocol::TeamViewer, probe_stream)
    .beginning(First::Of(&[0x17, 0x11]))
    .framed(pdu)
    .on(&[5938]);

pub(crate) const DATAGRAM: Protocol = Protocol::datagram(ApplicationProtocol::TeamViewer, probe_datagram)
    .beginning(First::Of(&[0]))
    .on(&[5938]);

const FIRST_SIGN: [u8; 2] = [0x17, 0x24];
const SECOND_SIGN: [u8; 2] = [0x11, 0x30];
/// The command with which a client makes itself known, and its length.
const IDENTIFY: [u8; 5] = [0x17, 0x24, 0x0a, 0x20, 0];
const FIRST_HEADER_BYTES: usize = 5;
const SECOND_HEADER_BYTES: usize = 24;
/// Where the sign stands in a datagram.
const DATAGRAM_SIGN_AT: usize = 11;

fn probe_stream(prefix: &[u8], _: Direction) -> Probe {
    if judge(same(prefix, 0, &IDENTIFY)) == Probe::Certain {
        return Probe::Certain;
    }
    let signed = [FIRST_SIGN, SECOND_SIGN]
        .iter()
        .any(|sign| judge(same(prefix, 0, sign)) != Probe::NotMine);
    if signed { Probe::Unsure } else { Probe::NotMine }
}

fn probe_datagram(datagram: &[u8], _: Direction) -> Probe {
    let zero = u8_at(datagram, 0).map(|first| first == 0);
    judge_whole(zero.and_then(|zero| Some(zero && same(datagram, DATAGRAM_SIGN_AT, &FIRST_SIGN)?)))
}

fn pdu(prefix: &[u8], _: Direction) -> PduLength {
    const MOST_BYTES: usize = 1 << 20;
    match u8_at(prefix, 0) {
        Some(0x17) => PduLength::stated(u16_le(prefix, 3).map(|length| usize::from(length) + FIRST_HEADER_BYTES)),
        Some(0x11) => PduLength::stated_within(
            u32_le(prefix, 4).map(|length| (length as usize).saturating_add(SECOND_HEADER_BYTES)),
            MOST_BYTES,
        ),
        Some(_) => PduLength::Unframed,
        None => PduLength::NeedMore,
    }
}
