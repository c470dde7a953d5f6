//! DHCP (RFC 2131) and its options (RFC 2132).
//!
//! ```text
//! | op 1 | hardware 1 | length 1 | hops 1 | xid 4 | secs 2 | flags 2 | four addresses 16 | hardware address 16 |
//! | server name 64 | file 128 | 63 82 53 63 | options: code 1, length 1, .. | 255 |
//! ```

use std::net::Ipv4Addr;

use whotalks_record::ApplicationProtocol;

use crate::app::read::{array, possible, same, u8_at, u32_be};
use crate::app::{Direction, First, Probe, Protocol};

pub(crate) const DATAGRAM: Protocol = Protocol::datagram(ApplicationProtocol::Dhcp, probe)
    .beginning(First::Of(&[1, 2]))
    .on(&[67, 68]);

const COOKIE_AT: usize = 236;
const COOKIE: [u8; 4] = [0x63, 0x82, 0x53, 0x63];
const MOST_HARDWARE_BYTES: u8 = 16;

/// An option's number (IANA "BOOTP Vendor Extensions and DHCP Options").
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct OptionCode(pub u8);

impl OptionCode {
    const PAD: Self = Self(0);
    const END: Self = Self(255);
    /// The name of the host.
    pub const HOST_NAME: Self = Self(12);
    /// The address that is asked for.
    pub const REQUESTED_ADDRESS: Self = Self(50);
    /// The kind of message: 1 discover, 2 offer, 3 request, 5 acknowledge.
    pub const MESSAGE_TYPE: Self = Self(53);
    /// The server.
    pub const SERVER: Self = Self(54);
    /// What kind of client it is.
    pub const VENDOR_CLASS: Self = Self(60);
    /// The client's full name (RFC 4702).
    pub const FULL_NAME: Self = Self(81);
}

/// A message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Message<'a> {
    bytes: &'a [u8],
    /// Whether a server sent it.
    pub is_reply: bool,
    /// The number that pairs question and answer.
    pub transaction: u32,
    /// The address that the client is given.
    pub your_address: Ipv4Addr,
    /// The client's hardware address, if it is an Ethernet address.
    pub client_mac: Option<[u8; 6]>,
}

impl<'a> Message<'a> {
    /// Reads a message; none where it is none.
    #[must_use]
    pub fn parse(bytes: &'a [u8]) -> Option<Self> {
        begins(bytes)?.then_some(())?;
        let is_ethernet = u8_at(bytes, 1)? == 1 && u8_at(bytes, 2)? == 6;
        Some(Self {
            bytes,
            is_reply: u8_at(bytes, 0)? == 2,
            transaction: u32_be(bytes, 4)?,
            your_address: array::<4>(bytes, 16)?.into(),
            client_mac: array(bytes, 28).filter(|_| is_ethernet),
        })
    }

    /// The options in order, as far as they are whole.
    pub fn options(&self) -> impl Iterator<Item = (OptionCode, &'a [u8])> {
        let mut rest = self.bytes.get(COOKIE_AT + COOKIE.len()..).unwrap_or_default();
        std::iter::from_fn(move || {
            while let [0, after @ ..] = rest {
                rest = after;
            }
            let (code, length) = (OptionCode(u8_at(rest, 0)?), usize::from(u8_at(rest, 1)?));
            let value = rest.get(2..2 + length)?;
            rest = rest.get(2 + length..)?;
            (code != OptionCode::END && code != OptionCode::PAD).then_some((code, value))
        })
    }

    /// The first option with that number.
    #[must_use]
    pub fn option(&self, wanted: OptionCode) -> Option<&'a [u8]> {
        self.options().find(|(code, _)| *code == wanted).map(|(_, value)| value)
    }
}

fn probe(datagram: &[u8], _: Direction) -> Probe {
    match begins(datagram) {
        Some(true) => Probe::Certain,
        Some(false) | None => possible(head(datagram)),
    }
}

/// What BOOTP (RFC 951) and a capture that cut the datagram before its cookie leave to see: operation, Ethernet, few hops.
fn head(datagram: &[u8]) -> Option<bool> {
    const MOST_HOPS: u8 = 16;
    let ethernet = same(datagram, 1, &[1, 6])?;
    Some(matches!(u8_at(datagram, 0)?, 1 | 2) && ethernet && u8_at(datagram, 3)? <= MOST_HOPS)
}

fn begins(datagram: &[u8]) -> Option<bool> {
    let known = matches!(u8_at(datagram, 0)?, 1 | 2) && u8_at(datagram, 2)? <= MOST_HARDWARE_BYTES;
    Some(known && same(datagram, COOKIE_AT, &COOKIE)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn request() -> Vec<u8> {
        let mut bytes = vec![1, 1, 6, 0, 0xde, 0xad, 0xbe, 0xef];
        bytes.resize(COOKIE_AT, 0);
        bytes.extend(COOKIE);
        bytes.extend(b"\x35\x01\x03\0\0\x0c\x04host\xff");
        bytes
    }

    #[test]
    fn a_request_states_its_kind_and_the_name_of_the_host() {
        let bytes = request();
        let message = Message::parse(&bytes).unwrap();
        assert_eq!(message.transaction, 0xdead_beef);
        assert_eq!(message.option(OptionCode::MESSAGE_TYPE), Some(&[3][..]));
        assert_eq!(message.option(OptionCode::HOST_NAME), Some(&b"host"[..]));
        assert_eq!(message.options().count(), 2);
    }

    proptest! {
        #[test]
        fn a_cut_message_gives_no_more_options(end in 0usize..260) {
            let bytes = request();
            let cut = &bytes[..end.min(bytes.len())];
            prop_assert!(Message::parse(cut).is_none_or(|message| message.options().count() <= 2));
        }
    }
}
