use std::fmt;

use crate::TimeSpan;
use crate::calendar::TICKS_PER_SECOND;

mod parse;

/// An instant: ticks of 100 ns since 0001-01-01T00:00:00 UTC, up to the end of the year 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DateTime(i64);

impl DateTime {
    /// 0001-01-01T00:00:00.0000000Z.
    pub const MIN: Self = Self(0);
    /// 9999-12-31T23:59:59.9999999Z.
    pub const MAX: Self = Self(3_155_378_975_999_999_999);
    /// 1970-01-01T00:00:00Z, where Unix times begin.
    pub const UNIX_EPOCH: Self = Self(621_355_968_000_000_000);

    /// The instant that many ticks after 0001-01-01, where it lies in the years 1 to 9999.
    #[must_use]
    pub const fn from_ticks(ticks: i64) -> Option<Self> {
        if ticks >= Self::MIN.0 && ticks <= Self::MAX.0 {
            Some(Self(ticks))
        } else {
            None
        }
    }

    /// Ticks of 100 ns since 0001-01-01T00:00:00.
    #[must_use]
    pub const fn ticks(self) -> i64 {
        self.0
    }

    /// The instant that many nanoseconds after 1970-01-01; what is finer than a tick is cut off.
    #[must_use]
    pub fn from_unix_nanoseconds(nanoseconds: i64) -> Option<Self> {
        Self::from_ticks(nanoseconds.div_euclid(100).checked_add(Self::UNIX_EPOCH.0)?)
    }

    /// Later by a length of time; none outside the years 1 to 9999.
    #[must_use]
    pub fn checked_add(self, span: TimeSpan) -> Option<Self> {
        Self::from_ticks(self.0.checked_add(span.ticks())?)
    }

    /// Earlier by a length of time; none outside the years 1 to 9999.
    #[must_use]
    pub fn checked_sub(self, span: TimeSpan) -> Option<Self> {
        Self::from_ticks(self.0.checked_sub(span.ticks())?)
    }

    /// The time from another instant to this one.
    #[must_use]
    pub const fn since(self, earlier: Self) -> TimeSpan {
        TimeSpan::from_ticks(self.0 - earlier.0)
    }

    /// Reads what `todatetime()` reads: ISO 8601 and its relaxed forms, RFC 822 and RFC 850 dates.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        parse::datetime(text)
    }
}

impl fmt::Display for DateTime {
    /// As Kusto prints it: `2020-01-01T12:30:00.0000000Z`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (date, clock) = (self.date(), self.clock());
        write!(
            f,
            "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:07}Z",
            date.year,
            date.month,
            date.day,
            clock.hour,
            clock.minute,
            clock.second,
            self.0 % TICKS_PER_SECOND
        )
    }
}
