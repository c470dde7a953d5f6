//! Times as exporters write them.

use whotalks_record::Timestamp;

/// A time read from text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct StatedTime {
    /// The instant; where the text has no zone, as if it were UTC.
    pub(crate) time: Timestamp,
    /// Whether the text names its zone.
    pub(crate) has_zone: bool,
}

/// A calendar date.
struct Date {
    year: i64,
    month: i64,
    day: i64,
}

/// Reads `2019-02-13T18:01:47.5624124Z`, `2020-09-17 17:32:14`, `… +09:00`, `2020/09/17 17:32:14` and PowerShell's invariant
/// `02/13/2019 18:01:47`. A comma may stand before the fraction (ISO 8601 4.2.2.4).
pub(crate) fn parse_time(text: &str) -> Option<StatedTime> {
    let text = text.trim();
    let (date, rest) = text.split_at_checked(text.find(['T', ' '])?)?;
    let date = parse_date(date)?;
    let rest = rest.get(1..)?.trim_start();
    let clock_end = rest
        .find(|c: char| !(c.is_ascii_digit() || matches!(c, ':' | '.' | ',')))
        .unwrap_or(rest.len());
    let (clock, zone) = rest.split_at_checked(clock_end)?;
    let (seconds, nanoseconds) = parse_clock(clock)?;
    let offset = parse_zone(zone.trim())?;
    let seconds = days_since_epoch(&date) * 86_400 + seconds - offset.unwrap_or(0);
    Some(StatedTime {
        time: Timestamp::from_seconds(seconds, nanoseconds),
        has_zone: offset.is_some(),
    })
}

fn parse_date(text: &str) -> Option<Date> {
    let mut parts = text.split(['-', '/']);
    let (first, second, third) = (parts.next()?, parts.next()?, parts.next()?);
    let (year, month, day) = if first.len() == 4 {
        (first, second, third)
    } else {
        (third, first, second)
    };
    let date = Date {
        year: parse_digits(year)?,
        month: parse_digits(month)?,
        day: parse_digits(day)?,
    };
    let valid = parts.next().is_none()
        && (1601..=2262).contains(&date.year)
        && (1..=12).contains(&date.month)
        && (1..=31).contains(&date.day);
    valid.then_some(date)
}

/// Seconds and nanoseconds of the day.
fn parse_clock(text: &str) -> Option<(i64, u32)> {
    let (whole, fraction) = text.split_once(['.', ',']).unwrap_or((text, ""));
    let mut parts = whole.split(':');
    let hour = parse_digits(parts.next()?)?;
    let minute = parse_digits(parts.next()?)?;
    let second = parts.next().map_or(Some(0), parse_digits)?;
    let valid = parts.next().is_none() && hour < 24 && minute < 60 && second <= 60;
    valid.then_some((hour * 3_600 + minute * 60 + second, parse_fraction(fraction)?))
}

fn parse_fraction(digits: &str) -> Option<u32> {
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let padded = digits.bytes().chain(std::iter::repeat(b'0')).take(9);
    Some(padded.fold(0, |value, digit| value * 10 + u32::from(digit - b'0')))
}

/// The offset from UTC in seconds; `None` inside where there is no zone, `None` outside where it cannot be read.
fn parse_zone(text: &str) -> Option<Option<i64>> {
    let sign = match text.chars().next() {
        None => return Some(None),
        Some('Z' | 'z') if text.len() == 1 => return Some(Some(0)),
        Some('+') => 1,
        Some('-') => -1,
        Some(_) => return (text == "UTC").then_some(Some(0)),
    };
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let (hours, minutes) = digits.split_at_checked(2)?;
    let minutes = if minutes.is_empty() { 0 } else { parse_digits(minutes)? };
    Some(Some(sign * (parse_digits(hours)? * 3_600 + minutes * 60)))
}

/// Reads a short run of digits.
fn parse_digits(text: &str) -> Option<i64> {
    let plain = !text.is_empty() && text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    if plain { text.parse().ok() } else { None }
}

/// Days from 1970-01-01 in the proleptic Gregorian calendar. Source: H. Hinnant, "chrono-compatible low-level date algorithms",
/// `days_from_civil`.
fn days_since_epoch(date: &Date) -> i64 {
    let year = if date.month <= 2 { date.year - 1 } else { date.year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((date.month + 9) % 12) + 2) / 5 + date.day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stated(text: &str) -> (i64, bool) {
        let stated = parse_time(text).unwrap();
        (stated.time.nanoseconds(), stated.has_zone)
    }

    #[test]
    fn every_way_of_writing_one_instant_gives_the_same_time() {
        let expected = 1_550_080_907_562_412_400;
        assert_eq!(stated("2019-02-13T18:01:47.5624124Z"), (expected, true));
        assert_eq!(stated("2019-02-14T03:01:47.5624124+09:00"), (expected, true));
        assert_eq!(stated("2019-02-13 18:01:47.5624124"), (expected, false));
        assert_eq!(stated("2019/02/13 18:01:47,5624124"), (expected, false));
        assert_eq!(stated("02/13/2019 18:01:47"), (1_550_080_907_000_000_000, false));
    }

    #[test]
    fn texts_that_are_no_times_are_refused() {
        for text in [
            "",
            "2019-02-13",
            "2019-13-13 18:01:47",
            "yesterday at noon",
            "2019-02-13 18:01:47 X",
            "2019-02-13 25:00",
        ] {
            assert_eq!(parse_time(text), None, "{text}");
        }
    }
}
