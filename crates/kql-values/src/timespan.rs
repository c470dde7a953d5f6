use std::fmt;

use crate::calendar::{
    TICKS_PER_DAY, TICKS_PER_HOUR, TICKS_PER_MICROSECOND, TICKS_PER_MILLISECOND, TICKS_PER_MINUTE, TICKS_PER_SECOND,
};

/// A length of time, also a negative one, in ticks of 100 ns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TimeSpan(i64);

impl TimeSpan {
    /// A day.
    pub const DAY: Self = Self(TICKS_PER_DAY);

    /// That many ticks of 100 ns.
    #[must_use]
    pub const fn from_ticks(ticks: i64) -> Self {
        Self(ticks)
    }

    /// Ticks of 100 ns.
    #[must_use]
    pub const fn ticks(self) -> i64 {
        self.0
    }

    /// Reads what `totimespan()` reads: `1.02:03:04.5678901`, `02:03`, and one number with its unit, as `1.5h`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (negative, rest) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let ticks = if rest.contains(':') {
            clock(rest)?
        } else {
            with_unit(rest)?
        };
        i64::try_from(if negative { -ticks } else { ticks }).ok().map(Self)
    }
}

/// `days.hours:minutes:seconds.fraction`, of which days, seconds and fraction may be left out.
fn clock(text: &str) -> Option<i128> {
    let mut parts = text.split(':');
    let (days, hours) = days_and_hours(parts.next()?)?;
    let minutes = digits(parts.next()?)?;
    let (seconds, ticks) = parts.next().map_or(Some((0, 0)), seconds)?;
    let known = parts.next().is_none() && hours < 24 && minutes < 60 && seconds < 60;
    let units = [
        (days, TICKS_PER_DAY),
        (hours, TICKS_PER_HOUR),
        (minutes, TICKS_PER_MINUTE),
        (seconds, TICKS_PER_SECOND),
        (ticks, 1),
    ];
    known.then(|| {
        units
            .iter()
            .map(|(count, unit)| i128::from(*count) * i128::from(*unit))
            .sum()
    })
}

fn days_and_hours(text: &str) -> Option<(i64, i64)> {
    match text.split_once('.') {
        Some((days, hours)) => Some((digits(days)?, digits(hours)?)),
        None => Some((0, digits(text)?)),
    }
}

fn seconds(text: &str) -> Option<(i64, i64)> {
    match text.split_once('.') {
        Some((seconds, fraction)) => Some((digits(seconds)?, fraction_ticks(fraction)?)),
        None => Some((digits(text)?, 0)),
    }
}

fn digits(text: &str) -> Option<i64> {
    let plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok())?
}

fn fraction_ticks(text: &str) -> Option<i64> {
    let known = text.len() <= 7 && !text.is_empty();
    let missing = u32::try_from(7_usize.checked_sub(text.len())?).ok()?;
    known.then(|| Some(digits(text)? * 10_i64.pow(missing)))?
}

/// One number and its unit; whole days may stand without one.
fn with_unit(text: &str) -> Option<i128> {
    let split = text.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(text.len());
    let (number, unit) = text.split_at_checked(split)?;
    if unit.is_empty() {
        return Some(i128::from(digits(number)?) * i128::from(TICKS_PER_DAY));
    }
    let unit = unit_ticks(unit.trim())?;
    let number = number.trim();
    if let Some(whole) = digits(number) {
        return Some(i128::from(whole) * i128::from(unit));
    }
    let plain = number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let number: f64 = plain.then(|| number.parse().ok())??;
    let ticks = number * unit as f64;
    (ticks.abs() < i64::MAX as f64).then_some(ticks.round() as i128)
}

fn unit_ticks(unit: &str) -> Option<i64> {
    Some(match unit {
        "d" | "day" | "days" => TICKS_PER_DAY,
        "h" | "hr" | "hrs" | "hour" | "hours" => TICKS_PER_HOUR,
        "m" | "min" | "minute" | "minutes" => TICKS_PER_MINUTE,
        "s" | "sec" | "second" | "seconds" => TICKS_PER_SECOND,
        "ms" | "milli" | "millis" | "millisec" | "millisecond" | "milliseconds" => TICKS_PER_MILLISECOND,
        "us" | "micro" | "micros" | "microsec" | "microsecond" | "microseconds" => TICKS_PER_MICROSECOND,
        "tick" | "ticks" => 1,
        _ => return None,
    })
}

impl fmt::Display for TimeSpan {
    /// As Kusto prints it: `-1.02:03:04.5000000`; days and fraction only where there are some.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ticks = self.0.unsigned_abs();
        let unit = |unit: i64| unit.unsigned_abs();
        if self.0 < 0 {
            f.write_str("-")?;
        }
        let days = ticks / unit(TICKS_PER_DAY);
        if days > 0 {
            write!(f, "{days}.")?;
        }
        let hours = ticks / unit(TICKS_PER_HOUR) % 24;
        let (minutes, seconds) = (ticks / unit(TICKS_PER_MINUTE) % 60, ticks / unit(TICKS_PER_SECOND) % 60);
        write!(f, "{hours:02}:{minutes:02}:{seconds:02}")?;
        match ticks % unit(TICKS_PER_SECOND) {
            0 => Ok(()),
            fraction => write!(f, ".{fraction:07}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        TimeSpan::parse(text).map_or_else(|| "null".to_owned(), |span| span.to_string())
    }

    #[test]
    fn spans_are_read_and_printed_as_the_engine_does() {
        let pairs = [
            ("1.02:03:04.5", "1.02:03:04.5000000"),
            ("-1.02:03:04.5", "-1.02:03:04.5000000"),
            ("23:59:59.9999999", "23:59:59.9999999"),
            ("0:0:0.001", "00:00:00.0010000"),
            ("100.00:00:00", "100.00:00:00"),
            ("1d", "1.00:00:00"),
            ("90s", "00:01:30"),
            ("1.5h", "01:30:00"),
            ("-1d", "-1.00:00:00"),
            ("1.5", "null"),
            ("25:00:00", "null"),
            ("", "null"),
            ("1 parsec", "null"),
        ];
        for (text, expected) in pairs {
            assert_eq!(read(text), expected, "{text}");
        }
        assert_eq!(TimeSpan::from_ticks(i64::MIN).to_string(), "-10675199.02:48:05.4775808");
    }
}
