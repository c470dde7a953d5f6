//! LDAP (RFC 4511) over TCP, and over UDP as domain controllers are looked for (MS-ADTS 6.3.3).

use whotalks_record::ApplicationProtocol;

use crate::app::pdu::PduLength;
use crate::app::read::{judge, judge_whole, same, u8_at};
use crate::app::{Direction, First, Probe, Protocol, ber};

pub(crate) const STREAM: Protocol = Protocol::stream(ApplicationProtocol::Ldap, probe_stream)
    .beginning(First::Of(&[SEQUENCE]))
    .framed(pdu)
    .on(&[389, 3268])
    .upgrading();

pub(crate) const DATAGRAM: Protocol = Protocol::datagram(ApplicationProtocol::Cldap, probe_datagram)
    .beginning(First::Of(&[SEQUENCE]))
    .on(&[389]);

const SEQUENCE: u8 = 0x30;
const INTEGER: u8 = 0x02;
const ENUMERATED: u8 = 0x0a;
const OCTET_STRING: u8 = 0x04;
/// The longest message waited for; a page of a search has a few hundred kilobytes.
const MOST_MESSAGE_BYTES: usize = 4 << 20;

/// What a message is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Message<'a> {
    /// The number that pairs question and answers.
    pub id: u32,
    /// The kind of operation: the application tag (0 bind, 1 its answer, 3 search, 4 entry, 5 end of search, 23 extended).
    pub operation: u8,
    /// The content of the operation.
    pub content: &'a [u8],
}

impl<'a> Message<'a> {
    /// Reads the message that the bytes begin with; none where there is none.
    #[must_use]
    pub fn parse(bytes: &'a [u8]) -> Option<Self> {
        let (inside, _) = ber::content(bytes, SEQUENCE)?;
        let (id, rest) = ber::content(inside, INTEGER)?;
        let tag = u8_at(rest, 0)?;
        let (content, _) = ber::content(rest, tag)?;
        is_operation(tag).then_some(Self {
            id: ber::integer(id)?,
            operation: tag & 0x1f,
            content,
        })
    }

    /// The base of a search, or the name that binds.
    #[must_use]
    pub fn name(&self) -> Option<&'a [u8]> {
        match self.operation {
            0 => ber::find(self.content, OCTET_STRING),
            3 => ber::content(self.content, OCTET_STRING).map(|(base, _)| base),
            _ => None,
        }
    }

    /// The outcome (RFC 4511 4.1.9) of an answer that has one.
    #[must_use]
    pub fn result_code(&self) -> Option<u32> {
        ber::content(self.content, ENUMERATED).and_then(|(code, _)| ber::integer(code))
    }
}

/// Application tags in use: bind to intermediate answer (RFC 4511 4.2 to 4.13).
const fn is_operation(tag: u8) -> bool {
    matches!(tag, 0x42 | 0x4a | 0x50 | 0x60 | 0x61 | 0x63..=0x69 | 0x6b..=0x6f | 0x73 | 0x77..=0x79)
}

fn probe_stream(prefix: &[u8], _: Direction) -> Probe {
    judge(message(prefix, None))
}

fn probe_datagram(datagram: &[u8], _: Direction) -> Probe {
    judge_whole(message(datagram, Some(datagram.len())))
}

fn message(prefix: &[u8], length: Option<usize>) -> Option<bool> {
    if u8_at(prefix, 0)? != SEQUENCE {
        return Some(false);
    }
    let outer = ber::head(prefix)?;
    let fits = match (outer.total_bytes(), length) {
        (Some(total), Some(length)) => total <= length,
        (Some(total), None) => total <= MOST_MESSAGE_BYTES,
        (None, _) => false,
    };
    let inside = prefix.get(outer.header_bytes..)?;
    let id = ber::head(inside)?;
    if !fits || id.tag != INTEGER || !id.content_bytes.is_some_and(|bytes| (1..=4).contains(&bytes)) {
        return Some(false);
    }
    operation(inside.get(id.total_bytes()?..)?)
}

/// The tag of the operation, and what it must begin with.
fn operation(bytes: &[u8]) -> Option<bool> {
    let head = ber::head(bytes)?;
    let inside = bytes.get(head.header_bytes..)?;
    match head.tag {
        // Bind: version 2 or 3.
        0x60 => Some(same(inside, 0, &[INTEGER, 1])? && matches!(u8_at(inside, 2)?, 2 | 3)),
        // Search: the base. Its answers: an entry's name.
        0x63 | 0x64 | 0x68 => Some(u8_at(inside, 0)? == OCTET_STRING),
        // Answers: a result code.
        0x61 | 0x65 | 0x67 | 0x69 | 0x6b | 0x6d | 0x6f | 0x78 => same(inside, 0, &[ENUMERATED, 1]),
        // An extended request: an object identifier.
        0x77 => Some(u8_at(inside, 0)? == 0x80),
        0x42 => Some(head.content_bytes == Some(0)),
        tag => {
            // Modify, add, delete and the rest have no fixed beginning; they never come first.
            let _ = tag;
            Some(false)
        }
    }
}

/// The element and its head.
fn pdu(prefix: &[u8], _: Direction) -> PduLength {
    match ber::head(prefix) {
        None => PduLength::NeedMore,
        Some(head) if head.tag == SEQUENCE => match head.total_bytes() {
            Some(total) => PduLength::stated_within(Some(total), MOST_MESSAGE_BYTES),
            None => PduLength::Unframed,
        },
        Some(_) => PduLength::Unframed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BIND: &[u8] = b"\x30\x13\x02\x01\x01\x60\x0e\x02\x01\x03\x04\x04cn=a\x80\x03abc";

    #[test]
    fn a_bind_names_who_signs_in() {
        let message = Message::parse(BIND).unwrap();
        assert_eq!(
            (message.id, message.operation, message.name()),
            (1, 0, Some(&b"cn=a"[..]))
        );
        assert_eq!(pdu(BIND, Direction::ToServer), PduLength::Known(BIND.len()));
    }
}
