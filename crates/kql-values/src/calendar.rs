//! The proleptic Gregorian calendar over ticks of 100 ns since 0001-01-01T00:00:00.
//!
//! Days are counted by the method of Howard Hinnant's "chrono-compatible low-level date algorithms".

use crate::{DateTime, TimeSpan};

/// Ticks in a microsecond.
pub const TICKS_PER_MICROSECOND: i64 = 10;
/// Ticks in a millisecond.
pub const TICKS_PER_MILLISECOND: i64 = 10_000;
/// Ticks in a second.
pub const TICKS_PER_SECOND: i64 = 10_000_000;
/// Ticks in a minute.
pub const TICKS_PER_MINUTE: i64 = 60 * TICKS_PER_SECOND;
/// Ticks in an hour.
pub const TICKS_PER_HOUR: i64 = 60 * TICKS_PER_MINUTE;
/// Ticks in a day.
pub const TICKS_PER_DAY: i64 = 24 * TICKS_PER_HOUR;

const DAYS_PER_ERA: i64 = 146_097; // 400 years
/// Days from 0000-03-01, where the eras begin, to 0001-01-01.
const DAYS_TO_FIRST: i64 = 306;
const FIRST_YEAR: i32 = 1;
const LAST_YEAR: i32 = 9999;

/// A day of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Date {
    /// 1 to 9999.
    pub year: i32,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
}

/// A time of day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Clock {
    /// 0 to 23.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
    /// 0 to 59.
    pub second: u8,
    /// Ticks of 100 ns within the second.
    pub tick: u32,
}

/// Whether February has 29 days.
#[must_use]
pub const fn is_leap_year(year: i32) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// The days of a month (1 to 12); 0 for a month that does not exist.
#[must_use]
pub const fn days_in_month(year: i32, month: u8) -> u8 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if is_leap_year(year) => 29,
        2 => 28,
        _ => 0,
    }
}

impl Date {
    /// The day, where it exists and lies in the years 1 to 9999.
    #[must_use]
    pub const fn new(year: i32, month: u8, day: u8) -> Option<Self> {
        let known = year >= FIRST_YEAR && year <= LAST_YEAR && day >= 1 && day <= days_in_month(year, month);
        if known { Some(Self { year, month, day }) } else { None }
    }

    /// Days since 0001-01-01.
    #[must_use]
    pub const fn days(self) -> i64 {
        let month = self.month as i64;
        let year = if month <= 2 {
            self.year as i64 - 1
        } else {
            self.year as i64
        };
        let era = year.div_euclid(400);
        let year_of_era = year.rem_euclid(400);
        let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + self.day as i64 - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        era * DAYS_PER_ERA + day_of_era - DAYS_TO_FIRST
    }

    /// The day that many days after 0001-01-01, where it lies in the years 1 to 9999.
    #[must_use]
    pub fn from_days(days: i64) -> Option<Self> {
        let days = days.checked_add(DAYS_TO_FIRST)?;
        let (era, of_era) = (days.div_euclid(DAYS_PER_ERA), days.rem_euclid(DAYS_PER_ERA));
        let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted = (5 * of_year + 2) / 153;
        let day = u8::try_from(of_year - (153 * shifted + 2) / 5 + 1).ok()?;
        let month = u8::try_from((shifted + 2) % 12 + 1).ok()?;
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        Self::new(i32::try_from(year).ok()?, month, day)
    }

    /// The same day that many months later; the last day of the month where the day does not exist.
    #[must_use]
    pub fn add_months(self, months: i64) -> Option<Self> {
        let count = (i64::from(self.year) * 12 + i64::from(self.month) - 1).checked_add(months)?;
        let year = i32::try_from(count.div_euclid(12)).ok()?;
        let month = u8::try_from(count.rem_euclid(12) + 1).ok()?;
        Self::new(year, month, self.day.min(days_in_month(year, month)))
    }

    /// 1 to 366.
    #[must_use]
    pub fn day_of_year(self) -> i32 {
        let first = Self {
            month: 1,
            day: 1,
            ..self
        };
        i32::try_from(self.days() - first.days() + 1).unwrap_or_default()
    }

    /// Days since Sunday: 0 to 6.
    #[must_use]
    pub const fn day_of_week(self) -> i64 {
        (self.days() + 1).rem_euclid(7)
    }

    /// The week as ISO 8601 counts: weeks begin on Monday, the first one has the year's first Thursday.
    #[must_use]
    pub fn iso_week(self) -> i32 {
        let monday_based = (self.day_of_week() + 6) % 7;
        let thursday = self.days() - monday_based + 3;
        // The Thursday after 9999-12-27 may lie outside the calendar: then it is counted within the same year.
        Self::from_days(thursday).map_or(53, |date| (date.day_of_year() - 1) / 7 + 1)
    }
}

impl Clock {
    /// The time, where it exists.
    #[must_use]
    pub fn new(hour: u8, minute: u8, second: u8, tick: u32) -> Option<Self> {
        let known = hour < 24 && minute < 60 && second < 60 && i64::from(tick) < TICKS_PER_SECOND;
        known.then_some(Self {
            hour,
            minute,
            second,
            tick,
        })
    }

    /// Ticks since midnight.
    #[must_use]
    pub fn ticks(self) -> i64 {
        i64::from(self.hour) * TICKS_PER_HOUR
            + i64::from(self.minute) * TICKS_PER_MINUTE
            + i64::from(self.second) * TICKS_PER_SECOND
            + i64::from(self.tick)
    }

    /// The time of day of that many ticks; whole days are left out.
    #[must_use]
    pub fn from_ticks(ticks: i64) -> Self {
        let ticks = ticks.rem_euclid(TICKS_PER_DAY);
        let part = |unit: i64, modulus: i64| u8::try_from(ticks / unit % modulus).unwrap_or_default();
        Self {
            hour: part(TICKS_PER_HOUR, 24),
            minute: part(TICKS_PER_MINUTE, 60),
            second: part(TICKS_PER_SECOND, 60),
            tick: u32::try_from(ticks % TICKS_PER_SECOND).unwrap_or_default(),
        }
    }
}

impl DateTime {
    /// The instant of a day and a time of day.
    #[must_use]
    pub fn new(date: Date, clock: Clock) -> Option<Self> {
        Self::from_ticks(date.days() * TICKS_PER_DAY + clock.ticks())
    }

    /// Its day.
    #[must_use]
    pub fn date(self) -> Date {
        let first = Date {
            year: 1,
            month: 1,
            day: 1,
        };
        Date::from_days(self.ticks() / TICKS_PER_DAY).unwrap_or(first)
    }

    /// Its time of day.
    #[must_use]
    pub fn clock(self) -> Clock {
        Clock::from_ticks(self.ticks())
    }

    /// Midnight at its beginning.
    #[must_use]
    pub fn start_of_day(self) -> Self {
        self.checked_add(TimeSpan::from_ticks(-(self.ticks() % TICKS_PER_DAY)))
            .unwrap_or(self)
    }

    /// The same time of day that many months later; none outside the years 1 to 9999.
    #[must_use]
    pub fn add_months(self, months: i64) -> Option<Self> {
        Self::new(self.date().add_months(months)?, self.clock())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_of_the_calendar_has_its_number() {
        let last = Date::new(9999, 12, 31).unwrap().days();
        let mut expected = Date::new(1, 1, 1).unwrap();
        for days in 0..=last {
            assert_eq!(Date::from_days(days), Some(expected));
            assert_eq!(expected.days(), days);
            expected = next(expected);
        }
        assert_eq!((Date::from_days(-1), Date::from_days(last + 1)), (None, None));
    }

    fn next(date: Date) -> Date {
        let Date { year, month, day } = date;
        Date::new(year, month, day + 1)
            .or_else(|| Date::new(year, month + 1, 1))
            .unwrap_or(Date {
                year: year + 1,
                month: 1,
                day: 1,
            })
    }

    #[test]
    fn weeks_are_those_of_iso_8601() {
        let week = |year, month, day| Date::new(year, month, day).unwrap().iso_week();
        assert_eq!(
            (week(2016, 1, 1), week(2017, 1, 1), week(2021, 1, 3), week(2021, 1, 4)),
            (53, 52, 53, 1)
        );
    }

    #[test]
    fn a_month_later_is_at_most_the_last_day() {
        let date = |year, month, day| Date::new(year, month, day).unwrap();
        assert_eq!(date(2020, 1, 31).add_months(1), Some(date(2020, 2, 29)));
        assert_eq!(date(2020, 11, 30).add_months(3), Some(date(2021, 2, 28)));
        assert_eq!(date(9999, 12, 1).add_months(1), None);
        assert_eq!(date(1, 1, 1).add_months(i64::MIN), None);
    }
}
