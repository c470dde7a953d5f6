//! ISO transport on TCP: TPKT (RFC 1006) and X.224 class 0, which RDP, S7 and others stand on.

use whotalks_record::ApplicationProtocol;

use crate::app::pdu::PduLength;
use crate::app::read::{judge, u8_at, u16_be};
use crate::app::{Direction, First, Probe, Protocol};

pub(crate) const STREAM: Protocol = Protocol::stream(ApplicationProtocol::Cotp, probe)
    .beginning(First::Of(&[TPKT_VERSION]))
    .framed(pdu)
    .on(&[102]);

/// The first byte of a TPKT header.
pub(crate) const TPKT_VERSION: u8 = 3;
/// Bytes of the TPKT header.
pub(crate) const TPKT_BYTES: usize = 4;
/// The X.224 code of a connection request, credit 0.
pub(crate) const CONNECTION_REQUEST: u8 = 0xe0;
/// The X.224 code of a connection confirm, credit 0.
pub(crate) const CONNECTION_CONFIRM: u8 = 0xd0;
/// Bytes of a connection TPDU before its variable part, with the length byte.
const CONNECTION_BYTES: usize = 7;
/// Parameters of a connection (X.224 13.3.4): size of TPDU, calling and called selector.
const PARAMETERS: std::ops::RangeInclusive<u8> = 0xc0..=0xc2;

/// The code of a connection TPDU and its variable part, where all of it is there.
pub(crate) fn connection(packet: &[u8]) -> Option<(u8, &[u8])> {
    let (code, variable) = connection_prefix(packet).ok()?;
    let length = usize::from(u8_at(packet, TPKT_BYTES)?);
    let variable = variable.get(..(length + 1).checked_sub(CONNECTION_BYTES)?)?;
    Some((code, variable))
}

/// The code of a connection TPDU and its variable part as far as it is there.
///
/// # Errors
/// What a probe has to say where it cannot be told yet, or is none.
pub(crate) fn connection_prefix(prefix: &[u8]) -> Result<(u8, &[u8]), Probe> {
    match is_connection(prefix) {
        None => Err(Probe::Unsure),
        Some(None) => Err(Probe::NotMine),
        Some(Some(code)) => {
            let end = usize::from(u16_be(prefix, 2).unwrap_or_default()).min(prefix.len());
            let variable = prefix.get(TPKT_BYTES + CONNECTION_BYTES..end).unwrap_or_default();
            Ok((code, variable))
        }
    }
}

/// The code, where the header is that of a connection TPDU whose two lengths agree.
fn is_connection(prefix: &[u8]) -> Option<Option<u8>> {
    if u8_at(prefix, 0)? != TPKT_VERSION || u8_at(prefix, 1)? != 0 {
        return Some(None);
    }
    let length = usize::from(u16_be(prefix, 2)?);
    if length < TPKT_BYTES + CONNECTION_BYTES {
        return Some(None);
    }
    let inner = usize::from(u8_at(prefix, TPKT_BYTES)?);
    let code = u8_at(prefix, TPKT_BYTES + 1)?;
    let agrees = inner + 1 + TPKT_BYTES == length && (code == CONNECTION_REQUEST || code == CONNECTION_CONFIRM);
    Some(agrees.then_some(code))
}

/// A connection with parameters of its own, or with none at all.
fn probe(prefix: &[u8], _: Direction) -> Probe {
    match connection_prefix(prefix) {
        Err(answer) => answer,
        Ok(_) if u16_be(prefix, 2) == Some((TPKT_BYTES + CONNECTION_BYTES) as u16) => {
            judge(u8_at(prefix, TPKT_BYTES + CONNECTION_BYTES - 1).map(|class| class & 0x0f == 0))
        }
        Ok((_, variable)) => judge(u8_at(variable, 0).map(|parameter| PARAMETERS.contains(&parameter))),
    }
}

/// The length in the TPKT header.
pub(crate) fn pdu(prefix: &[u8], _: Direction) -> PduLength {
    match u8_at(prefix, 0) {
        Some(TPKT_VERSION) | None => PduLength::stated(u16_be(prefix, 2).map(usize::from)),
        _ => PduLength::Unframed,
    }
}
