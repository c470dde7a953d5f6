//! Git's own transport: four digits of length, then the service that is wanted (gitprotocol-pack).

use whotalks_record::ApplicationProtocol;

use crate::app::pdu::PduLength;
use crate::app::read::{begins_with_any, judge};
use crate::app::{Direction, First, Probe, Protocol};

pub(crate) const STREAM: Protocol = Protocol::stream(ApplicationProtocol::Git, probe)
    .beginning(First::Of(b"0"))
    .framed(pdu)
    .on(&[9418]);

const LENGTH_BYTES: usize = 4;
const SERVICES: [&[u8]; 3] = [b"git-upload-pack ", b"git-receive-pack ", b"git-upload-archive "];

fn probe(prefix: &[u8], direction: Direction) -> Probe {
    let length = prefix.get(..LENGTH_BYTES.min(prefix.len())).unwrap_or_default();
    if !length.iter().all(u8::is_ascii_hexdigit) || prefix.first().is_some_and(|first| *first != b'0') {
        return Probe::NotMine;
    }
    match (prefix.get(LENGTH_BYTES..), direction) {
        (None, _) => Probe::Unsure,
        (Some(rest), Direction::ToServer) => begins_with_any(rest, &SERVICES),
        // The answer begins with the name of a commit in hexadecimal digits, or with a version.
        (Some(rest), Direction::ToClient) => {
            let digits = rest.iter().take(40).take_while(|byte| byte.is_ascii_hexdigit()).count();
            match rest.get(digits) {
                _ if digits == 40 => judge(rest.get(40).map(|byte| *byte == b' ')),
                None => Probe::Unsure,
                Some(_) => begins_with_any(rest, &[b"version "]),
            }
        }
    }
}

/// The length in hexadecimal digits; below four it marks the end of a part.
fn pdu(prefix: &[u8], _: Direction) -> PduLength {
    let Some(digits) = prefix.get(..LENGTH_BYTES) else {
        return PduLength::NeedMore;
    };
    match std::str::from_utf8(digits)
        .ok()
        .and_then(|text| usize::from_str_radix(text, 16).ok())
    {
        Some(length) => PduLength::Known(length.max(LENGTH_BYTES)),
        None => PduLength::Unframed,
    }
}
