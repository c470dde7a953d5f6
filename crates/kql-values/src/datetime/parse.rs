//! What `todatetime()` reads.

use super::DateTime;
use crate::calendar::{Clock, Date, TICKS_PER_DAY, TICKS_PER_HOUR, TICKS_PER_MINUTE};

const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];
const LONG_MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
const DAYS: [&str; 7] = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
/// Two digits of a year up to this one mean this century, as in .NET.
const LAST_SHORT_YEAR: i32 = 49;

/// Reads a date with or without a time.
pub(super) fn datetime(text: &str) -> Option<DateTime> {
    let mut rest = Rest(text.trim());
    let date = rest.date()?;
    let clock = rest.time()?;
    let offset = rest.offset()?;
    if !rest.0.trim().is_empty() {
        return None;
    }
    let ticks = date.days().checked_mul(TICKS_PER_DAY)?.checked_add(clock)?;
    DateTime::from_ticks(ticks.checked_sub(offset)?)
}

/// What is left to read.
struct Rest<'a>(&'a str);

impl<'a> Rest<'a> {
    fn take_digits(&mut self, most: usize) -> Option<&'a str> {
        let length = self.0.bytes().take(most).take_while(u8::is_ascii_digit).count();
        let (digits, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        (length > 0).then_some(digits)
    }

    fn number<N: std::str::FromStr>(&mut self, most: usize) -> Option<N> {
        self.take_digits(most)?.parse().ok()
    }

    fn take_word(&mut self) -> String {
        let length = self.0.bytes().take_while(u8::is_ascii_alphabetic).count();
        let (word, rest) = self.0.split_at_checked(length).unwrap_or_default();
        self.0 = rest;
        word.to_ascii_lowercase()
    }

    fn skip(&mut self, character: char) -> bool {
        let rest = self.0.strip_prefix(character);
        self.0 = rest.unwrap_or(self.0);
        rest.is_some()
    }

    fn skip_blanks(&mut self) -> bool {
        let rest = self.0.trim_start();
        let skipped = rest.len() < self.0.len();
        self.0 = rest;
        skipped
    }

    fn date(&mut self) -> Option<Date> {
        if self.0.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return self.date_of_words();
        }
        let digits = self.take_digits(8)?;
        match digits.len() {
            4 => self.after_year(digits.parse().ok()?),
            8 => packed(digits),
            1 | 2 if self.skip('/') => self.american(digits.parse().ok()?),
            1 | 2 if self.0.strip_prefix('-').is_some_and(starts_with_digit) => {
                self.skip('-');
                self.american(digits.parse().ok()?)
            }
            1 | 2 => self.day_month_year(digits.parse().ok()?),
            _ => None,
        }
    }

    /// `2020`, `2020-06` or `2020-06-15`, also with slashes.
    fn after_year(&mut self, year: i32) -> Option<Date> {
        let separator = if self.0.starts_with('/') { '/' } else { '-' };
        if !self.skip(separator) {
            return Date::new(year, 1, 1);
        }
        let month = self.number(2)?;
        let day = if self.skip(separator) { self.number(2)? } else { 1 };
        Date::new(year, month, day)
    }

    /// `6/15/2020` or `6-15-2020`, after the month.
    fn american(&mut self, month: u8) -> Option<Date> {
        let day = self.number(2)?;
        (self.skip('/') || self.skip('-')).then_some(())?;
        let year = self.year()?;
        Date::new(year, month, day)
    }

    /// `15 Jun 2020`, `15-Jun-20`, after the day.
    fn day_month_year(&mut self, day: u8) -> Option<Date> {
        self.separator();
        let month = month(&self.take_word())?;
        self.separator();
        let year = self.year()?;
        Date::new(year, month, day)
    }

    /// `Mon, 15 Jun 2020`, `Monday, 15-Jun-20`, `June 15, 2020`, `Jun 15 2020`, `Mon Jun 15 2020`.
    fn date_of_words(&mut self) -> Option<Date> {
        let word = self.take_word();
        if let Some(month) = month(&word) {
            self.separator();
            let day = self.number(2)?;
            self.separator();
            let year = self.year()?;
            return Date::new(year, month, day);
        }
        DAYS.contains(&word.get(..3)?).then_some(())?;
        self.separator();
        self.date()
    }

    fn year(&mut self) -> Option<i32> {
        let digits = self.take_digits(4)?;
        let year: i32 = digits.parse().ok()?;
        Some(match digits.len() {
            4 => year,
            2 if year <= LAST_SHORT_YEAR => year + 2000,
            2 => year + 1900,
            _ => return None,
        })
    }

    fn separator(&mut self) {
        while self.skip(',') || self.skip('-') || self.skip_blanks() {}
    }

    /// Ticks since midnight; none where no time stands there.
    fn time(&mut self) -> Option<i64> {
        let marked = self.skip('T') || self.skip('t') || self.skip_blanks();
        if !marked || !self.0.starts_with(|c: char| c.is_ascii_digit()) {
            return Some(0);
        }
        let hour: u8 = self.number(2)?;
        let minute = if self.skip(':') { self.number(2)? } else { 0 };
        let second = if self.skip(':') { self.number(2)? } else { 0 };
        let tick = if self.skip('.') || self.skip(',') {
            self.fraction()?
        } else {
            0
        };
        let hour = self.half_of_day(hour)?;
        if (hour, minute, second, tick) == (24, 0, 0, 0) {
            return Some(TICKS_PER_DAY);
        }
        Some(Clock::new(hour, minute, second, tick)?.ticks())
    }

    /// `AM` and `PM`, with or without a blank before.
    fn half_of_day(&mut self, hour: u8) -> Option<u8> {
        let rest = self.0.trim_start();
        let half = rest.get(..2).map(str::to_ascii_lowercase);
        let afternoon = match half.as_deref() {
            Some("am") => false,
            Some("pm") => true,
            _ => return Some(hour),
        };
        self.0 = rest.get(2..)?;
        (1..=12)
            .contains(&hour)
            .then_some(hour % 12 + if afternoon { 12 } else { 0 })
    }

    /// Digits after the point as ticks; those finer than a tick are cut off.
    fn fraction(&mut self) -> Option<u32> {
        let digits = self.take_digits(usize::MAX)?;
        let kept = digits.get(..7).unwrap_or(digits);
        Some(kept.parse::<u32>().ok()? * 10_u32.pow(7 - u32::try_from(kept.len()).ok()?))
    }

    /// `Z`, `GMT`, `UTC` or `+02:00`, in ticks.
    fn offset(&mut self) -> Option<i64> {
        self.skip_blanks();
        let sign = match self.0.chars().next() {
            Some('+') => 1,
            Some('-') => -1,
            _ => return matches!(self.take_word().as_str(), "" | "z" | "gmt" | "utc").then_some(0),
        };
        self.0 = self.0.get(1..)?;
        let hours: i64 = self.number(2)?;
        self.skip(':');
        let minutes: i64 = self.number(2).unwrap_or(0);
        let known = hours <= 14 && minutes < 60;
        known.then_some(sign * (hours * TICKS_PER_HOUR + minutes * TICKS_PER_MINUTE))
    }
}

fn starts_with_digit(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
}

fn packed(digits: &str) -> Option<Date> {
    let part = |range| digits.get(range).and_then(|text: &str| text.parse().ok());
    let year = digits.get(..4)?.parse().ok()?;
    Date::new(year, part(4..6)?, part(6..8)?)
}

fn month(word: &str) -> Option<u8> {
    let short = MONTHS.iter().position(|name| *name == word);
    let index = short.or_else(|| LONG_MONTHS.iter().position(|name| *name == word))?;
    u8::try_from(index + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::TimeSpan;

    fn read(text: &str) -> String {
        datetime(text).map_or_else(|| "null".to_owned(), |datetime| datetime.to_string())
    }

    #[test]
    fn dates_are_read_in_all_their_forms() {
        for text in [
            "2014-05-25 08:20:03.123456",
            "2014-05-25T08:20:03.123456Z",
            "2014-05-25T10:20:03.1234560+02:00",
            "25 May 2014 08:20:03.123456",
            "Sun, 25 May 2014 08:20:03.123456 GMT",
            "Sunday, 25-May-14 08:20:03.123456 GMT",
            "5/25/2014 8:20:03.123456 AM",
            "May 25, 2014 08:20:03.123456",
        ] {
            assert_eq!(read(text), "2014-05-25T08:20:03.1234560Z", "{text}");
        }
        assert_eq!(read("2014-05-25 08:20"), "2014-05-25T08:20:00.0000000Z");
        assert_eq!(read("2014-05"), "2014-05-01T00:00:00.0000000Z");
        assert_eq!(read("0001-01-01"), "0001-01-01T00:00:00.0000000Z");
    }

    #[test]
    fn what_is_no_date_is_null() {
        for text in [
            "",
            "not a date",
            "2020-13-45",
            "2020-02-30",
            "2020-01-01 25:00",
            "2020-01-01x",
            "10000-01-01",
        ] {
            assert_eq!(read(text), "null", "{text}");
        }
        assert_eq!(datetime("0001-01-01T00:00:00+01:00"), None);
    }

    #[test]
    fn offsets_are_taken_off() {
        let expected = DateTime::new(Date::new(2020, 1, 1).unwrap(), Clock::default()).unwrap();
        let earlier = expected.checked_sub(TimeSpan::from_ticks(TICKS_PER_HOUR)).unwrap();
        assert_eq!(datetime("2020-01-01T00:00:00+01:00"), Some(earlier));
    }
}
