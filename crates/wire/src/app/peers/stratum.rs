//! Stratum, by which miners get their work: lines of JSON with the methods of mining.

use whotalks_record::ApplicationProtocol;

use crate::app::read::{contains, is_text};
use crate::app::{Direction, First, Probe, Protocol, pdu};

pub(crate) const STREAM: Protocol = Protocol::stream(ApplicationProtocol::Stratum, probe)
    .beginning(First::Of(b"{"))
    .framed(pdu::lines)
    .on(&[3333]);

/// Bitcoin and its like, Ethereum, Monero.
const SIGNS: [&[u8]; 6] = [
    b"\"mining.subscribe\"",
    b"\"mining.authorize\"",
    b"\"mining.configure\"",
    b"\"mining.notify\"",
    b"\"eth_submitlogin\"",
    b"\"eth_getwork\"",
];
/// The sign must come within this.
const MOST_BYTES: usize = 1024;

fn probe(prefix: &[u8], _: Direction) -> Probe {
    let seen = prefix.get(..MOST_BYTES).unwrap_or(prefix);
    if prefix.first().is_some_and(|first| *first != b'{') || !is_text(seen) {
        return Probe::NotMine;
    }
    let monero = contains(seen, b"\"login\"") && contains(seen, b"\"pass\"") && contains(seen, b"\"agent\"");
    if monero || SIGNS.iter().any(|sign| contains(seen, sign)) {
        return Probe::Certain;
    }
    if seen.len() < MOST_BYTES {
        Probe::Unsure
    } else {
        Probe::NotMine
    }
}
