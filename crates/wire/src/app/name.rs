//! Names of hosts as they stand in packets.

use std::net::{IpAddr, Ipv6Addr};

/// A name as text: lower case, without a trailing dot, every byte that is not printable ASCII (and the backslash itself)
/// as `\DDD` in decimal (RFC 1035 5.1), so that no two names share a text and no text moves a terminal.
#[must_use]
pub fn name_text(name: &[u8]) -> String {
    let mut text = String::with_capacity(name.len());
    let name = name.strip_suffix(b".").unwrap_or(name);
    name.iter().for_each(|byte| push_escaped(&mut text, *byte));
    text
}

/// Adds one byte of a name to its text.
pub(super) fn push_escaped(text: &mut String, byte: u8) {
    match byte {
        b'\\' => text.push_str("\\092"),
        0x21..=0x7e => text.push(byte.to_ascii_lowercase().into()),
        other => {
            let digits = [other / 100, other / 10 % 10, other % 10];
            text.push('\\');
            text.extend(digits.iter().map(|digit| char::from(b'0' + digit)));
        }
    }
}

/// `host[:port]`, as in a Host header, a CONNECT request or an absolute URI (RFC 3986 3.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Authority<'a> {
    /// A name or an address; an IPv6 address is without its brackets.
    pub host: &'a [u8],
    /// The port, if one is stated and valid.
    pub port: Option<u16>,
}

impl<'a> Authority<'a> {
    /// Splits `text`; user information before an `@` is left out.
    #[must_use]
    pub fn parse(text: &'a [u8]) -> Self {
        let text = text
            .iter()
            .rposition(|byte| *byte == b'@')
            .and_then(|at| text.get(at + 1..))
            .unwrap_or(text);
        Self::bracketed(text).unwrap_or_else(|| Self::plain(text))
    }

    fn bracketed(text: &'a [u8]) -> Option<Self> {
        let inside = text.strip_prefix(b"[")?;
        let end = inside.iter().position(|byte| *byte == b']')?;
        let (host, after) = inside.split_at_checked(end)?;
        Some(Self {
            host,
            port: after.strip_prefix(b"]:").and_then(number),
        })
    }

    fn plain(text: &'a [u8]) -> Self {
        let Some(colon) = text.iter().rposition(|byte| *byte == b':') else {
            return Self { host: text, port: None };
        };
        let (host, port) = text.split_at_checked(colon).unwrap_or((text, &[]));
        // More than one colon without brackets is an IPv6 address that someone forgot to bracket.
        if host.contains(&b':') {
            return Self { host: text, port: None };
        }
        Self {
            host,
            port: port.strip_prefix(b":").and_then(number),
        }
    }

    /// The address, when the host is one and not a name.
    #[must_use]
    pub fn address(&self) -> Option<IpAddr> {
        let text = std::str::from_utf8(self.host).ok()?;
        let without_zone = text.split_once('%').map_or(text, |(address, _)| address);
        text.parse()
            .ok()
            .or_else(|| without_zone.parse::<Ipv6Addr>().ok().map(IpAddr::V6))
    }
}

fn number(digits: &[u8]) -> Option<u16> {
    std::str::from_utf8(digits).ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_are_lower_case_without_trailing_dot() {
        assert_eq!(name_text(b"WWW.Example.COM."), "www.example.com");
        assert_eq!(name_text(b""), "");
    }

    #[test]
    fn control_characters_spaces_and_backslashes_are_escaped() {
        assert_eq!(name_text(b"a\x1b[31m b\\c\xff"), "a\\027[31m\\032b\\092c\\255");
    }

    #[test]
    fn host_and_port_are_told_apart() {
        let split = |text| {
            let authority = Authority::parse(text);
            (authority.host, authority.port)
        };
        assert_eq!(split(b"example.com"), (&b"example.com"[..], None));
        assert_eq!(split(b"example.com:8443"), (&b"example.com"[..], Some(8443)));
        assert_eq!(split(b"user:secret@example.com:80"), (&b"example.com"[..], Some(80)));
        assert_eq!(split(b"[2001:db8::1]:443"), (&b"2001:db8::1"[..], Some(443)));
        assert_eq!(split(b"2001:db8::1"), (&b"2001:db8::1"[..], None));
        assert_eq!(split(b"example.com:99999"), (&b"example.com"[..], None));
    }

    #[test]
    fn an_address_is_no_name() {
        assert!(Authority::parse(b"192.0.2.1:80").address().is_some());
        assert!(Authority::parse(b"[fe80::1%25eth0]").address().is_some());
        assert!(Authority::parse(b"192.0.2.1.example").address().is_none());
    }

    proptest! {
        #[test]
        fn the_text_of_a_name_is_printable_and_unique(one: Vec<u8>, two: Vec<u8>) {
            prop_assert!(name_text(&one).bytes().all(|byte| (0x21..=0x7e).contains(&byte)));
            let same = |name: &[u8]| name.strip_suffix(b".").unwrap_or(name).to_ascii_lowercase();
            prop_assert_eq!(name_text(&one) == name_text(&two), same(&one) == same(&two));
        }

        #[test]
        fn any_authority_is_split_without_panic(text: Vec<u8>) {
            prop_assert!(Authority::parse(&text).host.len() <= text.len());
        }
    }
}
