//! HTTP/1.1 messages (RFC 9112): origin form, absolute form through a proxy, CONNECT, and plain answers.

/// A GET with a Host field. `target` is a path, or an absolute URI for a proxy.
pub(crate) fn get(target: &str, host: &str, agent: &str) -> Vec<u8> {
    format!(
        "GET {target} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: {agent}\r\nAccept: */*\r\nConnection: keep-alive\r\n\r\n"
    )
    .into_bytes()
}

/// A POST with a body.
pub(crate) fn post(target: &str, host: &str, agent: &str, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "POST {target} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: {agent}\r\nContent-Type: application/octet-stream\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    let mut bytes = head.into_bytes();
    bytes.extend(body);
    bytes
}

/// The request that opens a tunnel through a proxy (RFC 9110 9.3.6).
pub(crate) fn connect(authority: &str, agent: &str) -> Vec<u8> {
    format!("CONNECT {authority} HTTP/1.1\r\nHost: {authority}\r\nProxy-Connection: Keep-Alive\r\nUser-Agent: {agent}\r\n\r\n")
        .into_bytes()
}

/// The answer to a CONNECT that was let through.
pub(crate) fn connection_established() -> Vec<u8> {
    b"HTTP/1.1 200 Connection established\r\nVia: 1.1 proxy.corp.example\r\n\r\n".to_vec()
}

/// A 200 answer with that body.
pub(crate) fn ok(content_type: &str, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\nConnection: keep-alive\r\n\r\n",
        body.len()
    );
    let mut bytes = head.into_bytes();
    bytes.extend(body);
    bytes
}
