//! Points in time: ISO 8601, and the notations of RFC 822 and RFC 850.
//!
//! Source: <https://learn.microsoft.com/kusto/query/scalar-data-types/datetime>.

use std::fmt;

use super::{TICKS_PER_DAY, TICKS_PER_SECOND, fraction_ticks};

/// The ticks of the last moment that a datetime can hold: the end of the year 9999.
const MAX_TICKS: i64 = 3_155_378_975_999_999_999;
/// Days from the first of January of the year 1 to the beginning of 1970.
const DAYS_TO_1970: i64 = 719_162;

const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];
const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// A point in time in any of its notations, in ticks of 100 ns since the beginning of the year 1, in UTC.
pub fn datetime(text: &str) -> Option<i64> {
    let text = text.trim();
    let (day, clock) = iso_day(text).or_else(|| named_day(text))?;
    let ticks = day
        .checked_mul(TICKS_PER_DAY)?
        .checked_add(clock_ticks(clock.trim())?)?;
    (0..=MAX_TICKS).contains(&ticks).then_some(ticks)
}

/// `2014-05-25`, `2014-5`, `2014`, `5/25/2014` or `5-25-2014`, as days since the year 1, and what follows.
fn iso_day(text: &str) -> Option<(i64, &str)> {
    let end = text.find(['T', 't', ' ']).unwrap_or(text.len());
    let (date, rest) = text.split_at_checked(end)?;
    let clock = rest.strip_prefix(['T', 't', ' ']).unwrap_or(rest);
    if let [month, day, year] = date.split('/').collect::<Vec<_>>().as_slice() {
        return Some((days(number(year, 4)?, number(month, 2)?, number(day, 2)?)?, clock));
    }
    if let [month, day, year] = date.split('-').collect::<Vec<_>>().as_slice()
        && month.len() <= 2
        && year.len() == 4
    {
        return Some((days(number(year, 4)?, number(month, 2)?, number(day, 2)?)?, clock));
    }
    let mut parts = date.split('-');
    let year = parts.next().filter(|year| year.len() == 4)?;
    let month = parts.next().map_or(Some(1), |month| number(month, 2))?;
    let day = parts.next().map_or(Some(1), |day| number(day, 2))?;
    let whole = parts.next().is_none();
    whole.then_some((days(number(year, 4)?, month, day)?, clock))
}

/// `Sat, 8 Nov 14 …`, `Saturday, 08-Nov-14 …`, `8 Nov 2014 …`, as days since the year 1, and what follows.
fn named_day(text: &str) -> Option<(i64, &str)> {
    let text = after_weekday(text);
    let mut rest = text;
    let mut part = || {
        let end = rest.find([' ', '-']).unwrap_or(rest.len());
        let (word, after) = rest.split_at_checked(end)?;
        rest = after.get(1..).unwrap_or_default();
        Some(word)
    };
    let (day, month, year) = (part()?, part()?, part()?);
    let month = MONTHS.iter().position(|name| is_named(month, name))?;
    let year = match number(year, 4)? {
        short @ 0..50 if year.len() == 2 => 2000 + short,
        short @ 50..100 if year.len() == 2 => 1900 + short,
        long => long,
    };
    Some((days(year, i64::try_from(month).ok()? + 1, number(day, 2)?)?, rest))
}

fn after_weekday(text: &str) -> &str {
    match text.split_once(',') {
        Some((weekday, rest)) if WEEKDAYS.iter().any(|name| is_named(weekday, name)) => rest.trim_start(),
        _ => text,
    }
}

/// Whether a word begins with a name's three letters, whatever their case.
fn is_named(word: &str, name: &str) -> bool {
    word.get(..3).is_some_and(|short| short.eq_ignore_ascii_case(name))
        && word.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// Up to `most` digits.
fn number(text: &str, most: usize) -> Option<i64> {
    let digits = !text.is_empty() && text.len() <= most && text.bytes().all(|digit| digit.is_ascii_digit());
    digits.then(|| text.parse().ok())?
}

/// Days since the first of January of the year 1 in the Gregorian calendar.
fn days(year: i64, month: i64, day: i64) -> Option<i64> {
    let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    let lengths = [31, if leap { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let length = *lengths.get(usize::try_from(month - 1).ok()?)?;
    if !(1..=9999).contains(&year) || !(1..=length).contains(&day) {
        return None;
    }
    let before: i64 = lengths.iter().take(usize::try_from(month - 1).ok()?).sum();
    let years = year - 1;
    Some(years * 365 + years / 4 - years / 100 + years / 400 + before + day - 1)
}

/// `hh:mm[:ss[.fffffff]]` with or without a zone, in ticks of UTC; nothing is midnight.
fn clock_ticks(text: &str) -> Option<i64> {
    if text.is_empty() {
        return Some(0);
    }
    let (text, offset_minutes) = zone(text)?;
    let mut parts = text.trim_end().split(':');
    let hours = number(parts.next()?, 2).filter(|hours| *hours < 24)?;
    let minutes = parts
        .next()
        .map_or(Some(0), |part| number(part, 2))
        .filter(|part| *part < 60)?;
    let last = parts.next().unwrap_or("0");
    let (seconds, fraction) = last.split_once('.').unwrap_or((last, "0"));
    let seconds = number(seconds, 2).filter(|part| *part < 60)?;
    let whole = parts.next().is_none();
    let seconds = (hours * 60 + minutes - offset_minutes) * 60 + seconds;
    whole.then_some(seconds * TICKS_PER_SECOND + fraction_ticks(fraction)?)
}

/// A time without its zone, and the minutes that the zone is ahead of UTC.
fn zone(text: &str) -> Option<(&str, i64)> {
    for suffix in ["Z", "z", "UTC", "GMT"] {
        if let Some(time) = text.strip_suffix(suffix) {
            return Some((time, 0));
        }
    }
    let Some(at) = text.rfind(['+', '-']) else {
        return Some((text, 0));
    };
    let (time, offset) = text.split_at_checked(at)?;
    let (sign, written) = offset.split_at_checked(1)?;
    let digits: String = written.chars().filter(|digit| *digit != ':').collect();
    let (hours, minutes) = digits.split_at_checked(digits.len().min(2))?;
    let minutes = if minutes.is_empty() { 0 } else { number(minutes, 2)? };
    let ahead = number(hours, 2)? * 60 + minutes;
    Some((time, if sign == "-" { -ahead } else { ahead }))
}

/// `yyyy-mm-ddThh:mm:ss.fffffffZ`.
pub fn write_datetime(f: &mut fmt::Formatter<'_>, ticks: i64) -> fmt::Result {
    let (year, month, day) = civil(ticks.div_euclid(TICKS_PER_DAY) - DAYS_TO_1970);
    let of_day = ticks.rem_euclid(TICKS_PER_DAY);
    let (seconds, fraction) = (of_day / TICKS_PER_SECOND, of_day % TICKS_PER_SECOND);
    write!(
        f,
        "{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}.{fraction:07}Z",
        seconds / 3_600,
        seconds / 60 % 60,
        seconds % 60
    )
}

/// Year, month and day of a number of days since 1970, counted in years that begin with March so that the leap day comes last.
fn civil(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * of_year + 2) / 153;
    let month = if from_march < 10 {
        from_march + 3
    } else {
        from_march - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, of_year - (153 * from_march + 2) / 5 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Written(i64);

    impl fmt::Display for Written {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write_datetime(f, self.0)
        }
    }

    #[test]
    fn every_notation_gives_the_same_moment() {
        let expected = "2014-11-08T15:05:02.0000000Z";
        for text in [
            "2014-11-08T15:05:02Z",
            "2014-11-08 15:05:02",
            "2014-11-08T17:05:02+02:00",
            "11/08/2014 15:05:02",
            "Sat, 8 Nov 14 15:05:02 UTC",
            "Saturday, 08-Nov-14 15:05:02 UTC",
            "8 Nov 2014 15:05:02",
        ] {
            let ticks = datetime(text).map(|ticks| Written(ticks).to_string());
            assert_eq!(ticks.as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn parts_can_be_left_out_and_borders_hold() {
        let written = |text| datetime(text).map(|ticks| Written(ticks).to_string());
        assert_eq!(written("2015").as_deref(), Some("2015-01-01T00:00:00.0000000Z"));
        assert_eq!(
            written("2016-02-29 10:20").as_deref(),
            Some("2016-02-29T10:20:00.0000000Z")
        );
        assert_eq!(datetime("0001-01-01"), Some(0));
        assert_eq!(datetime("9999-12-31 23:59:59.9999999"), Some(MAX_TICKS));
        for wrong in ["2015-02-29", "2015-13-01", "foo", "24:00", "2015-01-01 25:00"] {
            assert_eq!(datetime(wrong), None, "{wrong}");
        }
    }
}
