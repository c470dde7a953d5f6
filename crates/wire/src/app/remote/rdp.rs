//! RDP as it begins (MS-RDPBCGR 2.2.1.1, 2.2.1.2), on TPKT (RFC 1006) and X.224.
//!
//! ```text
//! | 3 | 0 | length 2 | X.224: length 1 | code 1 | destination 2 | source 2 | class 1 |
//! request    | cookie: "Cookie: mstshash=NAME" CR LF | negotiation: 1 | flags 1 | 8 0 | protocols 4 LE |
//! confirm    | negotiation: 2 or 3 (failure) | flags 1 | 8 0 | protocol or reason 4 LE |
//! ```

use whotalks_record::ApplicationProtocol;

use crate::app::industry::cotp;
use crate::app::read::{first_line, judge, same, u8_at, u32_le};
use crate::app::{Direction, First, Probe, Protocol};

pub(crate) const STREAM: Protocol = Protocol::stream(ApplicationProtocol::Rdp, probe)
    .beginning(First::Of(&[cotp::TPKT_VERSION]))
    .framed(cotp::pdu)
    .on(&[3389])
    .upgrading();

const COOKIE: &[u8] = b"Cookie: ";
const NEGOTIATION_BYTES: usize = 8;
const NEGOTIATION_REQUEST: u8 = 1;
const NEGOTIATION_RESPONSE: u8 = 2;
const NEGOTIATION_FAILURE: u8 = 3;

/// What a connection request or confirm says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Connection<'a> {
    /// Whether it is the request.
    pub is_request: bool,
    /// The user named in `Cookie: mstshash=`, or the routing token after another `Cookie: `.
    pub cookie: Option<&'a [u8]>,
    /// The negotiation, where there is one.
    pub negotiation: Option<Negotiation>,
}

/// What is negotiated (MS-RDPBCGR 2.2.1.1.1, 2.2.1.2.1, 2.2.1.2.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Negotiation {
    /// 1 request, 2 response, 3 failure.
    pub kind: u8,
    /// Flags.
    pub flags: u8,
    /// The protocols asked for as a set (1 TLS, 2 CredSSP, 4 RDSTLS, 8 CredSSP with early authorization, 16 RDS AAD; 0 RDP's
    /// own security), the one that was chosen, or the reason of a failure.
    pub value: u32,
}

/// Reads a request or confirm that is complete; none where it is neither.
#[must_use]
pub fn connection(packet: &[u8]) -> Option<Connection<'_>> {
    let (code, variable) = cotp::connection(packet)?;
    let is_request = code == cotp::CONNECTION_REQUEST;
    let cookie = variable.strip_prefix(COOKIE).and_then(first_line);
    let negotiation = variable
        .len()
        .checked_sub(NEGOTIATION_BYTES)
        .and_then(|at| variable.get(at..))
        .and_then(negotiation);
    Some(Connection {
        is_request,
        cookie: cookie.map(|text| text.strip_prefix(b"mstshash=").unwrap_or(text)),
        negotiation: negotiation.filter(|found| (found.kind == NEGOTIATION_REQUEST) == is_request),
    })
}

fn negotiation(bytes: &[u8]) -> Option<Negotiation> {
    let kind = u8_at(bytes, 0).filter(|kind| (NEGOTIATION_REQUEST..=NEGOTIATION_FAILURE).contains(kind))?;
    same(bytes, 2, &[8, 0])?.then_some(Negotiation {
        kind,
        flags: u8_at(bytes, 1)?,
        value: u32_le(bytes, 4)?,
    })
}

/// A request with a cookie or a negotiation, or a confirm with one. A bare request may be of any protocol on X.224.
fn probe(prefix: &[u8], _: Direction) -> Probe {
    match cotp::connection_prefix(prefix) {
        Err(answer) => answer,
        Ok((cotp::CONNECTION_REQUEST, variable)) => judge(request(variable)),
        Ok((cotp::CONNECTION_CONFIRM, variable)) => judge(confirm(variable)),
        Ok(_) => Probe::NotMine,
    }
}

fn request(variable: &[u8]) -> Option<bool> {
    match same(variable, 0, COOKIE) {
        Some(false) => negotiation_begins(variable, &[NEGOTIATION_REQUEST]),
        found => found,
    }
}

fn confirm(variable: &[u8]) -> Option<bool> {
    negotiation_begins(variable, &[NEGOTIATION_RESPONSE, NEGOTIATION_FAILURE])
}

fn negotiation_begins(variable: &[u8], kinds: &[u8]) -> Option<bool> {
    if !kinds.contains(&u8_at(variable, 0)?) {
        return Some(false);
    }
    same(variable, 2, &[8, 0])
}

#[cfg(test)]
mod tests {
    use super::*;

    const REQUEST: &[u8] = b"\x03\0\0\x2c\x27\xe0\0\0\0\0\0Cookie: mstshash=eltons\r\n\x01\0\x08\0\x0b\0\0\0";

    #[test]
    fn a_request_states_the_user_and_the_protocols() {
        let request = connection(REQUEST).unwrap();
        assert!(request.is_request);
        assert_eq!(request.cookie, Some(&b"eltons"[..]));
        assert_eq!(request.negotiation.map(|found| found.value), Some(11));
    }

    #[test]
    fn every_truncation_of_a_request_leaves_it_open_or_certain() {
        for end in 1..REQUEST.len() {
            assert_ne!(probe(&REQUEST[..end], Direction::ToServer), Probe::NotMine, "{end}");
        }
    }
}
