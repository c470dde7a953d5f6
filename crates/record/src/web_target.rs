//! URLs and hosts as programs write them into events. What is not written as RFC 3986 wants it names nobody.

use std::net::{IpAddr, Ipv6Addr};

use crate::{Text, WebRequest};

/// Bytes of a host name, at most (RFC 1035 2.3.4, as text).
const MOST_NAME_BYTES: usize = 253;

/// Whom a URL or a host as a text means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebTarget {
    /// The host, lower case, without a trailing dot; none for an address.
    pub name: Option<Text>,
    /// The host, where it is an address.
    pub address: Option<IpAddr>,
    /// The port, where it is stated.
    pub port: Option<u16>,
    /// The port that the scheme of a URL is for; none for a host alone.
    pub usual_port: Option<u16>,
    /// The URL without account, query and fragment, at most [`WebRequest::MOST_URL_BYTES`]; none for a host alone.
    pub url: Option<Text>,
}

impl WebTarget {
    /// Whom an absolute URL means.
    pub fn of_url(text: &str) -> Option<Self> {
        let (scheme, rest) = text.split_once("://")?;
        let scheme = scheme.to_ascii_lowercase();
        let usual_port = match scheme.as_str() {
            "http" | "ws" => 80,
            "https" | "wss" => 443,
            "ftp" => 21,
            _ => return None,
        };
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (authority, path) = rest.split_at_checked(end)?;
        // Some programs take a backslash for a slash: whom they would ask is not whom this asks.
        if authority.contains('\\') {
            return None;
        }
        let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
        let target = Self::of_host(host)?;
        let path = path.split(['?', '#']).next().unwrap_or_default();
        // What is shown as a URL is one line.
        let is_line = !path.chars().any(char::is_control);
        let url = format!("{scheme}://{}{}", host.to_lowercase(), if is_line { path } else { "" });
        Some(Self {
            usual_port: Some(usual_port),
            url: Some(beginning(&url, WebRequest::MOST_URL_BYTES).into()),
            ..target
        })
    }

    /// Whom `host`, `host:port`, `192.0.2.1` or `[2001:db8::1]:443` mean.
    pub fn of_host(text: &str) -> Option<Self> {
        let (host, port) = match text.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
            Some((address, rest)) => {
                let address = address.parse::<Ipv6Addr>().ok()?;
                return Some(Self::of_address(address.into(), port_behind(rest)?));
            }
            None => text.find(':').map_or((text, ""), |at| text.split_at(at)),
        };
        let port = port_behind(port)?;
        let host = host.strip_suffix('.').unwrap_or(host);
        if let Ok(address) = host.parse::<IpAddr>() {
            return Some(Self::of_address(address, port));
        }
        is_name(host).then(|| Self {
            name: Some(host.to_lowercase().into()),
            address: None,
            port,
            usual_port: None,
            url: None,
        })
    }

    /// The port that is asked for: the stated one, else that of the scheme.
    pub fn asked_port(&self) -> Option<u16> {
        self.port.or(self.usual_port)
    }

    fn of_address(address: IpAddr, port: Option<u16>) -> Self {
        Self {
            name: None,
            address: Some(address),
            port,
            usual_port: None,
            url: None,
        }
    }
}

/// The port in `:443`, or none behind nothing; no answer for anything else.
fn port_behind(text: &str) -> Option<Option<u16>> {
    if text.is_empty() {
        return Some(None);
    }
    let digits = text.strip_prefix(':')?;
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let port: u16 = digits.parse().ok().filter(|port| *port != 0 && is_number)?;
    Some(Some(port))
}

/// Whether a text can be a host name: labels of letters, digits, hyphens and underscores; letters beyond ASCII as some write
/// internationalised names. What only digits and dots make up is a mistyped address.
fn is_name(text: &str) -> bool {
    let is_label = |label: &str| {
        let allowed = |character: char| character.is_alphanumeric() || matches!(character, '-' | '_');
        !label.is_empty() && label.chars().all(allowed)
    };
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    text.len() <= MOST_NAME_BYTES && !is_number && text.split('.').all(is_label)
}

/// The beginning of a text, at most so many bytes of it.
pub fn beginning(text: &str, most: usize) -> &str {
    let end = text.floor_char_boundary(most);
    text.get(..end).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Option<(Option<String>, Option<u16>, String)> {
        let target = WebTarget::of_url(text)?;
        let port = target.asked_port();
        Some((target.name.map(|name| name.to_string()), port, target.url?.to_string()))
    }

    #[test]
    fn a_url_gives_host_port_and_path_and_no_account_or_query() {
        for (text, name, port, url) in [
            ("http://Name.Example/a?b=c", "name.example", 80, "http://name.example/a"),
            (
                "HTTPS://u:p@name.example.:8443/x#y",
                "name.example",
                8443,
                "https://name.example.:8443/x",
            ),
            ("https://name.example?q", "name.example", 443, "https://name.example"),
        ] {
            let wanted = (Some(name.to_owned()), Some(port), url.to_owned());
            assert_eq!(told(text), Some(wanted), "{text}");
        }
    }

    #[test]
    fn an_address_has_no_name() {
        for (text, port) in [("http://192.0.2.1/a", 80), ("https://[2001:db8::1]:8443/", 8443)] {
            let (name, told_port, _) = told(text).unwrap();
            assert_eq!((name, told_port), (None, Some(port)), "{text}");
        }
    }

    #[test]
    fn what_is_no_url_names_nobody() {
        for text in [
            "",
            "name.example",
            "name.example/path",
            "ftp:///c:/x",
            "http://",
            "http:///path",
            "http://a b/",
            "http://name.example:/",
            "http://name.example:99999/",
            "http://name.example:+80/",
            "http://name.example\\@other.example/",
            "http://na\u{0}me.example/",
            "http://1.2.3.4.5/",
            "http://[name.example]/",
            "http://a..b/",
        ] {
            assert_eq!(WebTarget::of_url(text), None, "{text:?}");
        }
    }

    #[test]
    fn a_long_path_is_cut_and_a_hostile_one_left_out() {
        let long = format!("http://name.example/{}", "é".repeat(1_000));
        assert!(told(&long).unwrap().2.len() <= WebRequest::MOST_URL_BYTES);
        assert_eq!(told("http://name.example/a\u{1b}[2J").unwrap().2, "http://name.example");
    }
}
