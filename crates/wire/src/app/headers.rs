//! Text messages with headers (RFC 5322 style): SIP, RTSP, SSDP.

use super::pdu::PduLength;
use super::read::decimal;

/// A head longer than this is no head.
const MOST_HEAD_BYTES: usize = 64 << 10;

/// The value of the first header with that name, in whatever case, without white space around it.
#[must_use]
pub fn value<'a>(message: &'a [u8], name: &[u8]) -> Option<&'a [u8]> {
    let lines = message.split(|byte| *byte == b'\n').skip(1);
    lines
        .map(<[u8]>::trim_ascii)
        .take_while(|line| !line.is_empty())
        .find_map(|line| {
            let (found, rest) = line.split_at_checked(name.len())?;
            let value = rest.trim_ascii_start().strip_prefix(b":")?;
            found.eq_ignore_ascii_case(name).then(|| value.trim_ascii())
        })
}

/// The first line, without its end.
#[must_use]
pub fn start_line(message: &[u8]) -> &[u8] {
    message
        .split(|byte| *byte == b'\n')
        .next()
        .unwrap_or_default()
        .trim_ascii()
}

/// Head and body, where Content-Length (or its short form in SIP) states how long the body is.
pub(crate) fn pdu(prefix: &[u8]) -> PduLength {
    let Some(end) = prefix.windows(4).position(|window| window == b"\r\n\r\n") else {
        return if prefix.len() < MOST_HEAD_BYTES {
            PduLength::NeedMore
        } else {
            PduLength::Unframed
        };
    };
    let head = prefix.get(..end + 2).unwrap_or(prefix);
    let stated = value(head, b"Content-Length").or_else(|| value(head, b"l"));
    let body = stated.and_then(decimal).map_or(0, |(length, _)| length as usize);
    PduLength::Known(end.saturating_add(4).saturating_add(body))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MESSAGE: &[u8] = b"OPTIONS * X/1\r\nCSeq : 1\r\ncontent-length: 3\r\n\r\nabc";

    #[test]
    fn headers_are_found_in_whatever_case_and_bodies_measured() {
        assert_eq!(value(MESSAGE, b"cseq"), Some(&b"1"[..]));
        assert_eq!(value(MESSAGE, b"abc"), None);
        assert_eq!(pdu(MESSAGE), PduLength::Known(MESSAGE.len()));
        assert_eq!(pdu(b"OPTIONS * X/1\r\n"), PduLength::NeedMore);
    }
}
