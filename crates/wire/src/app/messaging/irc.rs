//! IRC (RFC 2812).

use whotalks_record::ApplicationProtocol;

use crate::app::read::{begins_with_any_case, contains, first_line, is_text};
use crate::app::{Direction, First, Probe, Protocol, pdu};

pub(crate) const STREAM: Protocol = Protocol::stream(ApplicationProtocol::Irc, probe)
    .beginning(First::Of(b":NnUuCcPp"))
    .framed(pdu::lines)
    .on(&[6667])
    .upgrading();

/// Two lines of a client say enough.
const MOST_BYTES: usize = 1024;

fn probe(prefix: &[u8], direction: Direction) -> Probe {
    match direction {
        Direction::ToServer => client(prefix),
        Direction::ToClient => server(prefix),
    }
}

/// A nickname and a user, in whatever order, or the negotiation of capabilities before them.
fn client(prefix: &[u8]) -> Probe {
    let seen = prefix.get(..MOST_BYTES).unwrap_or(prefix);
    match begins_with_any_case(seen, &[b"CAP LS\r\n", b"CAP LS 30"]) {
        Probe::Certain => return Probe::Certain,
        Probe::Unsure => return Probe::Unsure,
        Probe::NotMine => {}
    }
    let begins = begins_with_any_case(seen, &[b"NICK ", b"USER ", b"PASS "]);
    if begins == Probe::NotMine || !is_text(seen) {
        return Probe::NotMine;
    }
    if contains(seen, b"nick ") && contains(seen, b"user ") && contains(seen, b" :") {
        return Probe::Certain;
    }
    if seen.len() < MOST_BYTES {
        Probe::Unsure
    } else {
        Probe::NotMine
    }
}

/// `NOTICE AUTH :`, or a prefix and a notice or the number 001.
fn server(prefix: &[u8]) -> Probe {
    match begins_with_any_case(prefix, &[b"NOTICE AUTH :", b"NOTICE * :"]) {
        Probe::NotMine => {}
        other => return other,
    }
    if prefix.first() != Some(&b':') {
        return Probe::NotMine;
    }
    let seen = prefix.get(..MOST_BYTES).unwrap_or(prefix);
    let Some(line) = first_line(seen) else {
        return if is_text(seen) && seen.len() < MOST_BYTES {
            Probe::Unsure
        } else {
            Probe::NotMine
        };
    };
    if !is_text(line) {
        return Probe::NotMine;
    }
    let mut words = line.split(|byte| *byte == b' ').skip(1);
    match words.next() {
        Some(b"NOTICE" | b"001" | b"CAP") => Probe::Certain,
        _ => Probe::NotMine,
    }
}
