//! RIP 1 and 2 (RFC 2453 4): a command, a version, entries of 20 bytes.

use whotalks_record::ApplicationProtocol;

use crate::app::read::{judge_whole, u8_at, u16_be};
use crate::app::{Direction, First, Probe, Protocol};

pub(crate) const DATAGRAM: Protocol = Protocol::datagram(ApplicationProtocol::Rip, probe)
    .beginning(First::Of(&[1, 2]))
    .on(&[520]);

const HEADER_BYTES: usize = 4;
const ENTRY_BYTES: usize = 20;
const MOST_ENTRIES: usize = 25;
/// IP, "all routes" and authentication.
const FAMILIES: [u16; 3] = [2, 0, 0xffff];
const INFINITE: u8 = 16;

fn probe(datagram: &[u8], _: Direction) -> Probe {
    judge_whole(message(datagram))
}

fn message(datagram: &[u8]) -> Option<bool> {
    let head = matches!((u8_at(datagram, 0)?, u8_at(datagram, 1)?), (1 | 2, 1 | 2)) && u16_be(datagram, 2)? == 0;
    let entries = datagram.get(HEADER_BYTES..)?;
    let whole = !entries.is_empty() && entries.len().is_multiple_of(ENTRY_BYTES);
    let few = entries.len() / ENTRY_BYTES <= MOST_ENTRIES;
    let known = entries.chunks_exact(ENTRY_BYTES).all(|entry| {
        let family = u16_be(entry, 0).unwrap_or(1);
        let metric = entry.last().copied().unwrap_or_default();
        FAMILIES.contains(&family) && (family == u16::MAX || metric <= INFINITE)
    });
    Some(head && whole && few && known)
}
