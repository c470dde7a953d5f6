//! HTTP/1 requests and responses (RFC 9112): what names the far end, no more.
//!
//! Lines may end in a bare line feed, as RFC 9112 2.2 lets recipients accept.

use memchr::{memchr, memchr_iter, memrchr};

use super::{Authority, Direction, Probe, Unfinished};
use crate::Stop;

/// The longest first line taken; RFC 9110 4.1 asks servers for 8000 bytes.
const MOST_LINE_BYTES: usize = 16_384;
/// The longest method looked for; the longest registered one is UPDATEREDIRECTREF.
const MOST_METHOD_BYTES: usize = 24;
/// A client may send empty lines before its request (RFC 9112 2.2).
const MOST_EMPTY_LINES: usize = 4;

/// Methods that are recognised before their line is complete: RFC 9110, WebDAV (RFC 4918) and those Windows services use.
const METHODS: [&[u8]; 18] = [
    b"GET",
    b"POST",
    b"HEAD",
    b"PUT",
    b"DELETE",
    b"OPTIONS",
    b"CONNECT",
    b"TRACE",
    b"PATCH",
    b"PROPFIND",
    b"PROPPATCH",
    b"MKCOL",
    b"MOVE",
    b"COPY",
    b"LOCK",
    b"UNLOCK",
    b"REPORT",
    b"BITS_POST",
];

/// A request whose first line is there, and its header lines as far as they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Request<'a> {
    /// The method, as written.
    pub method: &'a [u8],
    /// What is asked for, as written.
    pub target: &'a [u8],
    head: Head<'a>,
}

/// A response whose first line is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Response<'a> {
    /// The status code, 100 to 999.
    pub status: u16,
    head: Head<'a>,
}

/// The header lines after the first line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Head<'a> {
    lines: &'a [u8],
    /// Bytes of the whole head with its first line and its empty line, once that is there.
    bytes: Option<usize>,
}

/// The form of a request's target (RFC 9112 3.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target<'a> {
    /// A path: the server itself is asked.
    Origin {
        /// The path, without its query.
        path: &'a [u8],
    },
    /// A whole URI: a proxy is asked.
    Absolute {
        /// Host and port of the URI.
        authority: Authority<'a>,
        /// The path, without its query; empty if there is none.
        path: &'a [u8],
    },
    /// CONNECT: a proxy is asked for a tunnel.
    Authority(Authority<'a>),
    /// `*`, or something else.
    Other,
}

/// Reads the request that `prefix` begins with, as soon as its first line is complete.
///
/// # Errors
/// [`Unfinished::NeedMore`] while the first line is incomplete; [`Unfinished::Broken`] when it is no request.
pub fn request(prefix: &[u8]) -> Result<Request<'_>, Unfinished> {
    let (line, rest) = first_line(prefix)?;
    let (method, after) = word(line);
    let (target, after) = word(after);
    let version = last_word(after);
    if !is_method(method) || target.is_empty() || !is_version(version) {
        return Err(Stop::Malformed {
            field: "http.request_line",
            number: 0,
            offset: 0,
        }
        .into());
    }
    Ok(Request {
        method,
        target,
        head: Head::new(prefix, rest),
    })
}

/// Reads the response that `prefix` begins with, as soon as its first line is complete.
///
/// # Errors
/// As [`request`].
pub fn response(prefix: &[u8]) -> Result<Response<'_>, Unfinished> {
    let (line, rest) = first_line(prefix)?;
    let (version, after) = word(line);
    let (status, _) = word(after);
    match std::str::from_utf8(status).ok().and_then(|status| status.parse().ok()) {
        Some(status @ 100..=999) if is_version(version) => Ok(Response {
            status,
            head: Head::new(prefix, rest),
        }),
        _ => Err(Stop::Malformed {
            field: "http.status_line",
            number: 0,
            offset: 0,
        }
        .into()),
    }
}

impl<'a> Request<'a> {
    /// Bytes of the head with its empty line, once that is there.
    #[must_use]
    pub const fn head_bytes(&self) -> Option<usize> {
        self.head.bytes
    }

    /// The value of the first header of that name, once its line is complete.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&'a [u8]> {
        self.head.header(name)
    }

    /// The Host header.
    #[must_use]
    pub fn host(&self) -> Option<Authority<'a>> {
        self.header("host")
            .filter(|value| !value.is_empty())
            .map(Authority::parse)
    }

    /// What is asked for.
    #[must_use]
    pub fn target(&self) -> Target<'a> {
        if self.method == b"CONNECT" {
            return Target::Authority(Authority::parse(self.target));
        }
        match self.target {
            [b'/', ..] => Target::Origin {
                path: without_query(self.target),
            },
            target => absolute(target).unwrap_or(Target::Other),
        }
    }
}

impl<'a> Response<'a> {
    /// Bytes of the head with its empty line, once that is there.
    #[must_use]
    pub const fn head_bytes(&self) -> Option<usize> {
        self.head.bytes
    }

    /// The value of the first header of that name, once its line is complete.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&'a [u8]> {
        self.head.header(name)
    }
}

impl<'a> Head<'a> {
    fn new(prefix: &[u8], lines: &'a [u8]) -> Self {
        let before = prefix.len().saturating_sub(lines.len());
        let mut start = 0;
        for end in memchr_iter(b'\n', lines) {
            if matches!(lines.get(start..end), Some(b"" | b"\r")) {
                return Self {
                    lines: lines.get(..=end).unwrap_or(lines),
                    bytes: Some(before + end + 1),
                };
            }
            start = end + 1;
        }
        Self { lines, bytes: None }
    }

    fn header(&self, name: &str) -> Option<&'a [u8]> {
        let mut start = 0;
        memchr_iter(b'\n', self.lines).find_map(|end| {
            let line = self.lines.get(start..end)?;
            start = end + 1;
            let (found, rest) = line.split_at_checked(name.len())?;
            if !found.eq_ignore_ascii_case(name.as_bytes()) {
                return None;
            }
            Some(rest.trim_ascii_start().strip_prefix(b":")?.trim_ascii())
        })
    }
}

/// The first word of a line, and what follows it.
fn word(line: &[u8]) -> (&[u8], &[u8]) {
    let start = line.iter().position(|byte| *byte != b' ').unwrap_or(line.len());
    let line = line.get(start..).unwrap_or_default();
    line.split_at(memchr(b' ', line).unwrap_or(line.len()))
}

/// The last word of a line without spaces at its end.
fn last_word(line: &[u8]) -> &[u8] {
    let start = memrchr(b' ', line).map_or(0, |space| space + 1);
    line.get(start..).unwrap_or_default()
}

fn absolute(target: &[u8]) -> Option<Target<'_>> {
    let scheme_end = target.windows(3).position(|window| window == b"://")?;
    let (scheme, rest) = target.split_at_checked(scheme_end)?;
    if scheme.is_empty() || !scheme.iter().all(u8::is_ascii_alphanumeric) {
        return None;
    }
    let rest = rest.strip_prefix(b"://")?;
    let authority_end = rest
        .iter()
        .position(|byte| matches!(byte, b'/' | b'?' | b'#'))
        .unwrap_or(rest.len());
    let (authority, path) = rest.split_at_checked(authority_end)?;
    Some(Target::Absolute {
        authority: Authority::parse(authority),
        path: without_query(path),
    })
}

fn without_query(path: &[u8]) -> &[u8] {
    path.split(|byte| matches!(byte, b'?' | b'#'))
        .next()
        .unwrap_or_default()
}

/// The first line that is not empty, without its end, and what follows.
fn first_line(prefix: &[u8]) -> Result<(&[u8], &[u8]), Unfinished> {
    let mut rest = prefix;
    for _ in 0..=MOST_EMPTY_LINES {
        let window = rest.get(..MOST_LINE_BYTES).unwrap_or(rest);
        let Some(end) = memchr(b'\n', window) else {
            break;
        };
        let (line, after) = rest.split_at_checked(end + 1).unwrap_or((rest, &[]));
        if !line.trim_ascii().is_empty() {
            return Ok((line.trim_ascii_end(), after));
        }
        rest = after;
    }
    if rest.len() < MOST_LINE_BYTES {
        return Err(Unfinished::NeedMore);
    }
    Err(Stop::Malformed {
        field: "http.first_line",
        number: 0,
        offset: 0,
    }
    .into())
}

/// A method is a token (RFC 9110 5.6.2); those in use are upper-case letters, `-` and `_`.
fn is_method(word: &[u8]) -> bool {
    (1..=MOST_METHOD_BYTES).contains(&word.len()) && word.iter().all(is_method_byte)
}

const fn is_method_byte(byte: &u8) -> bool {
    byte.is_ascii_uppercase() || matches!(*byte, b'-' | b'_')
}

fn is_version(word: &[u8]) -> bool {
    matches!(word, [b'H', b'T', b'T', b'P', b'/', b'0'..=b'1', b'.', b'0'..=b'9'])
}

/// Whether a side's first bytes are HTTP/1.
#[must_use]
pub fn probe(prefix: &[u8], direction: Direction) -> Probe {
    let start = prefix.trim_ascii_start();
    match direction {
        Direction::ToServer => probe_request(prefix, start),
        Direction::ToClient => probe_response(start),
    }
}

/// A method that others ask with too proves nothing until its line ends in the version.
const SHARED_METHOD: &[u8] = b"OPTIONS";

fn probe_request(prefix: &[u8], start: &[u8]) -> Probe {
    let known = METHODS
        .iter()
        .filter(|method| **method != SHARED_METHOD)
        .any(|method| start.strip_prefix(*method).is_some_and(|rest| rest.starts_with(b" ")));
    let line = start.split(|byte| *byte == b'\n').next().unwrap_or_default();
    match request(prefix) {
        Ok(_) if known || may_be_method(line) => Probe::Certain,
        Ok(_) | Err(Unfinished::Broken(_)) => Probe::NotMine,
        Err(Unfinished::NeedMore) if known => Probe::Certain,
        Err(Unfinished::NeedMore) if may_be_method(start) => Probe::Unsure,
        Err(Unfinished::NeedMore) => Probe::NotMine,
    }
}

/// A method that may go on, or a complete one with an unfinished line of text behind it.
fn may_be_method(start: &[u8]) -> bool {
    let end = start
        .iter()
        .position(|byte| !is_method_byte(byte))
        .unwrap_or(start.len());
    let (method, after) = start.split_at_checked(end).unwrap_or((start, &[]));
    let text = after.iter().all(|byte| matches!(byte, b'\r' | 0x20..=0x7e));
    let space = after.is_empty() || after.starts_with(b" ");
    method.len() <= MOST_METHOD_BYTES && (start.is_empty() || !method.is_empty()) && space && text
}

fn probe_response(start: &[u8]) -> Probe {
    const VERSION_1: &[u8] = b"HTTP/1.";
    if start.starts_with(VERSION_1) {
        return Probe::Certain;
    }
    if VERSION_1.starts_with(start) {
        Probe::Unsure
    } else {
        Probe::NotMine
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const PROXIED: &[u8] = b"GET http://user@www.example.com:8080/a/b?q=1 HTTP/1.1\r\nHost: other.example\r\n\r\nbody";

    #[test]
    fn a_request_names_its_host_and_path() {
        let request = request(b"GET /a?q HTTP/1.1\r\nAccept: */*\r\nhost:  Www.Example.com:81 \r\n\r\n").unwrap();
        assert_eq!(request.method, b"GET");
        assert_eq!(request.target(), Target::Origin { path: b"/a" });
        assert_eq!(
            request.host(),
            Some(Authority {
                host: b"Www.Example.com",
                port: Some(81)
            })
        );
        assert_eq!(request.header("accept"), Some(&b"*/*"[..]));
    }

    #[test]
    fn a_request_to_a_proxy_names_its_target() {
        let request = request(PROXIED).unwrap();
        let authority = Authority {
            host: b"www.example.com",
            port: Some(8080),
        };
        assert_eq!(
            request.target(),
            Target::Absolute {
                authority,
                path: b"/a/b"
            }
        );
        assert_eq!(request.head_bytes(), Some(PROXIED.len() - 4));
    }

    #[test]
    fn connect_names_the_end_of_the_tunnel() {
        let request = request(b"CONNECT mail.example.com:443 HTTP/1.0\n\n\x16\x03").unwrap();
        let authority = Authority {
            host: b"mail.example.com",
            port: Some(443),
        };
        assert_eq!(request.target(), Target::Authority(authority));
        assert_eq!((request.head_bytes(), request.host()), (Some(39), None));
    }

    #[test]
    fn a_head_without_its_end_gives_the_lines_that_are_complete() {
        let request = request(b"POST / HTTP/1.1\r\nHost: a.example\r\nCookie: x").unwrap();
        assert_eq!(request.head_bytes(), None);
        assert_eq!(request.host().unwrap().host, b"a.example");
        assert_eq!(request.header("cookie"), None);
    }

    #[test]
    fn a_response_states_its_status() {
        let response = response(b"HTTP/1.1 200 Connection established\r\nVia: p\r\n\r\nrest").unwrap();
        assert_eq!(
            (response.status, response.head_bytes(), response.header("via")),
            (200, Some(47), Some(&b"p"[..]))
        );
    }

    #[test]
    fn other_text_is_no_http() {
        for text in [
            &b"SSH-2.0-x\r\n"[..],
            b"EHLO me\r\n",
            b"GET / FTP/1.0\r\n",
            b"\0\0\0\0",
            b"get / HTTP/1.1\r\n",
        ] {
            assert_eq!(probe(text, Direction::ToServer), Probe::NotMine, "{text:?}");
        }
        assert_eq!(probe(b"220 smtp ready\r\n", Direction::ToClient), Probe::NotMine);
    }

    #[test]
    fn unknown_methods_are_recognised_by_their_line() {
        assert_eq!(probe(b"CCM_POST /x HTTP/1.1\r\n", Direction::ToServer), Probe::Certain);
        assert_eq!(probe(b"CCM_POST /x", Direction::ToServer), Probe::Unsure);
        assert_eq!(probe(b"GET /x", Direction::ToServer), Probe::Certain);
    }

    proptest! {
        #[test]
        fn every_prefix_of_a_request_needs_more_or_agrees(keep in 0usize..90) {
            let prefix = &PROXIED[..keep.min(PROXIED.len())];
            match request(prefix) {
                Ok(found) => prop_assert_eq!(found.target(), request(PROXIED).unwrap().target()),
                Err(unfinished) => prop_assert_eq!(unfinished, Unfinished::NeedMore),
            }
            prop_assert_ne!(probe(prefix, Direction::ToServer), Probe::NotMine);
        }

        #[test]
        fn arbitrary_bytes_never_panic(bytes: Vec<u8>, text in "[A-Z]{1,5} [ -~]{0,40}( HTTP/1.1)?\r?\n([a-z]:[ -~]{0,9}\n)*\n?") {
            for prefix in [&bytes[..], text.as_bytes()] {
                if let Ok(found) = request(prefix) {
                    prop_assert!(found.head_bytes().is_none_or(|head| head <= prefix.len()));
                    prop_assert!(found.host().is_none_or(|host| host.host.len() <= prefix.len()));
                }
                prop_assert!(response(prefix).is_err() || prefix.len() > 12);
            }
        }
    }
}
