//! The header of a buffer, `WMI_BUFFER_HEADER`, and the buffer behind it.
//!
//! A trace is a sequence of buffers, each of the length that its header states and each filled by one processor. The length
//! counts the header; in a compressed buffer it is the length as stored, while the filled bytes count what comes out.

use whotalks_bytes::fixed::{Octets, U8, U16, U32};
use whotalks_record::IssueKind;

use super::lzxpress;

/// Bytes of the header.
pub(super) const HEADER_BYTES: usize = 0x48;

/// The largest buffer believed. Windows allows up to 16 MiB (`EVENT_TRACE_PROPERTIES.BufferSize`).
pub(super) const MOST_BUFFER_BYTES: u32 = 16 << 20;

mod field {
    use super::{Octets, U8, U16, U32};
    pub(super) const BUFFER_BYTES: U32<0x00> = U32;
    pub(super) const SEQUENCE: Octets<0x18, 8> = Octets;
    pub(super) const PROCESSOR: U16<0x28> = U16;
    pub(super) const PROCESSOR_NUMBER: U8<0x28> = U8;
    pub(super) const FILLED_BYTES: U32<0x30> = U32;
    pub(super) const FLAGS: U16<0x34> = U16;
}

/// Events were lost before this buffer.
const FLAG_EVENTS_LOST: u16 = 0x02;
/// Buffers were lost before this buffer.
const FLAG_BUFFERS_LOST: u16 = 0x04;
/// The processor's number has 16 bits; else 8, and an alignment beside it.
const FLAG_PROCESSOR_INDEX: u16 = 0x20;
/// What lies behind the header is compressed.
const FLAG_COMPRESSED: u16 = 0x40;

/// The header of a buffer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct BufferHeader {
    /// Bytes from this header to the next one.
    pub(super) stored_bytes: u32,
    /// Bytes in use, with the header, once decompressed.
    pub(super) filled_bytes: u32,
    /// Its number in the order in which buffers were written.
    pub(super) sequence: u64,
    pub(super) processor: u16,
    flags: u16,
}

impl BufferHeader {
    pub(super) fn of(bytes: &[u8; HEADER_BYTES]) -> Self {
        let flags = field::FLAGS.le(bytes);
        let has_index = flags & FLAG_PROCESSOR_INDEX != 0;
        Self {
            stored_bytes: field::BUFFER_BYTES.le(bytes),
            filled_bytes: field::FILLED_BYTES.le(bytes),
            sequence: u64::from_le_bytes(field::SEQUENCE.of(bytes)),
            processor: if has_index {
                field::PROCESSOR.le(bytes)
            } else {
                field::PROCESSOR_NUMBER.of(bytes).into()
            },
            flags,
        }
    }

    /// Whether the lengths can be true.
    pub(super) const fn is_plausible(&self) -> bool {
        let least = HEADER_BYTES as u32;
        self.stored_bytes >= least && self.stored_bytes <= MOST_BUFFER_BYTES && self.filled_bytes >= least
    }

    pub(super) const fn is_compressed(&self) -> bool {
        self.flags & FLAG_COMPRESSED != 0
    }

    pub(super) const fn lost_events(&self) -> bool {
        self.flags & FLAG_EVENTS_LOST != 0
    }

    pub(super) const fn lost_buffers(&self) -> bool {
        self.flags & FLAG_BUFFERS_LOST != 0
    }

    /// Puts the records of `stored`, the bytes behind the header as far as they are there, into `records`.
    pub(super) fn unpack(&self, stored: &[u8], records: &mut Vec<u8>) -> Result<(), IssueKind> {
        let filled = (self.filled_bytes.min(MOST_BUFFER_BYTES) as usize).saturating_sub(HEADER_BYTES);
        if self.is_compressed() {
            let end = lzxpress::decompress(stored, filled, records);
            // The last item may stand for more than is in use; what is missing shows as a record that does not fit.
            let is_damaged = end.is_err() && records.len() < filled;
            return match end {
                Err(stopped) if is_damaged => Err(malformed("trace.compressed_buffer", stopped.to_string())),
                _ => Ok(()),
            };
        }
        records.clear();
        records.extend_from_slice(stored.get(..filled).unwrap_or(stored));
        Ok(())
    }
}

/// A structure that contradicts its specification.
pub(super) fn malformed(field: &'static str, found: String) -> IssueKind {
    IssueKind::Malformed {
        field,
        found: found.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(flags: u16) -> [u8; HEADER_BYTES] {
        let mut bytes = [0; HEADER_BYTES];
        bytes[..4].copy_from_slice(&0x2000_u32.to_le_bytes());
        bytes[0x28..0x2a].copy_from_slice(&0x0802_u16.to_le_bytes());
        bytes[0x30..0x34].copy_from_slice(&0x50_u32.to_le_bytes());
        bytes[0x34..0x36].copy_from_slice(&flags.to_le_bytes());
        bytes
    }

    #[test]
    fn the_processor_has_8_bits_unless_a_flag_says_16() {
        assert_eq!(BufferHeader::of(&header(0)).processor, 2);
        assert_eq!(BufferHeader::of(&header(FLAG_PROCESSOR_INDEX)).processor, 0x0802);
    }

    #[test]
    fn only_what_is_in_use_is_taken() {
        let mut records = Vec::new();
        BufferHeader::of(&header(0)).unpack(&[7; 100], &mut records).unwrap();
        assert_eq!(records, [7; 8]);
    }
}
