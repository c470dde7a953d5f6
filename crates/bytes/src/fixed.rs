//! The offset table of a fixed-size header.
//!
//! A field is a zero-sized value whose type holds its place and width. Reading it from an array that is too short does
//! not compile, so one length check — the one that made the array — is the only one.
//!
//! ```
//! use whotalks_bytes::fixed::{Octets, U16};
//!
//! mod field {
//!     use super::*;
//!     pub const ETHER_TYPE: U16<12> = U16;
//!     pub const SOURCE: Octets<6, 6> = Octets;
//! }
//! # fn main() {
//! let header: &[u8; 14] = &[0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 0x08, 0x00];
//! assert_eq!(field::ETHER_TYPE.be(header), 0x0800);
//! assert_eq!(field::SOURCE.of(header), [1, 2, 3, 4, 5, 6]);
//! # }
//! ```

/// The order of bytes in a number, for formats that take it from the machine that wrote them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ByteOrder {
    /// Least significant byte first.
    Little,
    /// Most significant byte first.
    Big,
}

/// One byte at `AT`.
#[derive(Debug, Clone, Copy)]
pub struct U8<const AT: usize>;

/// Two bytes at `AT`.
#[derive(Debug, Clone, Copy)]
pub struct U16<const AT: usize>;

/// Four bytes at `AT`.
#[derive(Debug, Clone, Copy)]
pub struct U32<const AT: usize>;

/// `LENGTH` bytes at `AT`, such as an address.
#[derive(Debug, Clone, Copy)]
pub struct Octets<const AT: usize, const LENGTH: usize>;

impl<const AT: usize> U8<AT> {
    /// The byte.
    #[inline]
    #[must_use]
    pub const fn of<const N: usize>(self, header: &[u8; N]) -> u8 {
        let [byte] = take::<AT, 1, N>(header);
        byte
    }
}

impl<const AT: usize> U16<AT> {
    /// The number, most significant byte first.
    #[inline]
    #[must_use]
    pub const fn be<const N: usize>(self, header: &[u8; N]) -> u16 {
        u16::from_be_bytes(take::<AT, 2, N>(header))
    }

    /// The number, least significant byte first.
    #[inline]
    #[must_use]
    pub const fn le<const N: usize>(self, header: &[u8; N]) -> u16 {
        u16::from_le_bytes(take::<AT, 2, N>(header))
    }

    /// The number in the order given.
    #[inline]
    #[must_use]
    pub const fn by<const N: usize>(self, order: ByteOrder, header: &[u8; N]) -> u16 {
        match order {
            ByteOrder::Little => self.le(header),
            ByteOrder::Big => self.be(header),
        }
    }
}

impl<const AT: usize> U32<AT> {
    /// The number, most significant byte first.
    #[inline]
    #[must_use]
    pub const fn be<const N: usize>(self, header: &[u8; N]) -> u32 {
        u32::from_be_bytes(take::<AT, 4, N>(header))
    }

    /// The number, least significant byte first.
    #[inline]
    #[must_use]
    pub const fn le<const N: usize>(self, header: &[u8; N]) -> u32 {
        u32::from_le_bytes(take::<AT, 4, N>(header))
    }

    /// The number in the order given.
    #[inline]
    #[must_use]
    pub const fn by<const N: usize>(self, order: ByteOrder, header: &[u8; N]) -> u32 {
        match order {
            ByteOrder::Little => self.le(header),
            ByteOrder::Big => self.be(header),
        }
    }
}

impl<const AT: usize, const LENGTH: usize> Octets<AT, LENGTH> {
    /// The bytes.
    #[inline]
    #[must_use]
    pub const fn of<const N: usize>(self, header: &[u8; N]) -> [u8; LENGTH] {
        take::<AT, LENGTH, N>(header)
    }
}

/// The `LENGTH` bytes at `AT`; a field that does not fit into the header is a compile-time error.
#[inline]
const fn take<const AT: usize, const LENGTH: usize, const N: usize>(header: &[u8; N]) -> [u8; LENGTH] {
    const { assert!(AT + LENGTH <= N, "the field lies outside the header") };
    let (_, from_field) = header.split_at(AT);
    match from_field.first_chunk::<LENGTH>() {
        Some(bytes) => *bytes,
        // The assertion above has ruled this out; the compiler removes the arm.
        None => [0; LENGTH],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &[u8; 8] = &[1, 2, 3, 4, 5, 6, 7, 8];

    #[test]
    fn a_field_is_read_at_its_place_in_the_order_asked_for() {
        const MIDDLE_BYTE: U8<3> = U8;
        const MIDDLE: U16<3> = U16;
        const LAST: U32<4> = U32;
        assert_eq!(MIDDLE_BYTE.of(HEADER), 4);
        assert_eq!((MIDDLE.be(HEADER), MIDDLE.le(HEADER)), (0x0405, 0x0504));
        assert_eq!((LAST.be(HEADER), LAST.le(HEADER)), (0x0506_0708, 0x0807_0605));
        assert_eq!(
            (LAST.by(ByteOrder::Big, HEADER), MIDDLE.by(ByteOrder::Little, HEADER)),
            (0x0506_0708, 0x0504)
        );
    }

    #[test]
    fn the_last_field_may_end_where_the_header_ends() {
        const TAIL: Octets<6, 2> = Octets;
        assert_eq!(TAIL.of(HEADER), [7, 8]);
    }
}
