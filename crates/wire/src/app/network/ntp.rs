//! NTP (RFC 5905 7.3).
//!
//! ```text
//! | leap, version, mode 1 | stratum 1 | poll 1 | precision 1 | root delay 4 | root dispersion 4 | reference 4 |
//! | reference time 8 | origin time 8 | receive time 8 | transmit time 8 | authentication ...
//! ```

use whotalks_record::ApplicationProtocol;

use crate::app::read::{array, u8_at, u32_be};
use crate::app::{Direction, Probe, Protocol};

pub(crate) const DATAGRAM: Protocol = Protocol::datagram(ApplicationProtocol::Ntp, probe).on(&[123]);

const HEADER_BYTES: usize = 48;
/// Seconds of 1900 to the year 2000; servers do not tell earlier times.
const YEAR_2000: u32 = 0xbc17_c200;
const HIGHEST_STRATUM: u8 = 16;
const HIGHEST_POLL: i8 = 17;
/// Sixteen seconds in the short format, beyond which a server is of no use.
const MOST_DISTANCE: u32 = 16 << 16;

/// A message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Message {
    /// 1 to 4.
    pub version: u8,
    /// 1 and 2 symmetric, 3 client, 4 server, 5 broadcast.
    pub mode: u8,
    /// 1 for a server with a clock of its own; 0 unknown.
    pub stratum: u8,
    /// The server's source: four letters at stratum 1, else an address or a hash.
    pub reference: [u8; 4],
    /// Seconds since 1900 when it was sent.
    pub transmit_seconds: u32,
}

/// Reads a message; none where it is too short.
#[must_use]
pub fn message(datagram: &[u8]) -> Option<Message> {
    let first = u8_at(datagram, 0)?;
    Some(Message {
        version: (first >> 3) & 7,
        mode: first & 7,
        stratum: u8_at(datagram, 1)?,
        reference: array(datagram, 12)?,
        transmit_seconds: u32_be(datagram, 40)?,
    })
}

/// A server's answer has many fields within narrow limits. A client may send next to nothing but zeros, which prove it only
/// together with the exact length; its random values prove nothing.
fn probe(datagram: &[u8], _: Direction) -> Probe {
    match message(datagram) {
        Some(message) if (1..=4).contains(&message.version) && has_length(datagram, message.version) => {
            match message.mode {
                1 | 2 | 4 | 5 if is_answer(datagram, message) == Some(true) => Probe::Certain,
                3 => client(datagram, message),
                1..=5 => Probe::Unsure,
                _ => Probe::NotMine,
            }
        }
        _ => control(datagram),
    }
}

/// Plain, with a message digest (RFC 5905 7.3), or with extension fields in multiples of four.
fn has_length(datagram: &[u8], version: u8) -> bool {
    match datagram.len().checked_sub(HEADER_BYTES) {
        None => false,
        Some(0 | 4 | 20 | 24) => true,
        Some(more) => version == 4 && more >= 16 && more.is_multiple_of(4),
    }
}

fn is_answer(datagram: &[u8], message: Message) -> Option<bool> {
    let poll = u8_at(datagram, 2)?.cast_signed();
    let precision = u8_at(datagram, 3)?.cast_signed();
    let (delay, dispersion) = (u32_be(datagram, 4)?, u32_be(datagram, 8)?);
    Some(
        message.stratum <= HIGHEST_STRATUM
            && (-6..=HIGHEST_POLL).contains(&poll)
            && (-32..=0).contains(&precision)
            && delay < MOST_DISTANCE
            && dispersion < MOST_DISTANCE
            && message.transmit_seconds >= YEAR_2000,
    )
}

fn client(datagram: &[u8], message: Message) -> Probe {
    let quiet = datagram
        .get(1..40)
        .is_some_and(|fields| fields.iter().all(|byte| *byte == 0));
    let told = is_answer(datagram, message) == Some(true) && message.stratum > 0;
    if quiet && datagram.len() == HEADER_BYTES || told {
        Probe::Certain
    } else {
        Probe::Unsure
    }
}

/// Control messages of mode 6 (RFC 9327) and the private ones of mode 7.
fn control(datagram: &[u8]) -> Probe {
    const FEWEST_BYTES: usize = 8;
    match u8_at(datagram, 0).map(|first| ((first >> 3) & 7, first & 7)) {
        Some((1..=4, 6 | 7)) if datagram.len() >= FEWEST_BYTES => Probe::Unsure,
        _ => Probe::NotMine,
    }
}
