//! RTSP 1 (RFC 2326) and 2 (RFC 7826).

use whotalks_record::ApplicationProtocol;

use crate::app::pdu::PduLength;
use crate::app::read::{either, judge, same, u8_at, u16_be};
use crate::app::{Direction, First, Probe, Protocol, headers};

pub(crate) const STREAM: Protocol = Protocol::stream(ApplicationProtocol::Rtsp, probe)
    .beginning(First::Of(b"RODSPAGT"))
    .framed(pdu)
    .on(&[554]);

const METHODS: [&[u8]; 11] = [
    b"OPTIONS ",
    b"DESCRIBE ",
    b"SETUP ",
    b"PLAY ",
    b"PAUSE ",
    b"TEARDOWN ",
    b"ANNOUNCE ",
    b"GET_PARAMETER ",
    b"SET_PARAMETER ",
    b"RECORD ",
    b"REDIRECT ",
];
/// What marks media between the messages (RFC 7826 14): a dollar sign, a channel, a length.
const INTERLEAVED: u8 = b'$';

/// The method and the URI of a request; none of an answer.
#[must_use]
pub fn request(message: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut words = headers::start_line(message).splitn(3, |byte| *byte == b' ');
    let (method, uri) = (words.next()?, words.next()?);
    words.next()?.starts_with(b"RTSP/").then_some((method, uri))
}

fn probe(prefix: &[u8], _: Direction) -> Probe {
    let request = |method: &&[u8]| match same(prefix, 0, method) {
        Some(true) => either([
            judge(same(prefix, method.len(), b"rtsp:")),
            judge(same(prefix, method.len(), b"* RTSP/")),
        ]),
        other => judge(other),
    };
    either(METHODS.iter().map(request).chain([judge(same(prefix, 0, b"RTSP/"))]))
}

fn pdu(prefix: &[u8], _: Direction) -> PduLength {
    if u8_at(prefix, 0) == Some(INTERLEAVED) {
        return PduLength::stated(u16_be(prefix, 2).map(|length| usize::from(length) + 4));
    }
    headers::pdu(prefix)
}
