//! Instants and spans of time.

use std::ops::{Add, Sub};

/// 100 ns intervals between 1601-01-01 (the FILETIME epoch) and 1970-01-01, UTC.
const FILETIME_UNIX_OFFSET: i64 = 116_444_736_000_000_000;

/// An instant: nanoseconds since 1970-01-01T00:00:00Z. Covers the years 1677 to 2262.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

/// A signed span of time in nanoseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Nanoseconds(pub i64);

impl Timestamp {
    /// The earliest instant that can be written.
    pub const MIN: Self = Self(i64::MIN);
    /// The latest instant that can be written.
    pub const MAX: Self = Self(i64::MAX);

    /// An instant from nanoseconds since the Unix epoch.
    pub const fn from_nanoseconds(nanoseconds: i64) -> Self {
        Self(nanoseconds)
    }

    /// An instant from whole seconds and a fraction; saturates at the bounds.
    pub const fn from_seconds(seconds: i64, nanoseconds: u32) -> Self {
        Self(seconds.saturating_mul(1_000_000_000).saturating_add(nanoseconds as i64))
    }

    /// An instant from a Windows FILETIME (100 ns since 1601-01-01 UTC); saturates at the bounds.
    /// Source: MS-DTYP 2.3.3.
    pub const fn from_filetime(intervals: u64) -> Self {
        let intervals = if intervals > i64::MAX as u64 {
            i64::MAX
        } else {
            intervals as i64
        };
        Self((intervals.saturating_sub(FILETIME_UNIX_OFFSET)).saturating_mul(100))
    }

    /// Nanoseconds since the Unix epoch.
    pub const fn nanoseconds(self) -> i64 {
        self.0
    }

    /// Whole seconds since the Unix epoch, rounded down.
    pub const fn seconds(self) -> i64 {
        self.0.div_euclid(1_000_000_000)
    }

    /// The distance to `other`, never negative.
    pub const fn distance(self, other: Self) -> Nanoseconds {
        Nanoseconds(self.0.saturating_sub(other.0).saturating_abs())
    }
}

impl Nanoseconds {
    /// No time at all.
    pub const ZERO: Self = Self(0);
    /// The longest span.
    pub const MAX: Self = Self(i64::MAX);

    /// A span of whole seconds; saturates.
    pub const fn from_seconds(seconds: i64) -> Self {
        Self(seconds.saturating_mul(1_000_000_000))
    }

    /// A span of whole milliseconds; saturates.
    pub const fn from_milliseconds(milliseconds: i64) -> Self {
        Self(milliseconds.saturating_mul(1_000_000))
    }

    /// The span in seconds, for statistics only.
    pub fn as_seconds_f64(self) -> f64 {
        self.0 as f64 / 1e9
    }

    /// This span `factor` times; saturates.
    #[must_use]
    pub const fn times(self, factor: i64) -> Self {
        Self(self.0.saturating_mul(factor))
    }

    /// The span without its sign.
    #[must_use]
    pub const fn magnitude(self) -> Self {
        Self(self.0.saturating_abs())
    }
}

impl Add<Nanoseconds> for Timestamp {
    type Output = Self;
    fn add(self, span: Nanoseconds) -> Self {
        Self(self.0.saturating_add(span.0))
    }
}

impl Sub<Nanoseconds> for Timestamp {
    type Output = Self;
    fn sub(self, span: Nanoseconds) -> Self {
        Self(self.0.saturating_sub(span.0))
    }
}

impl Sub for Timestamp {
    type Output = Nanoseconds;
    fn sub(self, other: Self) -> Nanoseconds {
        Nanoseconds(self.0.saturating_sub(other.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filetime_of_the_unix_epoch_is_zero() {
        assert_eq!(
            Timestamp::from_filetime(116_444_736_000_000_000),
            Timestamp::from_nanoseconds(0)
        );
        assert_eq!(Timestamp::from_filetime(116_444_736_000_000_001).nanoseconds(), 100);
    }

    #[test]
    fn extreme_filetimes_saturate_and_do_not_overflow() {
        assert_eq!(Timestamp::from_filetime(u64::MAX), Timestamp::MAX);
        assert!(Timestamp::from_filetime(0) < Timestamp::from_nanoseconds(0));
    }

    #[test]
    fn seconds_round_down_before_the_epoch() {
        assert_eq!(Timestamp::from_nanoseconds(-1).seconds(), -1);
    }
}
