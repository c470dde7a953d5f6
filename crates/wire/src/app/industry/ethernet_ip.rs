//! EtherNet/IP (ODVA CIP volume 2, 2-3): an encapsulation header of 24 bytes, little-endian.

use whotalks_record::ApplicationProtocol;

use crate::app::pdu::PduLength;
use crate::app::read::{judge, u16_le, u32_le};
use crate::app::{Direction, Probe, Protocol};

pub(crate) const STREAM: Protocol = Protocol::stream(ApplicationProtocol::EtherNetIp, probe)
    .framed(pdu)
    .on(&[44818]);

const HEADER_BYTES: usize = 24;
const REGISTER_SESSION: u16 = 0x65;

/// A connection begins by registering: four bytes, version 1, options 0, status 0.
fn probe(prefix: &[u8], _: Direction) -> Probe {
    judge(registers(prefix))
}

fn registers(prefix: &[u8]) -> Option<bool> {
    if u16_le(prefix, 0)? != REGISTER_SESSION || u16_le(prefix, 2)? != 4 {
        return Some(false);
    }
    if u32_le(prefix, 8)? != 0 || u32_le(prefix, 20)? != 0 {
        return Some(false);
    }
    Some(u32_le(prefix, 24)? == 1)
}

fn pdu(prefix: &[u8], _: Direction) -> PduLength {
    PduLength::stated(u16_le(prefix, 2).map(|length| usize::from(length) + HEADER_BYTES))
}
