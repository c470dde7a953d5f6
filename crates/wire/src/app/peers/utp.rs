//! uTP (BEP 29), BitTorrent's transport over UDP. One datagram without a payload that is known proves nothing.
//!
//! ```text
//! | kind, version 1 | extension 1 | connection 2 | time 4 | difference 4 | window 4 | sequence 2 | acknowledged 2 |
//! ```

use whotalks_record::ApplicationProtocol;

use super::bittorrent;
use crate::app::read::{judge_whole, possible, u8_at, u16_be, u32_be};
use crate::app::{Direction, First, Probe, Protocol};

pub(crate) const DATAGRAM: Protocol = Protocol::datagram(ApplicationProtocol::Utp, probe)
    .beginning(First::Of(&[0x01, 0x11, 0x21, 0x31, 0x41]))
    .paired(pair);

const HEADER_BYTES: usize = 20;
const HIGHEST_EXTENSION: u8 = 3;
const STATE: u8 = 0x21;
const SYN: u8 = 0x41;
/// How far sequence numbers of two datagrams may be apart, and their times in microseconds.
const MOST_APART: u16 = 64;
const MOST_TIME_APART: u32 = 60_000_000;

struct Header {
    kind: u8,
    connection: u16,
    time: u32,
    sequence: u16,
    acknowledged: u16,
}

fn header(datagram: &[u8]) -> Option<Header> {
    let kind = u8_at(datagram, 0)?;
    let known = matches!(kind, 0x01 | 0x11 | 0x21 | 0x31 | 0x41) && u8_at(datagram, 1)? <= HIGHEST_EXTENSION;
    known.then_some(Header {
        kind,
        connection: u16_be(datagram, 2)?,
        time: u32_be(datagram, 4)?,
        sequence: u16_be(datagram, 16)?,
        acknowledged: u16_be(datagram, 18)?,
    })
}

fn probe(datagram: &[u8], _: Direction) -> Probe {
    let payload = datagram.get(HEADER_BYTES..).unwrap_or_default();
    match header(datagram) {
        Some(_) if payload.starts_with(bittorrent::SIGNATURE) => Probe::Certain,
        header => possible(header.map(|_| true)),
    }
}

fn pair(earlier: &[u8], later: &[u8], same_sender: bool) -> Probe {
    let (Some(earlier), Some(later)) = (header(earlier), header(later)) else {
        return Probe::NotMine;
    };
    let goes_on = if same_sender {
        continues(&earlier, &later)
    } else {
        answers(&earlier, &later)
    };
    judge_whole(Some(goes_on))
}

/// The numbers of a side go up, and so does its clock, unless only an acknowledgement is repeated. A side's own connection
/// number is one above that of its SYN.
fn continues(earlier: &Header, later: &Header) -> bool {
    let connection = earlier
        .connection
        .wrapping_add(u16::from(earlier.kind == SYN && later.kind != SYN));
    let steps = later.sequence.wrapping_sub(earlier.sequence);
    let goes_on = (1..=MOST_APART).contains(&steps) && earlier.sequence != 0 || steps == 0 && later.kind == STATE;
    let microseconds = later.time.wrapping_sub(earlier.time);
    connection == later.connection && goes_on && (1..=MOST_TIME_APART).contains(&microseconds)
}

/// The two sides' connection numbers differ by one, and the answer acknowledges what was just sent.
fn answers(earlier: &Header, later: &Header) -> bool {
    let apart = later.connection.wrapping_sub(earlier.connection);
    let is_partner = match earlier.kind {
        SYN => apart == 0 && later.kind == STATE,
        _ => apart == 1 || apart == u16::MAX,
    };
    is_partner && earlier.sequence.wrapping_sub(later.acknowledged) <= MOST_APART
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_answer_to_a_syn_proves_it() {
        let syn = b"\x41\0\x53\x02\x10\xee\xb2\xf0\0\0\0\0\0\0\0\0\xe7\xf5\0\0";
        let state = b"\x21\x02\x53\x02\x06\xff\x3f\x5f\x7f\xff\xff\xff\0\0\xf0\0\x49\xc7\xe7\xf5\0\x08\0\0\0\0\0\0\0\0";
        assert_eq!(probe(syn, Direction::ToServer), Probe::Unsure);
        assert_eq!(pair(syn, state, false), Probe::Certain);
        assert_eq!(pair(state, syn, false), Probe::NotMine);
    }
}
