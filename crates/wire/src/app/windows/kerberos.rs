//! Kerberos 5 (RFC 4120): who asks for a ticket to what. Over TCP a length of four bytes precedes each message.

use whotalks_record::ApplicationProtocol;

use crate::app::pdu::PduLength;
use crate::app::read::{judge, judge_whole, u8_at, u32_be};
use crate::app::{Direction, First, Probe, Protocol, ber};

pub(crate) const STREAM: Protocol = Protocol::stream(ApplicationProtocol::Kerberos, probe_stream)
    .beginning(First::Of(&[0]))
    .framed(pdu)
    .on(&[88]);

pub(crate) const DATAGRAM: Protocol = Protocol::datagram(ApplicationProtocol::Kerberos, probe_datagram)
    .beginning(First::Range(0x6a, 0x7e))
    .on(&[88]);

const LENGTH_BYTES: usize = 4;
/// A ticket with many groups has some tens of kilobytes.
const MOST_MESSAGE_BYTES: u32 = 1 << 20;
const SEQUENCE: u8 = 0x30;
const INTEGER: u8 = 0x02;
const GENERAL_STRING: u8 = 0x1b;
const VERSION: [u8; 3] = [0x02, 0x01, 0x05];

const fn context(number: u8) -> u8 {
    0xa0 | number
}

/// The kinds of messages (RFC 4120 5.10), by their application tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct MessageType(pub u8);

impl MessageType {
    /// A request for an initial ticket.
    pub const AS_REQUEST: Self = Self(10);
    /// Its answer.
    pub const AS_REPLY: Self = Self(11);
    /// A request for a ticket to a service.
    pub const TGS_REQUEST: Self = Self(12);
    /// Its answer.
    pub const TGS_REPLY: Self = Self(13);
    /// An error.
    pub const ERROR: Self = Self(30);

    const fn is_request(self) -> bool {
        matches!(self, Self::AS_REQUEST | Self::TGS_REQUEST)
    }

    const fn is_known(self) -> bool {
        matches!(
            self,
            Self::AS_REQUEST | Self::AS_REPLY | Self::TGS_REQUEST | Self::TGS_REPLY | Self::ERROR
        )
    }
}

/// What a message says without being decrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Message<'a> {
    /// The kind.
    pub kind: MessageType,
    /// The realm of the client, or of the service in requests and errors.
    pub realm: Option<&'a [u8]>,
    /// The PrincipalName of the client; its parts are given by [`parts`].
    client: Option<&'a [u8]>,
    service: Option<&'a [u8]>,
    /// What went wrong (RFC 4120 7.5.9), in an error.
    pub error_code: Option<u32>,
}

impl<'a> Message<'a> {
    /// Reads a message without the length that precedes it over TCP; none where it is none, or not complete enough.
    #[must_use]
    pub fn parse(bytes: &'a [u8]) -> Option<Self> {
        let tag = u8_at(bytes, 0)?;
        let kind = MessageType(tag & 0x1f);
        let (inside, _) = ber::content(bytes, tag)?;
        let (fields, _) = ber::content(inside, SEQUENCE)?;
        kind.is_known().then(|| Self::of(kind, fields))
    }

    fn of(kind: MessageType, fields: &'a [u8]) -> Self {
        let (realm, client, service) = match kind {
            MessageType::AS_REQUEST | MessageType::TGS_REQUEST => (2, 1, 3),
            MessageType::ERROR => (9, 8, 10),
            _ => (3, 4, u8::MAX >> 3),
        };
        let body = if kind.is_request() {
            ber::find(fields, context(4))
                .and_then(|body| ber::find(body, SEQUENCE))
                .unwrap_or_default()
        } else {
            fields
        };
        let code = (kind == MessageType::ERROR)
            .then(|| ber::find(fields, context(6)))
            .flatten();
        Self {
            kind,
            realm: ber::find(body, context(realm)).and_then(|realm| ber::find(realm, GENERAL_STRING)),
            client: ber::find(body, context(client)),
            service: ber::find(body, context(service)),
            error_code: code.and_then(|code| ber::find(code, INTEGER)).and_then(ber::integer),
        }
    }

    /// The parts of the client's name.
    pub fn client(&self) -> impl Iterator<Item = &'a [u8]> {
        parts(self.client.unwrap_or_default())
    }

    /// The parts of the service's name: `krbtgt` and a realm, `cifs` and a host.
    pub fn service(&self) -> impl Iterator<Item = &'a [u8]> {
        parts(self.service.unwrap_or_default())
    }
}

/// The strings of a PrincipalName (RFC 4120 5.2.2).
fn parts(name: &[u8]) -> impl Iterator<Item = &[u8]> {
    let strings = ber::find(name, SEQUENCE)
        .and_then(|fields| ber::find(fields, context(1)))
        .and_then(|strings| ber::find(strings, SEQUENCE))
        .unwrap_or_default();
    ber::elements(strings)
        .filter(|(tag, _)| *tag == GENERAL_STRING)
        .map(|(_, text)| text)
}

fn probe_datagram(datagram: &[u8], _: Direction) -> Probe {
    judge_whole(begins(datagram, Some(datagram.len())))
}

fn probe_stream(prefix: &[u8], _: Direction) -> Probe {
    judge(framed(prefix))
}

fn framed(prefix: &[u8]) -> Option<bool> {
    if u8_at(prefix, 0)? != 0 {
        return Some(false);
    }
    let length = u32_be(prefix, 0)?;
    if length > MOST_MESSAGE_BYTES {
        return Some(false);
    }
    begins(prefix.get(LENGTH_BYTES..)?, usize::try_from(length).ok())
}

/// The kind, the length, and the version behind the first field.
fn begins(bytes: &[u8], length: Option<usize>) -> Option<bool> {
    let tag = u8_at(bytes, 0)?;
    let kind = MessageType(tag & 0x1f);
    if tag & 0xe0 != 0x60 || !kind.is_known() {
        return Some(false);
    }
    let outer = ber::head(bytes)?;
    if outer.total_bytes() != length {
        return Some(false);
    }
    let inside = bytes.get(outer.header_bytes..)?;
    let sequence = ber::head(inside)?;
    if sequence.tag != SEQUENCE {
        return Some(false);
    }
    let first = context(if kind.is_request() { 1 } else { 0 });
    let version = [&[first, 3], &VERSION[..]].concat();
    crate::app::read::same(inside, sequence.header_bytes, &version)
}

/// Length and message.
fn pdu(prefix: &[u8], _: Direction) -> PduLength {
    PduLength::stated_within(
        u32_be(prefix, 0).map(|length| length as usize + LENGTH_BYTES),
        MOST_MESSAGE_BYTES as usize,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// AS-REQ for `user` of `REALM` to `krbtgt/REALM`, built by hand from RFC 4120 5.4.1.
    const REQUEST: &[u8] = b"\x6a\x51\x30\x4f\xa1\x03\x02\x01\x05\xa2\x03\x02\x01\x0a\xa4\x43\x30\x41\
        \xa0\x07\x03\x05\0\x40\0\0\0\xa1\x11\x30\x0f\xa0\x03\x02\x01\x01\xa1\x08\x30\x06\x1b\x04user\
        \xa2\x07\x1b\x05REALM\xa3\x1a\x30\x18\xa0\x03\x02\x01\x02\xa1\x11\x30\x0f\x1b\x06krbtgt\x1b\x05REALM";

    #[test]
    fn a_request_names_client_realm_and_service() {
        let message = Message::parse(REQUEST).unwrap();
        assert_eq!(message.kind, MessageType::AS_REQUEST);
        assert_eq!(message.realm, Some(&b"REALM"[..]));
        assert!(message.client().eq([b"user"]));
        assert!(message.service().eq([&b"krbtgt"[..], b"REALM"]));
        assert_eq!(probe_datagram(REQUEST, Direction::ToServer), Probe::Certain);
    }

    #[test]
    fn a_cut_request_is_no_datagram_and_no_panic() {
        for end in 0..REQUEST.len() {
            let _ = Message::parse(&REQUEST[..end]);
            assert_eq!(probe_datagram(&REQUEST[..end], Direction::ToServer), Probe::NotMine);
        }
    }
}
