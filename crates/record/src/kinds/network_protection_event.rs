//! A connection that network protection judged, from Defender's own log.

use std::net::IpAddr;

use crate::{Span, Text, Timestamp, WebRequest, WebTarget, beginning};

/// Network protection of Microsoft Defender stopped a program's connection to a destination, or would have stopped it: 1125 and
/// 1126 of `Microsoft-Windows-Windows Defender/Operational`. The event names the program by its image alone and the destination as
/// a URL, a host or an address. It says nothing of how a connection is carried: a port, and an address, only where it is written
/// so.
///
/// Source: Microsoft "Review network protection events in Windows Event Viewer", and the messages of the provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NetworkProtectionEvent {
    /// The event record.
    pub span: Span,
    /// When, by the host's clock.
    pub time: Timestamp,
    /// The computer.
    pub host: Text,
    /// What it did.
    pub action: NetworkProtectionAction,
    /// The image of the program whose connection it was.
    pub image: Option<Text>,
    /// The account.
    pub user: Option<Text>,
    /// The destination as it is written, without account, query and fragment, at most [`WebRequest::MOST_URL_BYTES`].
    pub destination: Text,
    /// The host in it, lower case, without a trailing dot; none where it is an address, or none can be read.
    pub name: Option<Text>,
    /// The host in it, where it is an address.
    pub address: Option<IpAddr>,
    /// The port, where it is written; never one that only follows from a scheme.
    pub port: Option<u16>,
}

/// What network protection did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NetworkProtectionAction {
    /// 1125: it was in audit mode and let the connection be, which it would have blocked in block mode.
    Audited,
    /// 1126: it blocked the connection.
    Blocked,
}

/// What a destination says, as far as it can be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JudgedDestination {
    /// As [`NetworkProtectionEvent::destination`].
    pub text: Text,
    /// As [`NetworkProtectionEvent::name`].
    pub name: Option<Text>,
    /// As [`NetworkProtectionEvent::address`].
    pub address: Option<IpAddr>,
    /// As [`NetworkProtectionEvent::port`].
    pub port: Option<u16>,
}

impl NetworkProtectionAction {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Audited, Self::Blocked];

    /// The number of its event.
    pub const fn event_id(self) -> u16 {
        match self {
            Self::Audited => 1125,
            Self::Blocked => 1126,
        }
    }
}

impl NetworkProtectionEvent {
    /// Whether the destination is an address, with or without a port, and no URL.
    pub fn is_bare_address(&self) -> bool {
        self.address.is_some() && !self.destination.contains("://")
    }
}

impl JudgedDestination {
    /// Reads the `Destination` of an event. What is neither a URL nor a host is kept as it is written up to its query, and names
    /// nobody.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let target = WebTarget::of_url(text).or_else(|| WebTarget::of_host(text));
        let Some(target) = target else {
            let bare = text.split(['?', '#']).next().unwrap_or_default();
            return (!bare.is_empty()).then(|| Self {
                text: beginning(bare, WebRequest::MOST_URL_BYTES).into(),
                name: None,
                address: None,
                port: None,
            });
        };
        Some(Self {
            text: target
                .url
                .unwrap_or_else(|| beginning(text, WebRequest::MOST_URL_BYTES).into()),
            name: target.name,
            address: target.address,
            port: target.port,
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> (String, Option<String>, Option<String>, Option<u16>) {
        let read = JudgedDestination::read(text).unwrap();
        (
            read.text.to_string(),
            read.name.map(|name| name.to_string()),
            read.address.map(|address| address.to_string()),
            read.port,
        )
    }

    #[test]
    fn a_port_that_only_the_scheme_implies_is_not_stated() {
        let name = || Some("bad.example.com".to_owned());
        assert_eq!(
            read("https://Bad.Example.com/a?token=1"),
            ("https://bad.example.com/a".into(), name(), None, None)
        );
        assert_eq!(
            read("http://bad.example.com:8080/"),
            ("http://bad.example.com:8080/".into(), name(), None, Some(8080))
        );
    }

    #[test]
    fn hosts_and_addresses_are_told_apart() {
        assert_eq!(
            read("bad.example.com"),
            ("bad.example.com".into(), Some("bad.example.com".into()), None, None)
        );
        assert_eq!(
            read("203.0.113.7"),
            ("203.0.113.7".into(), None, Some("203.0.113.7".into()), None)
        );
        assert_eq!(
            read("[2001:db8::1]:443"),
            ("[2001:db8::1]:443".into(), None, Some("2001:db8::1".into()), Some(443))
        );
    }

    proptest! {
        #[test]
        fn a_destination_of_any_text_is_kept_within_its_bound(text in "\\PC{0,40}|[a-z0-9.:/@?#\\[\\]]{0,40}|h:0{600}80") {
            if let Some(read) = JudgedDestination::read(&text) {
                prop_assert!(!read.text.is_empty() && read.text.len() <= WebRequest::MOST_URL_BYTES);
                prop_assert!(read.name.is_none() || read.address.is_none());
            }
        }
    }

    #[test]
    fn what_is_neither_is_kept_and_names_nobody() {
        assert_eq!(read("a b/c?d"), ("a b/c".into(), None, None, None));
        assert_eq!(JudgedDestination::read(" "), None);
        assert_eq!(JudgedDestination::read("?secret"), None);
    }
}
