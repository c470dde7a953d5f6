//! XMPP (RFC 6120 4): both sides open a stream of XML.

use whotalks_record::ApplicationProtocol;

use crate::app::read::{contains, is_text};
use crate::app::{Direction, First, Probe, Protocol};

pub(crate) const STREAM: Protocol = Protocol::stream(ApplicationProtocol::Xmpp, probe)
    .beginning(First::Of(b"<"))
    .on(&[5222])
    .upgrading();

/// The opening tag comes within this.
const MOST_BYTES: usize = 512;

fn probe(prefix: &[u8], _: Direction) -> Probe {
    let seen = prefix.get(..MOST_BYTES).unwrap_or(prefix);
    if seen.first().is_some_and(|first| *first != b'<') || !is_text(seen) {
        return Probe::NotMine;
    }
    let opens = contains(seen, b"<stream:stream") || contains(seen, b"http://etherx.jabber.org/streams");
    match opens {
        true => Probe::Certain,
        false if seen.len() < MOST_BYTES => Probe::Unsure,
        false => Probe::NotMine,
    }
}
