//! DNS over HTTPS (RFC 8484), seen only where its TLS was taken off: by the type of what is sent or asked for.

use crate::app::headers;

/// The registered type of DNS messages (RFC 8484 6).
const MEDIA_TYPE: &[u8] = b"application/dns-message";

/// Whether the value of an Accept or Content-Type header is of DNS.
#[must_use]
pub fn is_media_type(value: &[u8]) -> bool {
    let mut kinds = value.split(|byte| matches!(byte, b',' | b';'));
    kinds.any(|kind| kind.trim_ascii().eq_ignore_ascii_case(MEDIA_TYPE))
}

/// Whether a request of HTTP/1, by its whole head, asks for DNS or sends it.
#[must_use]
pub fn is_request(head: &[u8]) -> bool {
    let names = [&b"Content-Type"[..], b"Accept"];
    let mut values = names.iter().filter_map(|name| headers::value(head, name));
    values.any(is_media_type)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for_or_sent_tells() {
        assert!(is_request(
            b"GET /dns-query?dns=AAAB HTTP/1.1\r\naccept: application/dns-message\r\n\r\n"
        ));
        assert!(is_request(
            b"POST / HTTP/1.1\r\nContent-Type: Application/DNS-Message; a=b\r\n\r\n"
        ));
        assert!(!is_request(
            b"GET /dns-query?dns=AAAB HTTP/1.1\r\nAccept: application/dns-json\r\n\r\n"
        ));
    }
}
