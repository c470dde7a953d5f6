//! POP3 (RFC 1939).

use whotalks_record::ApplicationProtocol;

use super::line;
use crate::app::read::{begins_with_any_case, first_line, is_text, same};
use crate::app::{Direction, First, Probe, Protocol, pdu};

pub(crate) const STREAM: Protocol = Protocol::stream(ApplicationProtocol::Pop3, probe)
    .beginning(First::Of(b"+cCuUaA"))
    .framed(pdu::lines)
    .on(&[110])
    .upgrading();

/// The user that signs in.
#[must_use]
pub fn user(prefix: &[u8]) -> Option<&[u8]> {
    let (command, argument) = line::command(prefix)?;
    command.eq_ignore_ascii_case(b"USER").then_some(argument)
}

/// `+OK` alone is said by others too; with a text behind it that names POP or gives a time stamp it is POP3.
fn probe(prefix: &[u8], direction: Direction) -> Probe {
    match direction {
        Direction::ToServer => client(prefix),
        Direction::ToClient => match line::greeting(prefix, b"+OK", &[b"pop", b"dovecot"]) {
            Probe::Unsure if has_stamp(prefix) => Probe::Certain,
            other => other,
        },
    }
}

fn client(prefix: &[u8]) -> Probe {
    match begins_with_any_case(prefix, &[b"CAPA\r\n", b"APOP "]) {
        Probe::NotMine => match begins_with_any_case(prefix, &[b"USER ", b"AUTH"]) {
            Probe::NotMine => Probe::NotMine,
            _ if is_text(prefix) => Probe::Unsure,
            _ => Probe::NotMine,
        },
        other => other,
    }
}

/// `<process.clock@host>` (RFC 1939 7).
fn has_stamp(prefix: &[u8]) -> bool {
    let line = first_line(prefix).unwrap_or_default();
    same(prefix, 0, b"+OK ") == Some(true) && line.ends_with(b">") && line.contains(&b'@') && line.contains(&b'<')
}
