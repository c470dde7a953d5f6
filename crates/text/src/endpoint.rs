//! The ends of a socket as listings write them.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use whotalks_record::{Endpoint, IpProtocol};

use crate::ports;

/// One end of a socket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Party {
    /// An address and a port; port 0 where the listing has `*`.
    Known(Endpoint),
    /// `*:*`: nobody, or every address of the host with this port.
    Any(u16),
    /// A host or service name that stands in place of a number, or an address that was cut: no endpoint can be told.
    Named,
}

impl Party {
    /// Reads `address:port`. None where the text is no such thing.
    ///
    /// Shapes: `192.0.2.1:443`, `[2001:db8::1%12]:443`, `2001:db8::1:443` and `:::22` (Linux netstat), `127.0.0.53%lo:53`
    /// (ss), `*:*`, `*:ssh`, `host:https`. The zone is dropped: an endpoint has none.
    pub(crate) fn parse(text: &str, protocol: IpProtocol) -> Option<Self> {
        let (host, port) = text.rsplit_once(':')?;
        let number = if port == "*" {
            Some(0)
        } else {
            ports::port(port, protocol)
        };
        if number.is_none() && !is_name(port) {
            return None;
        }
        match (address(host), number) {
            (Host::Any, Some(number)) => Some(Self::Any(number)),
            (Host::Address(address), Some(number)) => Some(Self::Known(Endpoint::new(address, number))),
            (Host::Nothing, _) => None,
            _ => Some(Self::Named),
        }
    }

    /// The local end of a socket; a socket bound to every address is bound to the unspecified one.
    pub(crate) fn local(self) -> Option<Endpoint> {
        match self {
            Self::Known(endpoint) => Some(endpoint),
            Self::Any(port) => Some(Endpoint::new(IpAddr::V6(Ipv6Addr::UNSPECIFIED), port)),
            Self::Named => None,
        }
    }

    /// The far end: `Some(None)` is nobody (`*:*`, `0.0.0.0:0`), `None` cannot be told.
    pub(crate) fn remote(self) -> Option<Option<Endpoint>> {
        match self {
            Self::Known(endpoint) if endpoint.is_unspecified() => Some(None),
            Self::Known(endpoint) => Some(Some(endpoint)),
            Self::Any(_) => Some(None),
            Self::Named => None,
        }
    }
}

enum Host {
    Address(IpAddr),
    Any,
    Name,
    Nothing,
}

fn address(host: &str) -> Host {
    // The zone stands inside the brackets (Windows) or behind them (ss); no other part of an address has a percent sign.
    let (before, after) = host.split_once('%').unwrap_or((host, ""));
    let bare = match before.strip_prefix('[') {
        Some(rest) => rest.strip_suffix(']').or_else(|| after.ends_with(']').then_some(rest)),
        None => Some(before),
    };
    let Some(bare) = bare else {
        return Host::Nothing;
    };
    if bare == "*" {
        return Host::Any;
    }
    if let Some(address) = ip(bare) {
        return Host::Address(address);
    }
    if is_name(bare) { Host::Name } else { Host::Nothing }
}

fn ip(text: &str) -> Option<IpAddr> {
    if let Ok(address) = text.parse::<Ipv4Addr>() {
        return Some(IpAddr::V4(address));
    }
    text.parse::<Ipv6Addr>().ok().map(IpAddr::V6)
}

/// Whether a token can be a host or service name. Names of Windows computers may hold letters of any script; a cut IPv6
/// address looks like one too and is as little of an address.
fn is_name(text: &str) -> bool {
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':' | '/' | '+');
    !text.is_empty() && text.chars().all(fits) && text.chars().any(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tcp(text: &str) -> Option<Party> {
        Party::parse(text, IpProtocol::TCP)
    }

    fn known(address: &str, port: u16) -> Option<Party> {
        Some(Party::Known(Endpoint::new(address.parse().unwrap(), port)))
    }

    #[test]
    fn every_shape_of_address_is_read() {
        for (text, address, port) in [
            ("192.0.2.1:443", "192.0.2.1", 443),
            ("[2001:db8::1]:443", "2001:db8::1", 443),
            ("[fe80::1c2b%12]:139", "fe80::1c2b", 139),
            (":::22", "::", 22),
            ("2001:db8::1:443", "2001:db8::1", 443),
            ("127.0.0.53%lo:domain", "127.0.0.53", 53),
            ("::ffff:192.0.2.7:443", "192.0.2.7", 443),
            ("[fe80::9c:1]%eth0:123", "fe80::9c:1", 123),
            ("0.0.0.0:*", "0.0.0.0", 0),
        ] {
            assert_eq!(tcp(text), known(address, port), "{text}");
        }
        assert_eq!(tcp("*:*"), Some(Party::Any(0)));
        assert_eq!(tcp("*:ssh"), Some(Party::Any(22)));
    }

    #[test]
    fn names_in_place_of_numbers_are_no_endpoint() {
        for text in [
            "chief:epmap",
            "localhost:49664",
            "192.0.2.1:unheard-of",
            "2001:db8:1:2:https",
            "端末-01:445",
        ] {
            assert_eq!(tcp(text), Some(Party::Named), "{text}");
        }
    }

    #[test]
    fn other_tokens_are_nothing() {
        for text in [
            "LISTENING",
            "",
            ":",
            "a:",
            ":1",
            "[::1:1",
            "x y:1",
            "192.0.2.1",
            "(0.00/0/0)",
            "[svchost.exe]",
        ] {
            assert_eq!(tcp(text), None, "{text}");
        }
    }
}
