//! IEC 60870-5-104: a start byte, a length and four control bytes.

use whotalks_record::ApplicationProtocol;

use crate::app::pdu::PduLength;
use crate::app::read::{judge, same, u8_at};
use crate::app::{Direction, First, Probe, Protocol};

pub(crate) const STREAM: Protocol = Protocol::stream(ApplicationProtocol::Iec104, probe)
    .beginning(First::Of(&[START]))
    .framed(pdu)
    .on(&[2404]);

const START: u8 = 0x68;
/// "Start", its confirmation, and the tests of a connection: length 4, the function, three zeros.
const FUNCTIONS: [u8; 6] = [0x07, 0x0b, 0x13, 0x23, 0x43, 0x83];

/// A connection begins with a function that starts or tests it.
fn probe(prefix: &[u8], _: Direction) -> Probe {
    judge(begins(prefix))
}

fn begins(prefix: &[u8]) -> Option<bool> {
    if u8_at(prefix, 0)? != START || u8_at(prefix, 1)? != 4 {
        return Some(false);
    }
    Some(FUNCTIONS.contains(&u8_at(prefix, 2)?) && same(prefix, 3, &[0, 0, 0])?)
}

fn pdu(prefix: &[u8], _: Direction) -> PduLength {
    PduLength::stated(u8_at(prefix, 1).map(|length| usize::from(length) + 2))
}
