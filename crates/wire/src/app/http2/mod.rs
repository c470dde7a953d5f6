//! HTTP/2 in the clear (RFC 9113): begun with prior knowledge, or after an upgrade of HTTP/1.
//!
//! ```text
//! client | "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" | frames ...
//! server | frames ...
//! frame  | length 3 | type 1 | flags 1 | stream 4 | payload ... |
//! ```

mod hpack;

pub use hpack::{Header, HeaderDecoder};

use whotalks_bytes::Cursor;

use super::{Direction, Probe, Unfinished};
use crate::Stop;

/// What a client begins with (RFC 9113 3.4).
pub const PREFACE: &[u8; 24] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
/// Bytes of a frame's header.
pub const FRAME_HEADER_BYTES: usize = 9;
/// The longest frame taken: receivers that allow more than the 2^14 of the standard are rare.
const MOST_FRAME_BYTES: u32 = 1 << 20;

const PADDED: u8 = 0x08;
const HAS_PRIORITY: u8 = 0x20;
const END_OF_HEADERS: u8 = 0x04;
const PRIORITY_BYTES: usize = 5;

/// The type of a frame (RFC 9113 6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct FrameType(pub u8);

impl FrameType {
    /// Content.
    pub const DATA: Self = Self(0);
    /// A request or an answer, or its trailers.
    pub const HEADERS: Self = Self(1);
    /// What the sender can and wants.
    pub const SETTINGS: Self = Self(4);
    /// The rest of headers.
    pub const CONTINUATION: Self = Self(9);
}

/// A frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frame<'a> {
    /// Its type.
    pub kind: FrameType,
    /// Its flags, whose meaning the type decides.
    pub flags: u8,
    /// The stream it belongs to; 0 is the connection.
    pub stream: u32,
    /// Its content.
    pub payload: &'a [u8],
}

impl<'a> Frame<'a> {
    /// Bytes of the frame with its header.
    #[must_use]
    pub const fn bytes(&self) -> usize {
        FRAME_HEADER_BYTES + self.payload.len()
    }

    /// The piece of a block of headers in it; none in frames of other types, or where the padding is longer than the frame.
    #[must_use]
    pub fn header_block(&self) -> Option<&'a [u8]> {
        match self.kind {
            FrameType::CONTINUATION => return Some(self.payload),
            FrameType::HEADERS => {}
            _ => return None,
        }
        let (mut block, mut padding) = (self.payload, 0);
        if self.flags & PADDED != 0 {
            let (length, rest) = block.split_first()?;
            (block, padding) = (rest, usize::from(*length));
        }
        if self.flags & HAS_PRIORITY != 0 {
            block = block.get(PRIORITY_BYTES..)?;
        }
        block.get(..block.len().checked_sub(padding)?)
    }

    /// Whether the block of headers ends with this frame.
    #[must_use]
    pub const fn ends_headers(&self) -> bool {
        self.flags & END_OF_HEADERS != 0
    }
}

/// Reads the frame that `bytes` begin with.
///
/// # Errors
/// [`Unfinished::NeedMore`] until all of it is there; [`Unfinished::Broken`] when it is longer than any that is sent.
pub fn frame(bytes: &[u8]) -> Result<Frame<'_>, Unfinished> {
    let mut cursor = Cursor::new(bytes);
    let length = cursor.u24_be("http2.length")?;
    if length > MOST_FRAME_BYTES {
        return Err(Unfinished::Broken(Stop::Malformed {
            field: "http2.length",
            number: length,
            offset: 0,
        }));
    }
    Ok(Frame {
        kind: FrameType(cursor.u8("http2.type")?),
        flags: cursor.u8("http2.flags")?,
        stream: cursor.u32_be("http2.stream")? & 0x7fff_ffff,
        payload: cursor.slice("http2.payload", length as usize)?,
    })
}

/// Whether the first bytes of a client are the preface.
#[must_use]
pub fn probe(prefix: &[u8], direction: Direction) -> Probe {
    if direction == Direction::ToClient {
        return Probe::NotMine;
    }
    let length = prefix.len().min(PREFACE.len());
    match (prefix.get(..length) == PREFACE.get(..length), length == PREFACE.len()) {
        (true, true) => Probe::Certain,
        (true, false) => Probe::Unsure,
        (false, _) => Probe::NotMine,
    }
}

#[cfg(test)]
mod tests;
