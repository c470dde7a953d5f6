//! Time spans: `1d`, `2.5h`, `1.02:03:04.5`, `15 seconds`.
//!
//! Source: <https://learn.microsoft.com/kusto/query/scalar-data-types/timespan>.

use std::fmt;

use super::{TICKS_PER_DAY, TICKS_PER_SECOND, fraction_ticks};

/// The units of time spans, and how many nanoseconds each is.
pub const TIMESPAN_UNITS: [(&str, i64); 33] = [
    ("d", 86_400_000_000_000),
    ("day", 86_400_000_000_000),
    ("days", 86_400_000_000_000),
    ("h", 3_600_000_000_000),
    ("hr", 3_600_000_000_000),
    ("hrs", 3_600_000_000_000),
    ("hour", 3_600_000_000_000),
    ("hours", 3_600_000_000_000),
    ("m", 60_000_000_000),
    ("min", 60_000_000_000),
    ("minute", 60_000_000_000),
    ("minutes", 60_000_000_000),
    ("s", 1_000_000_000),
    ("sec", 1_000_000_000),
    ("second", 1_000_000_000),
    ("seconds", 1_000_000_000),
    ("ms", 1_000_000),
    ("milli", 1_000_000),
    ("millis", 1_000_000),
    ("millisec", 1_000_000),
    ("millisecond", 1_000_000),
    ("milliseconds", 1_000_000),
    ("micro", 1_000),
    ("micros", 1_000),
    ("microsec", 1_000),
    ("microsecond", 1_000),
    ("microseconds", 1_000),
    ("nano", 1),
    ("nanos", 1),
    ("nanosecond", 1),
    ("nanoseconds", 1),
    ("tick", 100),
    ("ticks", 100),
];

/// Nanoseconds in a tick.
const NANOSECONDS_PER_TICK: i128 = 100;
/// The most digits behind the point that count.
const MAX_FRACTION_DIGITS: usize = 18;

/// A time span in any of its notations, in ticks: a number with a unit, a number of days, or `[-][d.]hh:mm[:ss[.fffffff]]`.
pub fn timespan(text: &str) -> Option<i64> {
    let text = text.trim();
    let (text, sign) = match text.strip_prefix('-') {
        Some(positive) => (positive, -1),
        None => (text.strip_prefix('+').unwrap_or(text), 1),
    };
    if text.starts_with('-') || text.starts_with('+') {
        return None;
    }
    let ticks = if text.contains(':') {
        clock(text)?
    } else {
        digits_with_unit(text).or_else(|| scaled(text, 24 * 3_600_000_000_000))?
    };
    ticks.checked_mul(sign)
}

/// A number followed by a unit, in ticks.
pub(crate) fn digits_with_unit(text: &str) -> Option<i64> {
    let end = text.find(|sign: char| !(sign.is_ascii_digit() || sign == '.'))?;
    let (number, unit) = text.split_at_checked(end)?;
    let unit = unit.trim_start();
    let (_, nanoseconds) = TIMESPAN_UNITS.iter().find(|(name, _)| *name == unit)?;
    scaled(number, *nanoseconds)
}

/// A decimal number of something that many nanoseconds long, in whole ticks.
fn scaled(number: &str, nanoseconds: i64) -> Option<i64> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let fraction = fraction.get(..fraction.len().min(MAX_FRACTION_DIGITS))?;
    let digits = format!("{whole}{fraction}");
    if whole.is_empty() || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let scale = 10_i128.checked_pow(u32::try_from(fraction.len()).ok()?)?;
    let nanoseconds = digits.parse::<i128>().ok()?.checked_mul(i128::from(nanoseconds))?;
    i64::try_from(nanoseconds / scale / NANOSECONDS_PER_TICK).ok()
}

/// `[d.]hh:mm[:ss[.fffffff]]`.
fn clock(text: &str) -> Option<i64> {
    let mut parts = text.split(':');
    let (days, hours) = days_and_hours(parts.next()?)?;
    let minutes = bounded(parts.next()?, 60)?;
    let (seconds, fraction) = match parts.next() {
        None => (0, 0),
        Some(part) => {
            let (seconds, fraction) = part.split_once('.').unwrap_or((part, "0"));
            (bounded(seconds, 60)?, fraction_ticks(fraction)?)
        }
    };
    if parts.next().is_some() {
        return None;
    }
    let of_day = ((hours * 60 + minutes) * 60 + seconds) * TICKS_PER_SECOND + fraction;
    days.checked_mul(TICKS_PER_DAY)?.checked_add(of_day)
}

fn days_and_hours(text: &str) -> Option<(i64, i64)> {
    match text.split_once('.') {
        Some((days, hours)) => Some((bounded(days, i64::MAX)?, bounded(hours, 24)?)),
        None => Some((0, bounded(text, 24)?)),
    }
}

fn bounded(text: &str, limit: i64) -> Option<i64> {
    let digits = !text.is_empty() && text.bytes().all(|digit| digit.is_ascii_digit());
    text.parse().ok().filter(|value| digits && *value < limit)
}

/// `[-]d.hh:mm:ss.fffffff`.
pub fn write_timespan(f: &mut fmt::Formatter<'_>, ticks: i64) -> fmt::Result {
    let sign = if ticks < 0 { "-" } else { "" };
    let ticks = ticks.unsigned_abs();
    let (seconds, fraction) = (
        ticks / TICKS_PER_SECOND.unsigned_abs(),
        ticks % TICKS_PER_SECOND.unsigned_abs(),
    );
    let (minutes, hours) = (seconds / 60, seconds / 3_600);
    write!(
        f,
        "{sign}{}.{:02}:{:02}:{:02}.{fraction:07}",
        hours / 24,
        hours % 24,
        minutes % 60,
        seconds % 60
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_notation_gives_its_ticks() {
        let cases = [
            ("1d", Some(TICKS_PER_DAY)),
            ("2.5h", Some(5 * TICKS_PER_DAY / 48)),
            ("1tick", Some(1)),
            ("15 seconds", Some(15 * TICKS_PER_SECOND)),
            (
                "-1.02:03:04.5",
                Some(-(TICKS_PER_DAY + 7_384 * TICKS_PER_SECOND + 5_000_000)),
            ),
            ("0:0:1", Some(TICKS_PER_SECOND)),
            ("2", Some(2 * TICKS_PER_DAY)),
            ("1fortnight", None),
            ("25:00", None),
            ("", None),
        ];
        for (text, ticks) in cases {
            assert_eq!(timespan(text), ticks, "{text}");
        }
    }
}
