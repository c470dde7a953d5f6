//! ONC RPC (RFC 5531), and by the program that is called: the port mapper (RFC 1833) and NFS (RFC 1813, RFC 8881).
//!
//! ```text
//! over TCP | last fragment 1 bit, length 31 bits |
//! | xid 4 | 0 call | 2 | program 4 | version 4 | procedure 4 | credentials ...        | xid 4 | 1 answer | accepted 4 | ...
//! ```

use whotalks_record::ApplicationProtocol;

use crate::app::pdu::PduLength;
use crate::app::read::{judge, judge_whole, u8_at, u32_be};
use crate::app::{Direction, First, Probe, Protocol};

pub(crate) const NFS_STREAM: Protocol = Protocol::stream(ApplicationProtocol::Nfs, |prefix, _| stream(prefix, is_nfs))
    .beginning(MARKED)
    .framed(pdu)
    .on(&[2049]);
pub(crate) const PORTMAP_STREAM: Protocol =
    Protocol::stream(ApplicationProtocol::Portmap, |prefix, _| stream(prefix, is_portmap))
        .beginning(MARKED)
        .framed(pdu)
        .on(&[111]);
pub(crate) const STREAM: Protocol = Protocol::stream(ApplicationProtocol::OncRpc, |prefix, _| stream(prefix, is_any))
    .beginning(MARKED)
    .framed(pdu);
pub(crate) const NFS_DATAGRAM: Protocol = Protocol::datagram(ApplicationProtocol::Nfs, |datagram, _| {
    judge_whole(called(datagram, is_nfs))
})
.on(&[2049]);
pub(crate) const PORTMAP_DATAGRAM: Protocol = Protocol::datagram(ApplicationProtocol::Portmap, |datagram, _| {
    judge_whole(called(datagram, is_portmap))
})
.on(&[111]);
pub(crate) const DATAGRAM: Protocol = Protocol::datagram(ApplicationProtocol::OncRpc, |datagram, _| {
    judge_whole(called(datagram, is_any))
});

/// The mark of a last fragment shorter than [`MOST_FRAGMENT_BYTES`].
const MARKED: First = First::Of(&[0x80]);
const LAST_FRAGMENT: u32 = 1 << 31;
const MARK_BYTES: usize = 4;
const MOST_FRAGMENT_BYTES: u32 = 4 << 20;
/// The header of a call up to its procedure.
const CALL_BYTES: u32 = 24;
const PORTMAP: u32 = 100_000;
const NFS: u32 = 100_003;
const HIGHEST_VERSION: u32 = 64;
const HIGHEST_PROCEDURE: u32 = 1024;

/// Which procedure of which program is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Call {
    /// The number that pairs question and answer.
    pub transaction: u32,
    /// The program (RFC 5531 13): 100000 port mapper, 100003 NFS, 100005 mount.
    pub program: u32,
    /// Its version.
    pub version: u32,
    /// The procedure.
    pub procedure: u32,
}

/// Reads a call without the mark that precedes it over TCP; none where it is none.
#[must_use]
pub fn call(message: &[u8]) -> Option<Call> {
    called(message, is_any)?.then_some(Call {
        transaction: u32_be(message, 0)?,
        program: u32_be(message, 12)?,
        version: u32_be(message, 16)?,
        procedure: u32_be(message, 20)?,
    })
}

fn is_nfs(program: u32) -> bool {
    program == NFS
}

fn is_portmap(program: u32) -> bool {
    program == PORTMAP
}

/// Sun's own numbers and the users' (RFC 5531 8.4).
fn is_any(program: u32) -> bool {
    (PORTMAP..0x4000_0000).contains(&program)
}

fn stream(prefix: &[u8], program: fn(u32) -> bool) -> Probe {
    judge(framed(prefix, program))
}

fn framed(prefix: &[u8], program: fn(u32) -> bool) -> Option<bool> {
    if u8_at(prefix, 0)? != 0x80 {
        return Some(false);
    }
    let mark = u32_be(prefix, 0)?;
    let length = mark & !LAST_FRAGMENT;
    if mark & LAST_FRAGMENT == 0 || !(CALL_BYTES..=MOST_FRAGMENT_BYTES).contains(&length) {
        return Some(false);
    }
    called(prefix.get(MARK_BYTES..)?, program)
}

fn called(message: &[u8], program: fn(u32) -> bool) -> Option<bool> {
    if u32_be(message, 4)? != 0 {
        return Some(false);
    }
    if u32_be(message, 8)? != 2 {
        return Some(false);
    }
    if !program(u32_be(message, 12)?) {
        return Some(false);
    }
    let known = u32_be(message, 16)? <= HIGHEST_VERSION && u32_be(message, 20)? <= HIGHEST_PROCEDURE;
    // The flavour of the credentials: none, system, Diffie-Hellman, Kerberos, GSS.
    Some(known && matches!(u32_be(message, 24)?, 0..=6 | 390_003..=390_005))
}

/// The mark's length.
fn pdu(prefix: &[u8], _: Direction) -> PduLength {
    PduLength::stated_within(
        u32_be(prefix, 0).map(|mark| (mark & !LAST_FRAGMENT) as usize + MARK_BYTES),
        MOST_FRAGMENT_BYTES as usize,
    )
}
