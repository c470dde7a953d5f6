//! BitTorrent's distributed hash table (BEP 5): a bencoded dictionary with a kind of message.

use whotalks_record::ApplicationProtocol;

use crate::app::read::{contains, decimal};
use crate::app::{Direction, First, Probe, Protocol};

pub(crate) const DATAGRAM: Protocol =
    Protocol::datagram(ApplicationProtocol::BitTorrentDht, probe).beginning(First::Of(b"d"));

/// Keys that dictionaries begin with: arguments, error, address, read-only, answer, version.
const FIRST_KEYS: [&[u8]; 6] = [b"1:ad", b"1:el", b"2:ip", b"2:ro", b"1:rd", b"1:v4"];
/// The kinds: question, answer, error.
const KINDS: [&[u8]; 3] = [b"1:y1:q", b"1:y1:r", b"1:y1:e"];

/// The name of a question: `ping`, `find_node`, `get_peers`, `announce_peer`.
#[must_use]
pub fn question(datagram: &[u8]) -> Option<&[u8]> {
    const KEY: &[u8] = b"1:q";
    let at = datagram.windows(KEY.len()).position(|window| window == KEY)?;
    let text = datagram.get(at + KEY.len()..)?;
    let (length, digits) = decimal(text)?;
    let start = digits + 1;
    text.get(start..start.checked_add(length as usize)?)
}

fn probe(datagram: &[u8], _: Direction) -> Probe {
    let begins = datagram
        .strip_prefix(b"d")
        .is_some_and(|rest| FIRST_KEYS.iter().any(|key| rest.starts_with(key)));
    let kind = KINDS.iter().any(|kind| contains(datagram, kind));
    if begins && kind { Probe::Certain } else { Probe::NotMine }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_named() {
        let ping = b"d1:ad2:id20:abcdefghij0123456789e1:q4:ping1:t2:aa1:y1:qe";
        assert_eq!(question(ping), Some(&b"ping"[..]));
        assert_eq!(probe(ping, Direction::ToServer), Probe::Certain);
        assert_eq!(probe(b"d3:foo3:bare", Direction::ToServer), Probe::NotMine);
    }
}
