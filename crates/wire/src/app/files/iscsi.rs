//! iSCSI (RFC 7143 11.12): a login whose text names the initiator.

use whotalks_record::ApplicationProtocol;

use crate::app::pdu::PduLength;
use crate::app::read::{judge, same, u8_at, u24_be};
use crate::app::{Direction, First, Probe, Protocol};

pub(crate) const STREAM: Protocol = Protocol::stream(ApplicationProtocol::Iscsi, probe)
    .beginning(First::Of(&[LOGIN_REQUEST]))
    .framed(pdu)
    .on(&[3260]);

/// Immediate delivery and the code of a login request.
const LOGIN_REQUEST: u8 = 0x43;
const HEADER_BYTES: usize = 48;

fn probe(prefix: &[u8], _: Direction) -> Probe {
    judge(login(prefix))
}

fn login(prefix: &[u8]) -> Option<bool> {
    if u8_at(prefix, 0)? != LOGIN_REQUEST {
        return Some(false);
    }
    same(prefix, HEADER_BYTES, b"InitiatorName=")
}

/// The header, what it announces, and the data to a multiple of four.
fn pdu(prefix: &[u8], _: Direction) -> PduLength {
    let more = u8_at(prefix, 4).map(|words| usize::from(words) * 4);
    let data = u24_be(prefix, 5).map(|length| (length as usize).next_multiple_of(4));
    PduLength::stated(more.zip(data).map(|(more, data)| HEADER_BYTES + more + data))
}
