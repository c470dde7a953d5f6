//! Where a field lies in a header of fixed layout.

use crate::FieldId;

/// A field's place: read `length` bytes at `at`, keep the bits of `mask`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    pub(crate) id: FieldId,
    pub(crate) at: usize,
    pub(crate) length: usize,
    pub(crate) mask: u64,
    pub(crate) is_little_endian: bool,
}

impl Place {
    /// A number, address or bytes; numbers most significant byte first.
    pub(crate) const fn at(id: FieldId, at: usize, length: usize) -> Self {
        Self::bits(id, at, length, u64::MAX)
    }

    /// Some bits of a number, most significant byte first.
    pub(crate) const fn bits(id: FieldId, at: usize, length: usize, mask: u64) -> Self {
        Self {
            id,
            at,
            length,
            mask,
            is_little_endian: false,
        }
    }

    /// The same number with the least significant byte first.
    pub(crate) const fn le(id: FieldId, at: usize, length: usize) -> Self {
        Self::le_bits(id, at, length, u64::MAX)
    }

    /// Some bits of a number, least significant byte first.
    pub(crate) const fn le_bits(id: FieldId, at: usize, length: usize, mask: u64) -> Self {
        Self {
            id,
            at,
            length,
            mask,
            is_little_endian: true,
        }
    }
}
