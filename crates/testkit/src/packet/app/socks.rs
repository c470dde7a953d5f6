//! SOCKS version 5 (RFC 1928): greeting and CONNECT by name.

/// The client's greeting: no authentication offered.
pub(crate) fn greeting() -> Vec<u8> {
    vec![5, 1, 0]
}

/// The server's choice of no authentication.
pub(crate) fn choice() -> Vec<u8> {
    vec![5, 0]
}

/// The request to connect to a domain name and port. Names over 255 bytes are cut, the field has no room for more.
pub(crate) fn connect(name: &str, port: u16) -> Vec<u8> {
    let name = name.as_bytes();
    let name = name.get(..255).unwrap_or(name);
    let mut bytes = vec![5, 1, 0, 3, u8::try_from(name.len()).unwrap_or(255)];
    bytes.extend(name);
    bytes.extend(port.to_be_bytes());
    bytes
}

/// The server's answer that the connection stands.
pub(crate) fn succeeded() -> Vec<u8> {
    vec![5, 0, 0, 1, 0, 0, 0, 0, 0, 0]
}
