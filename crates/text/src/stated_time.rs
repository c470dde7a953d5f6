//! Times that a text states beside its listings.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use whotalks_record::{Nanoseconds, Timestamp};

/// How long after a stated time a listing may have been taken: `netstat -b` resolves owners and takes up to a minute.
const LISTING_DURATION: Nanoseconds = Nanoseconds::from_seconds(60);

/// Without a zone the time is local somewhere between UTC-12 and UTC+14.
const ZONE_UNCERTAINTY: Nanoseconds = Nanoseconds::from_seconds(14 * 3600);

/// A line that states a time says little else; a longer one is prose that may speak of any day.
const MOST_WORDS_BESIDE: usize = 6;

/// A time as a text states it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct StatedTime {
    /// The instant; a time without a zone is read as UTC.
    pub(crate) time: Timestamp,
    /// How far off it may be.
    pub(crate) uncertainty: Nanoseconds,
    /// Whether the zone was stated.
    pub(crate) zoned: bool,
}

/// The time of a line that is about nothing else: `[2026-11-21 10:00:00]`, `257 processes at: 2026-11-21T10:00:00Z`,
/// `2026/11/21 10:00:00.12`. Orders of day and month that differ by country are not guessed.
pub(crate) fn of_line(text: &str) -> Option<StatedTime> {
    if text.split_whitespace().count() > MOST_WORDS_BESIDE {
        return None;
    }
    within(text)
}

/// The first full date and time anywhere in `text`.
pub(crate) fn within(text: &str) -> Option<StatedTime> {
    let bytes = text.as_bytes();
    let starts = bytes.iter().enumerate().filter(|(index, byte)| {
        let before = index.checked_sub(1).and_then(|before| bytes.get(before));
        byte.is_ascii_digit() && !before.is_some_and(u8::is_ascii_digit)
    });
    starts
        .map(|(index, _)| index)
        .find_map(|index| parse(bytes.get(index..)?))
}

fn parse(bytes: &[u8]) -> Option<StatedTime> {
    let mut input = Scanner(bytes);
    let year = input.digits(4)?;
    let separator = input.one_of(b"-/")?;
    let month = input.digits(2)?;
    input.one_of(&[separator])?;
    let day = input.digits(2)?;
    input.one_of(b"T t_")?;
    let hour = input.digits(2)?;
    input.one_of(b":")?;
    let minute = input.digits(2)?;
    let second = if input.one_of(b":").is_some() {
        input.digits(2)?
    } else {
        0
    };
    let nanosecond = input.fraction();
    let offset = input.zone_seconds();
    let date = Date::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?).ok()?;
    let clock = Time::new(
        hour.try_into().ok()?,
        minute.try_into().ok()?,
        second.try_into().ok()?,
        nanosecond,
    )
    .ok()?;
    let instant = DateTime::from_parts(date, clock)
        .to_zoned(TimeZone::UTC)
        .ok()?
        .timestamp();
    let utc = Timestamp::from_nanoseconds(i64::try_from(instant.as_nanosecond()).ok()?);
    Some(StatedTime {
        time: utc - Nanoseconds::from_seconds(offset.unwrap_or(0)),
        uncertainty: if offset.is_some() {
            LISTING_DURATION
        } else {
            ZONE_UNCERTAINTY
        },
        zoned: offset.is_some(),
    })
}

/// Reads fixed shapes off the front of a text.
struct Scanner<'a>(&'a [u8]);

impl Scanner<'_> {
    fn one_of(&mut self, wanted: &[u8]) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        if !wanted.contains(first) {
            return None;
        }
        self.0 = rest;
        Some(*first)
    }

    fn digits(&mut self, count: usize) -> Option<u32> {
        let (digits, rest) = self.0.split_at_checked(count)?;
        let text = std::str::from_utf8(digits).ok()?;
        if !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        self.0 = rest;
        text.parse().ok()
    }

    /// The fraction of a second in nanoseconds; digits past the ninth are dropped.
    fn fraction(&mut self) -> i32 {
        if !matches!(self.0, [b'.' | b',', digit, ..] if digit.is_ascii_digit()) {
            return 0;
        }
        self.one_of(b".,");
        let (mut value, mut scale) = (0_i32, 100_000_000_i32);
        while let Some(digit) = self.digits(1) {
            value = value.saturating_add(i32::try_from(digit).unwrap_or(0).saturating_mul(scale));
            scale /= 10;
        }
        value
    }

    /// Seconds east of UTC: `Z`, ` UTC`, `+09:00`, `+0900`. None where no zone stands there.
    fn zone_seconds(&mut self) -> Option<i64> {
        while self.one_of(b" ").is_some() {}
        if self.0.starts_with(b"UTC") || self.0.starts_with(b"GMT") || self.is_zulu() {
            return Some(0);
        }
        let sign = if self.one_of(b"+-")? == b'-' { -1 } else { 1 };
        let hours = self.digits(2)?;
        self.one_of(b":");
        let minutes = self.digits(2)?;
        (hours <= 14 && minutes < 60).then(|| sign * i64::from(hours * 3600 + minutes * 60))
    }

    fn is_zulu(&self) -> bool {
        matches!(self.0, [b'Z' | b'z'] | [b'Z' | b'z', 0..=b'/' | b':'..=b'@' | b'['..=b'`', ..])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEN: i64 = 1_795_255_200;

    #[test]
    fn a_zone_makes_the_time_exact_to_a_minute() {
        for text in [
            "[2026-11-21T10:00:00Z]",
            "2026-11-21 19:00:00 +09:00",
            "time: 2026/11/21 19:00+0900",
            "2026-11-21 10:00:00 UTC",
        ] {
            let stated = of_line(text).unwrap();
            assert_eq!(
                (stated.time.seconds(), stated.uncertainty),
                (TEN, LISTING_DURATION),
                "{text}"
            );
        }
    }

    #[test]
    fn without_a_zone_the_time_may_be_off_by_any_zone() {
        let stated = of_line("257 processes at: 2026-11-21T10:00:00.141").unwrap();
        assert_eq!((stated.time.seconds(), stated.uncertainty), (TEN, ZONE_UNCERTAINTY));
        assert_eq!(stated.time.nanoseconds() % 1_000_000_000, 141_000_000);
    }

    #[test]
    fn prose_and_dates_that_do_not_exist_state_no_time() {
        for text in [
            "on 2026-11-21 10:00:00 the user called and said that it was slow",
            "2026-13-21 10:00:00",
            "2026-11-21 25:00",
            "11/21/2026 10:00:00",
            "2026-11/21 10:00:00",
            "192.168.1.1:2026",
        ] {
            assert_eq!(of_line(text), None, "{text}");
        }
    }
}
