//! Sequence numbers, which wrap around (RFC 9293 3.4).

/// How far `number` is behind (negative) or past `reference`. The signed difference tells which of two is the later one, as
/// long as less than half of all numbers lie between them.
#[inline]
#[must_use]
pub const fn distance(number: u32, reference: u32) -> i32 {
    number.wrapping_sub(reference).cast_signed()
}

/// The number after so many bytes from `sequence`.
#[inline]
#[must_use]
pub const fn after(sequence: u32, bytes: usize) -> u32 {
    // No segment has as many bytes as there are numbers; more would wrap around as the numbers do.
    sequence.wrapping_add(bytes as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_compare_across_their_end() {
        assert_eq!(distance(1, u32::MAX), 2);
        assert_eq!(distance(u32::MAX, 1), -2);
        assert_eq!(distance(7, 7), 0);
        assert_eq!(after(u32::MAX, 3), 2);
    }
}
