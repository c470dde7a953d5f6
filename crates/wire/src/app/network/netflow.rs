//! Reports about flows: NetFlow 5 and 9 (RFC 3954), IPFIX (RFC 7011) and sFlow 5.

use whotalks_record::ApplicationProtocol;

use crate::app::read::{judge_whole, u16_be, u32_be};
use crate::app::{Direction, First, Probe, Protocol};

pub(crate) const NETFLOW: Protocol = Protocol::datagram(ApplicationProtocol::Netflow, probe_netflow)
    .beginning(First::Of(&[0]))
    .on(&[2055, 9995, 9996]);

pub(crate) const IPFIX: Protocol = Protocol::datagram(ApplicationProtocol::Ipfix, probe_ipfix)
    .beginning(First::Of(&[0]))
    .on(&[4739]);

pub(crate) const SFLOW: Protocol = Protocol::datagram(ApplicationProtocol::Sflow, probe_sflow)
    .beginning(First::Of(&[0]))
    .on(&[6343]);

/// Seconds of 1970 to the year 2000.
const YEAR_2000: u32 = 946_684_800;

fn probe_netflow(datagram: &[u8], _: Direction) -> Probe {
    match u16_be(datagram, 0) {
        Some(5) => judge_whole(version_5(datagram)),
        Some(9) => judge_whole(version_9(datagram)),
        _ => Probe::NotMine,
    }
}

/// A header of 24 bytes and up to 30 records of 48.
fn version_5(datagram: &[u8]) -> Option<bool> {
    let count = usize::from(u16_be(datagram, 2)?);
    Some((1..=30).contains(&count) && datagram.len() == 24 + 48 * count && u32_be(datagram, 8)? >= YEAR_2000)
}

/// A header of 20 bytes and sets that fill the rest.
fn version_9(datagram: &[u8]) -> Option<bool> {
    let count = u16_be(datagram, 2)?;
    Some(count > 0 && u32_be(datagram, 8)? >= YEAR_2000 && sets_fill(datagram.get(20..)?))
}

fn probe_ipfix(datagram: &[u8], _: Direction) -> Probe {
    judge_whole(ipfix(datagram))
}

fn ipfix(datagram: &[u8]) -> Option<bool> {
    let head = u16_be(datagram, 0)? == 10 && usize::from(u16_be(datagram, 2)?) == datagram.len();
    Some(head && u32_be(datagram, 4)? >= YEAR_2000 && sets_fill(datagram.get(16..)?))
}

/// Sets of a number and a length follow each other to the end.
fn sets_fill(mut rest: &[u8]) -> bool {
    const FEWEST_BYTES: usize = 4;
    while let Some(length) = u16_be(rest, 2).map(usize::from) {
        if length < FEWEST_BYTES {
            return false;
        }
        let Some(after) = rest.get(length..) else { return false };
        if after.is_empty() {
            return true;
        }
        rest = after;
    }
    false
}

fn probe_sflow(datagram: &[u8], _: Direction) -> Probe {
    judge_whole(sflow(datagram))
}

/// Version, the family of the agent's address, the address, then numbers, of which the count of samples is small.
fn sflow(datagram: &[u8]) -> Option<bool> {
    const MOST_SAMPLES: u32 = 256;
    let address_bytes = match (u32_be(datagram, 0)?, u32_be(datagram, 4)?) {
        (5, 1) => 4,
        (5, 2) => 16,
        _ => return Some(false),
    };
    let samples = u32_be(datagram, 8 + address_bytes + 12)?;
    let first_kind = u32_be(datagram, 8 + address_bytes + 16)?;
    Some((1..=MOST_SAMPLES).contains(&samples) && (1..=4).contains(&(first_kind & 0xfff)))
}
