//! DCE/RPC (C706 12, MS-RPCE): remote calls of Windows, over TCP (version 5) and UDP (version 4).
//!
//! ```text
//! | 5 | minor 1 | type 1 | flags 1 | data representation 4 | fragment length 2 | authentication length 2 | call 4 | ...
//! ```

use whotalks_record::ApplicationProtocol;

use crate::app::pdu::PduLength;
use crate::app::read::{array, judge, judge_whole, u8_at, u16_be, u16_le, u32_le};
use crate::app::{Direction, First, Probe, Protocol};

pub(crate) const STREAM: Protocol = Protocol::stream(ApplicationProtocol::Msrpc, probe_stream)
    .beginning(First::Of(&[5]))
    .framed(pdu)
    .on(&[135]);

pub(crate) const DATAGRAM: Protocol = Protocol::datagram(ApplicationProtocol::Msrpc, probe_datagram)
    .beginning(First::Of(&[4]))
    .on(&[135]);

const HEADER_BYTES: u16 = 16;
const HIGHEST_TYPE: u8 = 19;
/// Header of version 4 (C706 12.5.2).
const DATAGRAM_HEADER_BYTES: usize = 80;

/// The header of a version 5 message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header {
    /// The kind: 0 request, 2 response, 3 fault, 11 bind, 12 bind acknowledged (C706 12.6.1).
    pub kind: u8,
    /// Whether integers are little-endian.
    pub is_little_endian: bool,
    /// The length of the fragment in bytes, with its header.
    pub fragment_bytes: u16,
    /// The number that pairs question and answer.
    pub call_id: u32,
}

/// An interface as a bind asks for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interface {
    /// Its UUID, as it stands in the packet: the first three fields in the sender's byte order.
    pub uuid: [u8; 16],
    /// Its version, major part.
    pub version: u16,
}

/// Reads the header that a message begins with; none where it is none.
#[must_use]
pub fn header(message: &[u8]) -> Option<Header> {
    let is_little_endian = u8_at(message, 4)? & 0xf0 == 0x10;
    let short = if is_little_endian { u16_le } else { u16_be };
    let call: [u8; 4] = array(message, 12)?;
    begins(message)?.then_some(Header {
        kind: u8_at(message, 2)?,
        is_little_endian,
        fragment_bytes: short(message, 8)?,
        call_id: if is_little_endian {
            u32::from_le_bytes(call)
        } else {
            u32::from_be_bytes(call)
        },
    })
}

/// The first interface that a bind or alter-context asks for (C706 12.6.4.3).
#[must_use]
pub fn interface(message: &[u8]) -> Option<Interface> {
    const BIND: u8 = 11;
    const ALTER_CONTEXT: u8 = 14;
    const FIRST_CONTEXT: usize = 28;
    let header = header(message).filter(|header| matches!(header.kind, BIND | ALTER_CONTEXT))?;
    let short = if header.is_little_endian { u16_le } else { u16_be };
    Some(Interface {
        uuid: array(message, FIRST_CONTEXT + 4)?,
        version: short(message, FIRST_CONTEXT + 20)?,
    })
}

fn probe_stream(prefix: &[u8], _: Direction) -> Probe {
    judge(begins(prefix))
}

fn begins(prefix: &[u8]) -> Option<bool> {
    if u8_at(prefix, 0)? != 5 || u8_at(prefix, 1)? > 1 || u8_at(prefix, 2)? > HIGHEST_TYPE {
        return Some(false);
    }
    let (integers, floats) = (u8_at(prefix, 4)?, u8_at(prefix, 5)?);
    if !matches!(integers, 0x00 | 0x10) || floats > 3 || u16_be(prefix, 6)? != 0 {
        return Some(false);
    }
    let short = if integers == 0x10 { u16_le } else { u16_be };
    let (fragment, authentication) = (short(prefix, 8)?, short(prefix, 10)?);
    Some(fragment >= HEADER_BYTES && authentication < fragment)
}

fn probe_datagram(datagram: &[u8], _: Direction) -> Probe {
    judge_whole(begins_datagram(datagram))
}

/// Version 4 has its data representation at 4 and its length at 74.
fn begins_datagram(datagram: &[u8]) -> Option<bool> {
    const HIGHEST_DATAGRAM_TYPE: u8 = 10;
    if u8_at(datagram, 0)? != 4 || u8_at(datagram, 1)? > HIGHEST_DATAGRAM_TYPE {
        return Some(false);
    }
    let integers = u8_at(datagram, 4)?;
    if !matches!(integers, 0x00 | 0x10) || u8_at(datagram, 5)? > 3 || u8_at(datagram, 6)? != 0 {
        return Some(false);
    }
    let short = if integers == 0x10 { u16_le } else { u16_be };
    Some(usize::from(short(datagram, 74)?) + DATAGRAM_HEADER_BYTES == datagram.len())
}

/// The fragment length.
fn pdu(prefix: &[u8], _: Direction) -> PduLength {
    match (u8_at(prefix, 0), u8_at(prefix, 4)) {
        (Some(5), Some(integers)) => {
            let short = if integers & 0xf0 == 0x10 { u16_le } else { u16_be };
            PduLength::stated(short(prefix, 8).map(usize::from))
        }
        (Some(5) | None, None) => PduLength::NeedMore,
        _ => PduLength::Unframed,
    }
}

/// The context number of a request and the operation that is called (C706 12.6.4.9).
#[must_use]
pub fn operation(message: &[u8]) -> Option<u16> {
    const REQUEST: u8 = 0;
    let header = header(message).filter(|header| header.kind == REQUEST)?;
    let _ = u32_le(message, 16)?;
    let short = if header.is_little_endian { u16_le } else { u16_be };
    short(message, 22)
}
