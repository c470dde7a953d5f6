//! Protocols whose messages are not known by the connection alone.

use whotalks_record::ApplicationProtocol;
use whotalks_wire::app::PduLength;

/// The protocol of one message of a connection: both versions of SMB, and NetBIOS itself, come through one session
/// (RFC 1002 4.3, MS-SMB2 2.1, MS-SMB2 2.2.41).
pub(super) fn of_message(connection: ApplicationProtocol, message: &[u8]) -> ApplicationProtocol {
    if !matches!(
        connection,
        ApplicationProtocol::Smb1 | ApplicationProtocol::Smb2 | ApplicationProtocol::NetbiosSession
    ) {
        return connection;
    }
    match message {
        [0, _, _, _, 0xff, b'S', b'M', b'B', ..] => ApplicationProtocol::Smb1,
        [0, _, _, _, 0xfc..=0xfe, b'S', b'M', b'B', ..] => ApplicationProtocol::Smb2,
        _ => ApplicationProtocol::NetbiosSession,
    }
}

/// How long the frame of a WebSocket is that the bytes begin with (RFC 6455 5.2).
pub(super) fn web_socket(bytes: &[u8]) -> PduLength {
    const SHORT_HEADER_BYTES: u64 = 2;
    let [_, second, rest @ ..] = bytes else {
        return PduLength::NeedMore;
    };
    let mask_bytes = if second & 0x80 == 0 { 0 } else { 4 };
    let (length_bytes, data_bytes) = match second & 0x7f {
        126 => match rest.first_chunk() {
            Some(length) => (2, u64::from(u16::from_be_bytes(*length))),
            None => return PduLength::NeedMore,
        },
        127 => match rest.first_chunk() {
            Some(length) => (8, u64::from_be_bytes(*length)),
            None => return PduLength::NeedMore,
        },
        short => (0, u64::from(short)),
    };
    let whole = data_bytes.saturating_add(SHORT_HEADER_BYTES + length_bytes + mask_bytes);
    PduLength::Known(whole.try_into().unwrap_or(usize::MAX))
}

/// How long the frame of HTTP/2 is that the bytes begin with (RFC 9113 4.1); the client's first bytes are a greeting (3.4).
pub(super) fn http2(bytes: &[u8]) -> PduLength {
    const GREETING: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    const HEADER_BYTES: usize = 9;
    if bytes.starts_with(GREETING) {
        return PduLength::Known(GREETING.len());
    }
    match bytes {
        [a, b, c, ..] => PduLength::Known(u32::from_be_bytes([0, *a, *b, *c]) as usize + HEADER_BYTES),
        _ => PduLength::NeedMore,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_message_of_a_session_has_its_own_version() {
        let of = |message| of_message(ApplicationProtocol::Smb1, message);
        assert_eq!(of(b"\x00\x00\x00\x40\xfeSMB"), ApplicationProtocol::Smb2);
        assert_eq!(of(b"\x00\x00\x00\x40\xffSMB"), ApplicationProtocol::Smb1);
        assert_eq!(of(b"\x81\x00\x00\x44 "), ApplicationProtocol::NetbiosSession);
        let other = of_message(ApplicationProtocol::Tls, b"\x00\x00\x00\x40\xfeSMB");
        assert_eq!(other, ApplicationProtocol::Tls);
    }

    #[test]
    fn frames_state_their_length() {
        assert_eq!(web_socket(&[0x81, 0x85, 1, 2, 3, 4]), PduLength::Known(11));
        assert_eq!(web_socket(&[0x82, 126, 1, 0]), PduLength::Known(260));
        assert_eq!(web_socket(&[0x82, 127, 0]), PduLength::NeedMore);
        assert_eq!(
            web_socket(&[&[0x82, 127][..], &[0xff; 8]].concat()),
            PduLength::Known(usize::MAX)
        );
        assert_eq!(http2(&[0, 1, 0, 4]), PduLength::Known(265));
        assert_eq!(http2(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0"), PduLength::Known(24));
    }
}
