//! TFTP (RFC 1350, RFC 2347).

use whotalks_record::ApplicationProtocol;

use crate::app::read::{judge_whole, u16_be, until_nul};
use crate::app::{Direction, First, Probe, Protocol};

pub(crate) const DATAGRAM: Protocol = Protocol::datagram(ApplicationProtocol::Tftp, probe)
    .beginning(First::Of(&[0]))
    .paired(pair)
    .on(&[69]);

const READ: u16 = 1;
const WRITE: u16 = 2;
const DATA: u16 = 3;
const ACKNOWLEDGEMENT: u16 = 4;
const OPTIONS: u16 = 6;
const ACKNOWLEDGEMENT_BYTES: usize = 4;

/// A request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Request<'a> {
    /// Whether a file is written, not read.
    pub is_write: bool,
    /// The file.
    pub file: &'a [u8],
    /// `octet`, `netascii` or `mail`.
    pub mode: &'a [u8],
}

/// Reads a request; none where it is none.
#[must_use]
pub fn request(datagram: &[u8]) -> Option<Request<'_>> {
    let is_write = match u16_be(datagram, 0)? {
        READ => false,
        WRITE => true,
        _ => return None,
    };
    let file = until_nul(datagram.get(2..)?)?;
    let mode = until_nul(datagram.get(file.len() + 3..)?)?;
    let known = [&b"octet"[..], b"netascii", b"mail"]
        .iter()
        .any(|known| mode.eq_ignore_ascii_case(known));
    (known && !file.is_empty()).then_some(Request { is_write, file, mode })
}

fn probe(datagram: &[u8], _: Direction) -> Probe {
    judge_whole(Some(request(datagram).is_some() || options(datagram).is_some()))
}

/// An answer that accepts options: their names and values.
fn options(datagram: &[u8]) -> Option<()> {
    let is_options = u16_be(datagram, 0)? == OPTIONS;
    let first = until_nul(datagram.get(2..)?)?;
    let known = [&b"blksize"[..], b"tsize", b"timeout", b"windowsize"]
        .iter()
        .any(|known| first.eq_ignore_ascii_case(known));
    (is_options && known).then_some(())
}

/// A block and its acknowledgement: the transfer goes on between other ports than it was asked for.
fn pair(earlier: &[u8], later: &[u8], same_sender: bool) -> Probe {
    judge_whole(acknowledged(earlier, later).map(|agrees| agrees && !same_sender))
}

fn acknowledged(earlier: &[u8], later: &[u8]) -> Option<bool> {
    let (first, second) = (u16_be(earlier, 0)?, u16_be(later, 0)?);
    let same_block = u16_be(earlier, 2)? == u16_be(later, 2)?;
    Some(first == DATA && second == ACKNOWLEDGEMENT && later.len() == ACKNOWLEDGEMENT_BYTES && same_block)
}
