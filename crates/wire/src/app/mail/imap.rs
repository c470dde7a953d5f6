//! IMAP (RFC 9051).

use whotalks_record::ApplicationProtocol;

use crate::app::read::{begins_with_any, begins_with_any_case, first_line};
use crate::app::{Direction, Probe, Protocol, pdu};

pub(crate) const STREAM: Protocol = Protocol::stream(ApplicationProtocol::Imap, probe)
    .framed(pdu::lines)
    .on(&[143])
    .upgrading();

/// A tag is a few letters and digits.
const MOST_TAG_BYTES: usize = 16;
/// What a client begins with.
const COMMANDS: [&[u8]; 6] = [
    b"CAPABILITY",
    b"LOGIN ",
    b"AUTHENTICATE ",
    b"STARTTLS",
    b"ID (",
    b"NOOP",
];

/// The tag, the command and its arguments.
#[must_use]
pub fn command(prefix: &[u8]) -> Option<(&[u8], &[u8], &[u8])> {
    let mut words = first_line(prefix)?.splitn(3, |byte| *byte == b' ');
    Some((words.next()?, words.next()?, words.next().unwrap_or_default()))
}

fn probe(prefix: &[u8], direction: Direction) -> Probe {
    match direction {
        Direction::ToServer => client(prefix),
        Direction::ToClient => begins_with_any(prefix, &[b"* OK ", b"* PREAUTH ", b"* BYE "]),
    }
}

fn client(prefix: &[u8]) -> Probe {
    let tag = prefix
        .iter()
        .take(MOST_TAG_BYTES + 1)
        .take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'.')
        .count();
    match prefix.get(tag) {
        _ if tag > MOST_TAG_BYTES => Probe::NotMine,
        None => Probe::Unsure,
        Some(b' ') if tag > 0 => begins_with_any_case(prefix.get(tag + 1..).unwrap_or_default(), &COMMANDS),
        Some(_) => Probe::NotMine,
    }
}
