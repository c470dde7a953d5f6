//! The names in HTTP/1 requests.

use whotalks_record::NameSource;
use whotalks_wire::app::dns::https;
use whotalks_wire::app::http1::{self, Target};
use whotalks_wire::app::{Authority, Direction, Probe, Unfinished, headers, name_text};

use super::output::Name;

/// The longest path kept, in bytes before escaping.
const MOST_PATH_BYTES: usize = 256;

/// A request whose head is complete.
pub(super) struct Request {
    pub(super) name: Option<Name>,
    pub(super) is_connect: bool,
    /// Whether it asks to go on as WebSocket (RFC 6455 4.1).
    pub(super) wants_websocket: bool,
    /// Whether it is DNS over HTTPS, whose TLS was taken off.
    pub(super) is_dns: bool,
    pub(super) head_bytes: usize,
}

/// The answer to CONNECT.
pub(super) struct TunnelAnswer {
    /// 1xx: the answer proper follows.
    pub(super) is_interim: bool,
    /// 2xx: what follows is the tunnel (RFC 9110 9.3.6).
    pub(super) is_granted: bool,
    pub(super) head_bytes: usize,
}

/// Whether a request surely begins here.
pub(super) fn begins_request(bytes: &[u8]) -> bool {
    http1::probe(bytes, Direction::ToServer) == Probe::Certain
}

/// Reads the request that `bytes` begin with.
///
/// # Errors
/// [`Unfinished::NeedMore`] until its head is complete; [`Unfinished::Broken`] when no request begins here.
pub(super) fn request(bytes: &[u8]) -> Result<Request, Unfinished> {
    let request = http1::request(bytes).map_err(|unfinished| match http1::probe(bytes, Direction::ToServer) {
        Probe::NotMine => not_a_request(),
        Probe::Certain | Probe::Unsure => unfinished,
    })?;
    let head_bytes = request.head_bytes().ok_or(Unfinished::NeedMore)?;
    let head = bytes.get(..head_bytes).unwrap_or(bytes);
    let is_connect = matches!(request.target(), Target::Authority(_));
    Ok(Request {
        name: name(&request),
        is_connect,
        wants_websocket: wants_websocket(head),
        is_dns: https::is_request(head),
        head_bytes,
    })
}

fn wants_websocket(head: &[u8]) -> bool {
    headers::value(head, b"Upgrade").is_some_and(|value| value.eq_ignore_ascii_case(b"websocket"))
}

const fn not_a_request() -> Unfinished {
    Unfinished::Broken(whotalks_wire::Stop::Malformed {
        field: "http.request_line",
        number: 0,
        offset: 0,
    })
}

/// The name in a request whose head will not be completed.
pub(super) fn partial_name(bytes: &[u8]) -> Option<Name> {
    name(&http1::request(bytes).ok()?)
}

/// Reads the answer to CONNECT.
///
/// # Errors
/// As [`request`].
pub(super) fn tunnel_answer(bytes: &[u8]) -> Result<TunnelAnswer, Unfinished> {
    let response = http1::response(bytes)?;
    let head_bytes = response.head_bytes().ok_or(Unfinished::NeedMore)?;
    let class = response.status / 100;
    Ok(TunnelAnswer {
        is_interim: class == 1,
        is_granted: class == 2,
        head_bytes,
    })
}

/// The target names the far end where it states a host: then a proxy was asked, and Host repeats it (RFC 9112 3.2.2).
fn name(request: &http1::Request<'_>) -> Option<Name> {
    match request.target() {
        Target::Authority(authority) => proxy_target(NameSource::HttpConnect, authority, None),
        Target::Absolute { authority, path } => proxy_target(NameSource::HttpAbsolute, authority, path_text(path)),
        Target::Origin { path } => host(request, path_text(path)),
        Target::Other => host(request, None),
    }
}

fn proxy_target(source: NameSource, authority: Authority<'_>, path: Option<String>) -> Option<Name> {
    let is_host = !authority.host.is_empty() && !authority.host.contains(&b'/');
    is_host.then(|| Name {
        source,
        name: name_text(authority.host),
        port: authority.port,
        path,
    })
}

/// The Host header, unless it is an address, which is no name.
fn host(request: &http1::Request<'_>, path: Option<String>) -> Option<Name> {
    let authority = request.host().filter(|authority| authority.address().is_none())?;
    Some(Name {
        source: NameSource::HttpHost,
        name: name_text(authority.host),
        port: authority.port,
        path,
    })
}

/// The path as text; bytes that are not printable are escaped like those of names, case is kept.
pub(super) fn path_text(path: &[u8]) -> Option<String> {
    let kept = path.get(..MOST_PATH_BYTES).unwrap_or(path);
    let escape = |byte: &u8| match byte {
        0x21..=0x7e => char::from(*byte).to_string(),
        other => format!("%{other:02X}"),
    };
    (!kept.is_empty()).then(|| kept.iter().map(escape).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Request {
        request(text.as_bytes()).unwrap()
    }

    #[test]
    fn a_request_to_a_server_is_named_by_its_host() {
        let name = read("GET /a?b HTTP/1.1\r\nHost: Example.com:81\r\n\r\n").name.unwrap();
        assert_eq!(
            (name.source, name.name.as_str(), name.port),
            (NameSource::HttpHost, "example.com", Some(81))
        );
        assert_eq!(name.path.as_deref(), Some("/a"));
        assert_eq!(read("GET / HTTP/1.1\r\nHost: 192.0.2.1\r\n\r\n").name, None);
    }

    #[test]
    fn a_request_to_a_proxy_is_named_by_its_target_only() {
        let name = read("GET http://www.example/x HTTP/1.1\r\nHost: proxy.example\r\n\r\n")
            .name
            .unwrap();
        assert_eq!(
            (name.source, name.name.as_str()),
            (NameSource::HttpAbsolute, "www.example")
        );
        let connect = read("CONNECT 192.0.2.1:443 HTTP/1.1\r\n\r\n");
        assert!(connect.is_connect);
        assert_eq!(connect.name.unwrap().name, "192.0.2.1");
        assert_eq!(read("CONNECT / HTTP/1.1\r\n\r\n").name, None);
    }

    #[test]
    fn hostile_paths_are_escaped_and_bounded() {
        let text = format!("GET /\x1b[31m{} HTTP/1.1\r\nHost: a\r\n\r\n", "x".repeat(999));
        let path = read(&text).name.unwrap().path.unwrap();
        assert!(path.starts_with("/%1B[31mxxx") && path.len() <= MOST_PATH_BYTES * 3);
    }
}
