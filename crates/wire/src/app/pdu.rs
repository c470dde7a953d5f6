//! How long the messages of a stream are.

use super::read::{u8_at, u16_be};
use super::{Direction, tls};

/// How long the message is that the bytes of one side begin with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PduLength {
    /// It has so many bytes, its own header included; at least 1. The caller bounds what it waits for.
    Known(usize),
    /// More bytes are needed to tell.
    NeedMore,
    /// The protocol has no framing that can be read here; whatever there is counts as a message.
    Unframed,
}

impl PduLength {
    /// The length a header states; none where the header is not complete.
    pub(crate) const fn stated(length: Option<usize>) -> Self {
        match length {
            Some(0) => Self::Unframed,
            Some(length) => Self::Known(length),
            None => Self::NeedMore,
        }
    }

    /// As [`PduLength::stated`]; a length above `most` is no length of this protocol.
    pub(crate) const fn stated_within(length: Option<usize>, most: usize) -> Self {
        match length {
            Some(length) if length > most => Self::Unframed,
            length => Self::stated(length),
        }
    }
}

/// A protocol without framing.
pub(crate) const fn unframed(_: &[u8], _: Direction) -> PduLength {
    PduLength::Unframed
}

/// Lines of text, each ended by a line feed.
pub(crate) fn lines(prefix: &[u8], _: Direction) -> PduLength {
    PduLength::stated(prefix.iter().position(|byte| *byte == b'\n').map(|at| at + 1))
}

/// TLS records (RFC 8446 5.1): type, version 2, length 2.
pub(crate) fn tls_records(prefix: &[u8], _: Direction) -> PduLength {
    const HEADER_BYTES: usize = 5;
    match (u8_at(prefix, 0), u8_at(prefix, 1)) {
        (Some(20..=24), Some(3) | None) | (None, _) => {
            PduLength::stated(u16_be(prefix, 3).map(|length| usize::from(length) + HEADER_BYTES))
        }
        (Some(0x80), _) => tls::old_hello_bytes(prefix).map_or(PduLength::Unframed, PduLength::Known),
        _ => PduLength::Unframed,
    }
}

/// A length of two bytes, big-endian, before each message.
pub(crate) fn behind_u16(prefix: &[u8], _: Direction) -> PduLength {
    PduLength::stated(u16_be(prefix, 0).map(|length| usize::from(length) + 2))
}
