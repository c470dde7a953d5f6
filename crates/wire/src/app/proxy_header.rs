//! The header by which a load balancer tells a server who the client is (PROXY protocol versions 1 and 2, haproxy.org
//! "proxy-protocol.txt"). It stands before the real protocol, so all that matters here is its length.

use super::Unfinished;

/// How a header of version 1 begins.
const VERSION_1: &[u8] = b"PROXY ";
/// The longest header of version 1, line end included (2.1).
const MOST_LINE_BYTES: usize = 107;
/// How a header of version 2 begins (2.2).
const VERSION_2: &[u8] = b"\r\n\r\n\0\r\nQUIT\n";
/// Signature, version and command, family, length.
const FIXED_BYTES: usize = 16;

/// The length of the header that a stream begins with in bytes; none where it begins with something else.
///
/// # Errors
/// [`Unfinished::NeedMore`] where the header is not complete yet.
pub fn length(stream: &[u8]) -> Result<Option<usize>, Unfinished> {
    if begins(stream, VERSION_1) {
        return line_length(stream);
    }
    if begins(stream, VERSION_2) {
        return binary_length(stream);
    }
    Ok(None)
}

/// Whether the stream begins with a signature, as far as it goes; a single byte proves nothing.
fn begins(stream: &[u8], signature: &[u8]) -> bool {
    let known = stream.len().min(signature.len());
    known > 1 && stream.get(..known) == signature.get(..known)
}

fn line_length(stream: &[u8]) -> Result<Option<usize>, Unfinished> {
    let window = stream.get(..MOST_LINE_BYTES).unwrap_or(stream);
    match window.windows(2).position(|pair| pair == b"\r\n") {
        Some(end) => Ok(Some(end + 2)),
        None if window.len() < MOST_LINE_BYTES => Err(Unfinished::NeedMore),
        None => Ok(None),
    }
}

fn binary_length(stream: &[u8]) -> Result<Option<usize>, Unfinished> {
    match stream.get(FIXED_BYTES - 2..FIXED_BYTES) {
        Some(&[high, low]) => Ok(Some(FIXED_BYTES + usize::from(u16::from_be_bytes([high, low])))),
        _ => Err(Unfinished::NeedMore),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_versions_are_measured() {
        let line = b"PROXY TCP4 192.0.2.1 192.0.2.2 50000 443\r\n\x16\x03\x01";
        assert_eq!(length(line).unwrap(), Some(line.len() - 3));
        let binary = [VERSION_2, &[0x21, 0x11, 0, 12]].concat();
        assert_eq!(length(&binary).unwrap(), Some(28));
    }

    #[test]
    fn a_header_that_is_cut_needs_more() {
        for cut in [&b"PROX"[..], b"PROXY TCP4 192.0.2.1", &VERSION_2[..5], VERSION_2] {
            assert!(matches!(length(cut), Err(Unfinished::NeedMore)), "{cut:?}");
        }
    }

    #[test]
    fn other_beginnings_are_no_header() {
        for other in [
            &b""[..],
            b"P",
            b"POST / HTTP/1.1",
            b"\x16\x03\x01",
            &[b'P'; 200],
            b"PROXYING",
        ] {
            assert_eq!(length(other).unwrap(), None, "{other:?}");
        }
        let endless = [b"PROXY ".as_slice(), &[b'x'; 200]].concat();
        assert_eq!(length(&endless).unwrap(), None);
    }
}
