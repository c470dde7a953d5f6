//! Reading bytes that may end too early: what is not there is `None`, and its field is left out.

/// A stretch of a frame or message.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Bytes<'a>(pub(crate) &'a [u8]);

impl<'a> Bytes<'a> {
    /// `length` bytes from `at`.
    #[inline]
    pub(crate) fn slice(self, at: usize, length: usize) -> Option<&'a [u8]> {
        self.0.get(at..)?.get(..length)
    }

    /// Everything from `at`; nothing where that is beyond the end.
    #[inline]
    pub(crate) fn from(self, at: usize) -> Self {
        Self(self.0.get(at..).unwrap_or_default())
    }

    /// At most `length` bytes from `at`.
    #[inline]
    pub(crate) fn part(self, at: usize, length: usize) -> Self {
        let rest = self.from(at).0;
        Self(rest.get(..length).unwrap_or(rest))
    }

    /// A number of up to eight bytes, most significant first.
    #[inline]
    pub(crate) fn be(self, at: usize, length: usize) -> Option<u64> {
        let bytes = self.slice(at, length)?;
        Some(bytes.iter().fold(0, |number, byte| number << 8 | u64::from(*byte)))
    }

    /// A number of up to eight bytes, least significant first.
    #[inline]
    pub(crate) fn le(self, at: usize, length: usize) -> Option<u64> {
        let bytes = self.slice(at, length)?;
        Some(
            bytes
                .iter()
                .rev()
                .fold(0, |number, byte| number << 8 | u64::from(*byte)),
        )
    }

    /// One byte.
    #[inline]
    pub(crate) fn u8(self, at: usize) -> Option<u8> {
        self.0.get(at).copied()
    }

    /// Two bytes, most significant first.
    #[inline]
    pub(crate) fn u16(self, at: usize) -> Option<u16> {
        self.be(at, 2).and_then(|number| number.try_into().ok())
    }

    /// Four bytes, most significant first.
    #[inline]
    pub(crate) fn u32(self, at: usize) -> Option<u32> {
        self.be(at, 4).and_then(|number| number.try_into().ok())
    }

    /// A length or count of up to four bytes, most significant first.
    #[inline]
    pub(crate) fn length(self, at: usize, length: usize) -> Option<usize> {
        self.be(at, length).and_then(|number| number.try_into().ok())
    }

    /// The same, least significant first.
    #[inline]
    pub(crate) fn length_le(self, at: usize, length: usize) -> Option<usize> {
        self.le(at, length).and_then(|number| number.try_into().ok())
    }

    /// How many bytes there are.
    #[inline]
    pub(crate) const fn len(self) -> usize {
        self.0.len()
    }
}
