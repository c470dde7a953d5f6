//! A block that is written: type, length, body, length.

use std::io::{self, Write};

pub(super) const SECTION: u32 = 0x0a0d_0d0a;
pub(super) const INTERFACE: u32 = 1;
pub(super) const NAMES: u32 = 4;
pub(super) const ENHANCED_PACKET: u32 = 6;
pub(super) const SECRETS: u32 = 10;
pub(super) const BYTE_ORDER_MAGIC: u32 = 0x1a2b_3c4d;

/// Type and length, before the body.
const HEAD_BYTES: usize = 8;
/// Type, and the length twice.
const FRAME_BYTES: usize = 12;
/// Bodies and options end on a multiple of this.
const ALIGNMENT: usize = 4;

/// A block under way.
#[derive(Debug)]
pub(super) struct Block {
    bytes: Vec<u8>,
    has_options: bool,
}

impl Block {
    pub(super) fn new(kind: u32) -> Self {
        let bytes = [kind.to_le_bytes(), [0; 4]].concat();
        Self {
            bytes,
            has_options: false,
        }
    }

    pub(super) const fn body_bytes(&self) -> usize {
        self.bytes.len().saturating_sub(HEAD_BYTES)
    }

    pub(super) fn u16(&mut self, value: u16) -> &mut Self {
        self.bytes.extend(value.to_le_bytes());
        self
    }

    pub(super) fn u32(&mut self, value: u32) -> &mut Self {
        self.bytes.extend(value.to_le_bytes());
        self
    }

    /// Adds bytes and fills up to the next multiple of four.
    pub(super) fn padded(&mut self, bytes: &[u8]) -> &mut Self {
        self.bytes.extend_from_slice(bytes);
        self.bytes.resize(self.bytes.len().next_multiple_of(ALIGNMENT), 0);
        self
    }

    /// Adds an option, or a record of names, which has the same form.
    pub(super) fn option(&mut self, code: u16, value: &[u8]) -> &mut Self {
        self.has_options = true;
        let length = value.len().try_into().unwrap_or(u16::MAX);
        self.u16(code).u16(length).padded(value)
    }

    /// Ends the options, if there are any.
    pub(super) fn end_options(mut self) -> Self {
        if self.has_options {
            self.u32(0);
        }
        self
    }

    /// Writes the block.
    pub(super) fn write(mut self, output: &mut impl Write) -> io::Result<()> {
        let total = self.body_bytes().saturating_add(FRAME_BYTES);
        let total = u32::try_from(total).map_err(|_| io::Error::from(io::ErrorKind::InvalidInput))?;
        let (_, after_kind) = self.bytes.split_at_mut(4);
        if let Some(place) = after_kind.first_chunk_mut() {
            *place = total.to_le_bytes();
        }
        self.bytes.extend(total.to_le_bytes());
        output.write_all(&self.bytes)
    }
}
