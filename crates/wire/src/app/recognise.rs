//! Asks the probes.

use whotalks_record::ApplicationProtocol;

use super::table::{DATAGRAM_PROTOCOLS, STREAM_PROTOCOLS};
use super::{Carrier, Direction, Probe, Protocol};

/// What all probes together say about the first bytes of one side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Recognition {
    /// They are of this protocol.
    Certain(ApplicationProtocol),
    /// At least this one asks for more bytes.
    Unsure(ApplicationProtocol),
    /// No protocol of the table.
    Unknown,
}

/// A bit for each row of a table, by the first byte that the row admits.
type Candidates = [u128; 256];

static STREAM_CANDIDATES: Candidates = candidates(STREAM_PROTOCOLS);
static DATAGRAM_CANDIDATES: Candidates = candidates(DATAGRAM_PROTOCOLS);

const fn candidates(table: &[Protocol]) -> Candidates {
    assert!(table.len() <= 128, "a row has no bit");
    let mut all = [0; 256];
    let mut slots: &mut [u128] = &mut all;
    let mut byte: u8 = 0;
    while let [slot, rest @ ..] = slots {
        *slot = admitted(table, byte);
        slots = rest;
        byte = byte.wrapping_add(1);
    }
    all
}

const fn admitted(mut table: &[Protocol], byte: u8) -> u128 {
    let (mut mask, mut bit) = (0, 1);
    while let [row, rest @ ..] = table {
        if row.first.admits(byte) {
            mask |= bit;
        }
        bit <<= 1;
        table = rest;
    }
    mask
}

/// The rows that admit the first byte, in the order of the table.
fn rows(prefix: &[u8], carrier: Carrier) -> impl Iterator<Item = &'static Protocol> {
    let (table, masks) = match carrier {
        Carrier::Stream => (STREAM_PROTOCOLS, &STREAM_CANDIDATES),
        Carrier::Datagram => (DATAGRAM_PROTOCOLS, &DATAGRAM_CANDIDATES),
    };
    let first = prefix.first().and_then(|byte| masks.get(usize::from(*byte)));
    let mut mask = first.copied().unwrap_or(0);
    std::iter::from_fn(move || {
        let index = mask.trailing_zeros() as usize;
        mask &= mask.checked_sub(1)?;
        table.get(index)
    })
}

/// Asks every probe of `carrier` that the first byte fits. Where two are certain of the same bytes, the earlier row wins.
#[must_use]
pub fn recognise(prefix: &[u8], carrier: Carrier, direction: Direction) -> Recognition {
    let mut best = Recognition::Unknown;
    for candidate in rows(prefix, carrier) {
        match (candidate.probe)(prefix, direction) {
            Probe::Certain => return Recognition::Certain(candidate.protocol),
            Probe::Unsure if best == Recognition::Unknown => best = Recognition::Unsure(candidate.protocol),
            Probe::Unsure | Probe::NotMine => {}
        }
    }
    best
}

/// What the bytes may be that prove nothing alone: the first protocol that does not refuse them and has one of the ports
/// registered. It is a guess; none where [`recognise`] is certain.
#[must_use]
pub fn guess_by_port(
    prefix: &[u8],
    carrier: Carrier,
    direction: Direction,
    ports: [u16; 2],
) -> Option<ApplicationProtocol> {
    rows(prefix, carrier)
        .filter(|row| row.ports.iter().any(|port| ports.contains(port)))
        .find(|row| (row.probe)(prefix, direction) == Probe::Unsure)
        .map(|row| row.protocol)
}

/// What two datagrams of one conversation prove together.
#[must_use]
pub fn recognise_pair(earlier: &[u8], later: &[u8], same_sender: bool) -> Option<ApplicationProtocol> {
    rows(later, Carrier::Datagram)
        .find(|row| (row.pair)(earlier, later, same_sender) == Probe::Certain)
        .map(|row| row.protocol)
}

/// The row of a protocol.
#[must_use]
pub fn protocol(protocol: ApplicationProtocol, carrier: Carrier) -> Option<&'static Protocol> {
    let table = match carrier {
        Carrier::Stream => STREAM_PROTOCOLS,
        Carrier::Datagram => DATAGRAM_PROTOCOLS,
    };
    table.iter().find(|row| row.protocol == protocol)
}
