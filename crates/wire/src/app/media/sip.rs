//! SIP (RFC 3261).

use whotalks_record::ApplicationProtocol;

use crate::app::pdu::PduLength;
use crate::app::read::{either, judge, same};
use crate::app::{Direction, First, Probe, Protocol, headers};

pub(crate) const STREAM: Protocol = Protocol::stream(ApplicationProtocol::Sip, probe)
    .beginning(FIRST)
    .framed(pdu)
    .on(&[5060]);

pub(crate) const DATAGRAM: Protocol = Protocol::datagram(ApplicationProtocol::Sip, probe_datagram)
    .beginning(FIRST)
    .on(&[5060]);

const FIRST: First = First::Of(b"SIROABCMNPU");
/// Methods (IANA "SIP Parameters, Methods"), each with its space.
const METHODS: [&[u8]; 14] = [
    b"INVITE ",
    b"ACK ",
    b"BYE ",
    b"CANCEL ",
    b"REGISTER ",
    b"OPTIONS ",
    b"INFO ",
    b"MESSAGE ",
    b"NOTIFY ",
    b"PRACK ",
    b"PUBLISH ",
    b"REFER ",
    b"SUBSCRIBE ",
    b"UPDATE ",
];
const SCHEMES: [&[u8]; 3] = [b"sip:", b"sips:", b"tel:"];

/// The first line of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start<'a> {
    /// What is wanted, and of whom.
    Request {
        /// The method.
        method: &'a [u8],
        /// The URI.
        uri: &'a [u8],
    },
    /// The status code of an answer.
    Response(u16),
}

/// Reads the first line.
#[must_use]
pub fn start(message: &[u8]) -> Option<Start<'_>> {
    let mut words = headers::start_line(message).splitn(3, |byte| *byte == b' ');
    let (first, second) = (words.next()?, words.next()?);
    if first == b"SIP/2.0" {
        return std::str::from_utf8(second).ok()?.parse().ok().map(Start::Response);
    }
    (words.next()? == b"SIP/2.0").then_some(Start::Request {
        method: first,
        uri: second,
    })
}

fn probe(prefix: &[u8], _: Direction) -> Probe {
    let answer = judge(same(prefix, 0, b"SIP/2.0 "));
    either(METHODS.iter().map(|method| request(prefix, method)).chain([answer]))
}

/// A method and the scheme of a SIP address.
fn request(prefix: &[u8], method: &[u8]) -> Probe {
    match same(prefix, 0, method) {
        Some(true) => either(SCHEMES.iter().map(|scheme| judge(same(prefix, method.len(), scheme)))),
        other => judge(other),
    }
}

fn probe_datagram(datagram: &[u8], direction: Direction) -> Probe {
    match probe(datagram, direction) {
        Probe::Certain => Probe::Certain,
        Probe::Unsure | Probe::NotMine => Probe::NotMine,
    }
}

fn pdu(prefix: &[u8], _: Direction) -> PduLength {
    headers::pdu(prefix)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_states_what_is_wanted_or_how_it_ended() {
        let request = start(b"INVITE sip:bob@example.com SIP/2.0\r\nVia: x\r\n").unwrap();
        assert_eq!(
            request,
            Start::Request {
                method: b"INVITE",
                uri: b"sip:bob@example.com"
            }
        );
        assert_eq!(start(b"SIP/2.0 180 Ringing\r\n"), Some(Start::Response(180)));
        assert_eq!(start(b"GET / HTTP/1.1\r\n"), None);
    }
}
