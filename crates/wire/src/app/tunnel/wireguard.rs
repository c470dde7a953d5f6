//! WireGuard: four kinds of messages of fixed beginning and length.
//!
//! ```text
//! | kind 1 | 0 0 0 | initiation: sender 4 ..  | response: sender 4, receiver 4 ..  | data: receiver 4, counter 8 LE, ..
//! ```

use whotalks_record::ApplicationProtocol;

use crate::app::read::{array, judge_whole, u8_at, u32_le};
use crate::app::{Direction, First, Probe, Protocol};

pub(crate) const DATAGRAM: Protocol = Protocol::datagram(ApplicationProtocol::WireGuard, probe)
    .beginning(First::Range(INITIATION, DATA))
    .paired(pair)
    .on(&[51820]);

const INITIATION: u8 = 1;
const RESPONSE: u8 = 2;
const COOKIE: u8 = 3;
const DATA: u8 = 4;
const INITIATION_BYTES: usize = 148;
const RESPONSE_BYTES: usize = 92;
const COOKIE_BYTES: usize = 64;
/// Header and tag of data; what is carried is padded to 16 bytes.
const DATA_BYTES: usize = 32;
/// How far the counters of two datagrams may be apart.
const MOST_APART: u64 = 64;

/// The kind, where reserved bytes and length are as they must be.
fn kind(datagram: &[u8]) -> Option<u8> {
    let kind = u8_at(datagram, 0)?;
    let length = datagram.len();
    let fits = match kind {
        INITIATION => length == INITIATION_BYTES,
        RESPONSE => length == RESPONSE_BYTES,
        COOKIE => length == COOKIE_BYTES,
        DATA => length >= DATA_BYTES && length.is_multiple_of(16),
        _ => false,
    };
    (fits && array(datagram, 1)? == [0; 3]).then_some(kind)
}

fn probe(datagram: &[u8], _: Direction) -> Probe {
    match kind(datagram) {
        Some(INITIATION | RESPONSE) => Probe::Certain,
        Some(_) => Probe::Unsure,
        None => Probe::NotMine,
    }
}

/// Data of one sender to one receiver, whose counter goes on. The earlier datagram may be cut.
fn pair(earlier: &[u8], later: &[u8], same_sender: bool) -> Probe {
    let goes_on = |earlier: &[u8], later: &[u8]| {
        let counter = |datagram| array(datagram, 8).map(u64::from_le_bytes);
        let apart = counter(later)?.wrapping_sub(counter(earlier)?);
        let begins = array(earlier, 0)? == [DATA, 0, 0, 0] && kind(later) == Some(DATA);
        Some(begins && u32_le(earlier, 4)? == u32_le(later, 4)? && (1..=MOST_APART).contains(&apart))
    };
    judge_whole(goes_on(earlier, later).map(|goes_on| goes_on && same_sender))
}
