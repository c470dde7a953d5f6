//! SQL Server's TDS (MS-TDS 2.2.3.1).
//!
//! ```text
//! | kind 1 | status 1 | length 2 | process 2 | number 1 | window 1: 0 | ...
//! ```

use whotalks_record::ApplicationProtocol;

use crate::app::pdu::PduLength;
use crate::app::read::{judge, same, u8_at, u16_be, u32_le};
use crate::app::{Direction, First, Probe, Protocol};

pub(crate) const STREAM: Protocol = Protocol::stream(ApplicationProtocol::Tds, probe)
    .beginning(First::Of(&[1, 3, 4, 16, 18]))
    .framed(pdu)
    .on(&[1433])
    .upgrading();

const HEADER_BYTES: usize = 8;
const BATCH: u8 = 1;
const PROCEDURE: u8 = 3;
const ANSWER: u8 = 4;
const LOGIN: u8 = 16;
const PRE_LOGIN: u8 = 18;
/// The headers of a batch (MS-TDS 2.2.5.3): their length, then the one that states the transaction.
const HEADERS: [u8; 10] = [0x16, 0, 0, 0, 0x12, 0, 0, 0, 2, 0];

/// The kind of a message (MS-TDS 2.2.3.1.1) and its length in bytes.
#[must_use]
pub fn header(message: &[u8]) -> Option<(u8, u16)> {
    is_header(message)?.then_some((u8_at(message, 0)?, u16_be(message, 2)?))
}

/// Bytes of the header behind which a message carries the handshake of TLS (MS-TDS 2.2.6.5), if it does. Everything after the
/// handshake is TLS without such headers.
#[must_use]
pub fn bytes_before_handshake(message: &[u8]) -> Option<usize> {
    const HANDSHAKE: [u8; 2] = [22, 3];
    let (kind, _) = header(message)?;
    (kind == PRE_LOGIN && same(message, HEADER_BYTES, &HANDSHAKE)?).then_some(HEADER_BYTES)
}

fn probe(prefix: &[u8], _: Direction) -> Probe {
    match judge(is_header(prefix)) {
        Probe::Certain => content(prefix),
        other => other,
    }
}

/// Status bits in use, a length with the header in it, number 1 and window 0.
fn is_header(prefix: &[u8]) -> Option<bool> {
    if !matches!(u8_at(prefix, 0)?, BATCH | PROCEDURE | ANSWER | LOGIN | PRE_LOGIN) {
        return Some(false);
    }
    if u8_at(prefix, 1)? & !0x1b != 0 {
        return Some(false);
    }
    if usize::from(u16_be(prefix, 2)?) <= HEADER_BYTES {
        return Some(false);
    }
    Some(u8_at(prefix, 6)? <= 1 && u8_at(prefix, 7)? == 0)
}

/// The header alone proves little; what follows in the messages that a connection begins with does.
fn content(prefix: &[u8]) -> Probe {
    let proved = match u8_at(prefix, 0) {
        Some(PRE_LOGIN) => same(prefix, HEADER_BYTES, &[0, 0]),
        Some(LOGIN) => u16_be(prefix, 2)
            .zip(u32_le(prefix, HEADER_BYTES))
            .map(|(length, inner)| inner as usize + HEADER_BYTES == usize::from(length)),
        Some(BATCH | PROCEDURE) => same(prefix, HEADER_BYTES, &HEADERS),
        _ => None,
    };
    match proved {
        Some(true) => Probe::Certain,
        _ => Probe::Unsure,
    }
}

fn pdu(prefix: &[u8], _: Direction) -> PduLength {
    match u8_at(prefix, 0) {
        Some(1..=18) | None => PduLength::stated(u16_be(prefix, 2).map(usize::from)),
        _ => PduLength::Unframed,
    }
}
