//! SMTP (RFC 5321).

use whotalks_record::ApplicationProtocol;

use super::line;
use crate::app::read::begins_with_any_case;
use crate::app::{Direction, First, Probe, Protocol, pdu};

pub(crate) const STREAM: Protocol = Protocol::stream(ApplicationProtocol::Smtp, probe)
    .beginning(First::Of(b"2eEhHlLmMrR"))
    .framed(pdu::lines)
    .on(&[25, 587])
    .upgrading();

const COMMANDS: [&[u8]; 5] = [b"EHLO ", b"HELO ", b"LHLO ", b"MAIL FROM:", b"RCPT TO:"];

/// The sender or recipient in `MAIL FROM:<x>` and `RCPT TO:<x>`.
#[must_use]
pub fn mailbox(line: &[u8]) -> Option<&[u8]> {
    let start = line.iter().position(|byte| *byte == b'<')?;
    let rest = line.get(start + 1..)?;
    rest.get(..rest.iter().position(|byte| *byte == b'>')?)
}

fn probe(prefix: &[u8], direction: Direction) -> Probe {
    match direction {
        Direction::ToServer => begins_with_any_case(prefix, &COMMANDS),
        Direction::ToClient => line::greeting(prefix, b"220", &[b"smtp"]),
    }
}
