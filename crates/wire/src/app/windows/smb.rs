//! SMB 1 (MS-CIFS 2.2.3.1) and SMB 2 and 3 (MS-SMB2 2.2.1), behind the four bytes of [`super::nbss`].

use whotalks_record::ApplicationProtocol;

use super::nbss;
use crate::app::read::{array, judge, same, u8_at, u16_le, u24_be, u32_le};
use crate::app::{Direction, First, Probe, Protocol};

pub(crate) const STREAM_1: Protocol = Protocol::stream(ApplicationProtocol::Smb1, probe_1)
    .beginning(First::Of(&[nbss::MESSAGE]))
    .framed(nbss::pdu)
    .on(&[139, 445]);

pub(crate) const STREAM_2: Protocol = Protocol::stream(ApplicationProtocol::Smb2, probe_2)
    .beginning(First::Of(&[nbss::MESSAGE]))
    .framed(nbss::pdu)
    .on(&[445]);

const SIGNATURE_1: [u8; 4] = *b"\xffSMB";
const SIGNATURE_2: [u8; 4] = *b"\xfeSMB";
/// What encrypted messages of SMB 3 begin with (MS-SMB2 2.2.41).
const SIGNATURE_ENCRYPTED: [u8; 4] = *b"\xfdSMB";
/// What compressed messages of SMB 3 begin with (MS-SMB2 2.2.42).
const SIGNATURE_COMPRESSED: [u8; 4] = *b"\xfcSMB";
/// Bytes of an SMB 1 header; the shortest message has three more.
const HEADER_1_BYTES: u32 = 32;
const HEADER_2_BYTES: u16 = 64;

/// The header of an SMB 1 message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header1 {
    /// What is wanted: 0x72 negotiate, 0x73 session setup, 0x75 tree connect, 0x25 transaction.
    pub command: u8,
    /// The outcome (MS-ERREF), 0 in requests.
    pub status: u32,
    /// Whether it is an answer.
    pub is_response: bool,
}

/// The header of an SMB 2 or 3 message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header2 {
    /// What is wanted: 0 negotiate, 1 session setup, 3 tree connect, 5 create, 8 read, 9 write (MS-SMB2 2.2.1.2).
    pub command: u16,
    /// The outcome (MS-ERREF); in requests of SMB 3 the channel sequence.
    pub status: u32,
    /// Flags; bit 0 marks an answer.
    pub flags: u32,
    /// Where the next message of a compound begins, counted from this one; 0 in the last.
    pub next: u32,
    /// The number that pairs question and answer.
    pub message_id: u64,
    /// The session.
    pub session_id: u64,
}

impl Header2 {
    /// Whether it is an answer.
    #[must_use]
    pub const fn is_response(&self) -> bool {
        self.flags & 1 != 0
    }
}

/// Reads the header of SMB 1 that the message begins with; the message is without its NetBIOS header.
#[must_use]
pub fn header_1(message: &[u8]) -> Option<Header1> {
    const ANSWER: u8 = 0x80;
    let signature: [u8; 4] = array(message, 0)?;
    (signature == SIGNATURE_1).then_some(())?;
    Some(Header1 {
        command: u8_at(message, 4)?,
        status: u32_le(message, 5)?,
        is_response: u8_at(message, 9)? & ANSWER != 0,
    })
}

/// Reads the header of SMB 2 that the message begins with; the message is without its NetBIOS header.
#[must_use]
pub fn header_2(message: &[u8]) -> Option<Header2> {
    let signature: [u8; 4] = array(message, 0)?;
    let is_header = signature == SIGNATURE_2 && u16_le(message, 4)? == HEADER_2_BYTES;
    is_header.then_some(())?;
    Some(Header2 {
        command: u16_le(message, 12)?,
        status: u32_le(message, 8)?,
        flags: u32_le(message, 16)?,
        next: u32_le(message, 20)?,
        message_id: array(message, 24).map(u64::from_le_bytes)?,
        session_id: array(message, 40).map(u64::from_le_bytes)?,
    })
}

fn probe_1(prefix: &[u8], _: Direction) -> Probe {
    judge(begins(prefix, SIGNATURE_1, HEADER_1_BYTES))
}

fn probe_2(prefix: &[u8], _: Direction) -> Probe {
    let first = |signature| judge(begins(prefix, signature, u32::from(HEADER_2_BYTES) / 2));
    crate::app::read::either([SIGNATURE_2, SIGNATURE_ENCRYPTED, SIGNATURE_COMPRESSED].map(first))
}

fn begins(prefix: &[u8], signature: [u8; 4], least: u32) -> Option<bool> {
    if u8_at(prefix, 0)? != nbss::MESSAGE {
        return Some(false);
    }
    if u24_be(prefix, 1)? < least {
        return Some(false);
    }
    same(prefix, nbss::HEADER_BYTES, &signature)
}
