//! SNMP (RFC 1157, RFC 3416, RFC 3412).

use whotalks_record::ApplicationProtocol;

use crate::app::read::{judge_whole, u8_at};
use crate::app::{Direction, First, Probe, Protocol, ber};

pub(crate) const DATAGRAM: Protocol = Protocol::datagram(ApplicationProtocol::Snmp, probe)
    .beginning(First::Of(&[SEQUENCE]))
    .on(&[161, 162]);

const SEQUENCE: u8 = 0x30;
const INTEGER: u8 = 0x02;
const OCTET_STRING: u8 = 0x04;
const VERSION_3: u32 = 3;

/// A message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Message<'a> {
    /// 0 for version 1, 1 for version 2c, 3 for version 3.
    pub version: u32,
    /// The community, which is a password; none in version 3.
    pub community: Option<&'a [u8]>,
    /// What is wanted: 0 get, 1 get next, 2 answer, 3 set, 5 get bulk, 7 trap; none where it is encrypted.
    pub operation: Option<u8>,
}

impl<'a> Message<'a> {
    /// Reads a message; none where it is none.
    #[must_use]
    pub fn parse(datagram: &'a [u8]) -> Option<Self> {
        let (inside, _) = ber::content(datagram, SEQUENCE)?;
        let (version, rest) = ber::content(inside, INTEGER)?;
        let version = ber::integer(version)?;
        if version == VERSION_3 {
            let (header, rest) = ber::content(rest, SEQUENCE)?;
            let (security, rest) = ber::content(rest, OCTET_STRING)?;
            let known = !header.is_empty() && !security.is_empty() && !rest.is_empty();
            return known.then_some(Self {
                version,
                community: None,
                operation: None,
            });
        }
        let (community, rest) = ber::content(rest, OCTET_STRING)?;
        let operation = u8_at(rest, 0).filter(|tag| (0xa0..=0xa8).contains(tag))?;
        (version <= 1).then_some(Self {
            version,
            community: Some(community),
            operation: Some(operation & 0x1f),
        })
    }
}

fn probe(datagram: &[u8], _: Direction) -> Probe {
    let fits = ber::head(datagram).and_then(|head| head.total_bytes()) == Some(datagram.len());
    judge_whole(Some(fits && Message::parse(datagram).is_some()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_states_version_and_community() {
        let get = b"\x30\x1a\x02\x01\x01\x04\x06public\xa0\x0d\x02\x01\x01\x02\x01\0\x02\x01\0\x30\x02\x30\0";
        let message = Message::parse(get).unwrap();
        assert_eq!(
            (message.version, message.community, message.operation),
            (1, Some(&b"public"[..]), Some(0))
        );
        assert_eq!(probe(get, Direction::ToServer), Probe::Certain);
    }
}
