//! Points in time and spans of time.
//!
//! Two forms of a date are read, as in Wireshark 4.0: `2023-01-02 03:04:05.678` (ISO 8601; `T` may stand between date and
//! time, the time may be left out or end early, `Z` or an offset may follow) and `Jan 2, 2023 03:04:05.678`. A time without
//! a zone is UTC: the outcome of an investigation must not depend on where it is made.

use jiff::civil::DateTime;
use jiff::tz::Offset;

const NANOSECONDS_PER_SECOND: i64 = 1_000_000_000;

const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// Nanoseconds since 1970.
pub(super) fn instant(text: &str) -> Option<i64> {
    let mut cursor = Cursor(text.trim());
    let time = if cursor.0.starts_with(|sign: char| sign.is_ascii_alphabetic()) {
        month_first(&mut cursor)?
    } else {
        iso(&mut cursor)?
    };
    let offset = cursor.offset()?;
    let instant = offset.to_timestamp(time).ok()?;
    i64::try_from(instant.as_nanosecond()).ok()
}

/// Seconds with a fraction, as nanoseconds; digits behind the ninth are dropped.
pub(super) fn span(text: &str) -> Option<i64> {
    let (seconds, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|digit| digit.is_ascii_digit());
    if !digits(seconds) || !digits(fraction) {
        return None;
    }
    let seconds: i64 = seconds.parse().ok()?;
    seconds
        .checked_mul(NANOSECONDS_PER_SECOND)?
        .checked_add(fraction_nanoseconds(fraction))
}

/// The digits of a fraction of a second as nanoseconds.
fn fraction_nanoseconds(digits: &str) -> i64 {
    let padded = digits.bytes().chain(std::iter::repeat(b'0')).take(9);
    padded.fold(0, |sum, digit| sum * 10 + i64::from(digit.saturating_sub(b'0')))
}

fn month_first(cursor: &mut Cursor<'_>) -> Option<DateTime> {
    let name = cursor.0.get(..3)?.to_ascii_lowercase();
    let month = MONTHS.iter().position(|month| *month == name)? + 1;
    cursor.0 = cursor.0.get(3..)?;
    cursor.blanks()?;
    let day = cursor.number()?;
    cursor.sign(',')?;
    cursor.blanks()?;
    let year = cursor.number()?;
    cursor.blanks()?;
    let date = (year, i64::try_from(month).ok()?, day);
    let time = cursor.time()?;
    time.has_seconds.then(|| civil(date, &time)).flatten()
}

fn iso(cursor: &mut Cursor<'_>) -> Option<DateTime> {
    let year = cursor.number()?;
    cursor.sign('-')?;
    let month = cursor.number()?;
    cursor.sign('-')?;
    let day = cursor.number()?;
    let goes_on = cursor.sign('T').or_else(|| cursor.blanks()).is_some();
    let time = if goes_on { cursor.time()? } else { TimeOfDay::default() };
    civil((year, month, day), &time)
}

fn civil((year, month, day): (i64, i64, i64), time: &TimeOfDay) -> Option<DateTime> {
    let [year] = [i16::try_from(year).ok()?];
    let [month, day, hour, minute, second] =
        [month, day, time.hour, time.minute, time.second].map(|part| i8::try_from(part).unwrap_or(-1));
    DateTime::new(
        year,
        month,
        day,
        hour,
        minute,
        second,
        i32::try_from(time.nanosecond).ok()?,
    )
    .ok()
}

#[derive(Default)]
struct TimeOfDay {
    hour: i64,
    minute: i64,
    second: i64,
    nanosecond: i64,
    has_seconds: bool,
}

/// What is not read yet of a time.
struct Cursor<'t>(&'t str);

impl Cursor<'_> {
    /// Passes over the sign, if it is next.
    fn sign(&mut self, sign: char) -> Option<()> {
        self.0 = self.0.strip_prefix(sign)?;
        Some(())
    }

    /// Passes over one blank or more.
    fn blanks(&mut self) -> Option<()> {
        let rest = self.0.trim_start();
        let found = rest.len() < self.0.len();
        self.0 = rest;
        found.then_some(())
    }

    fn digits(&mut self) -> &str {
        let end = self.0.len() - self.0.trim_start_matches(|digit: char| digit.is_ascii_digit()).len();
        let (digits, rest) = self.0.split_at(end);
        self.0 = rest;
        digits
    }

    fn number(&mut self) -> Option<i64> {
        self.digits().parse().ok()
    }

    /// Hours; then minutes, seconds and a fraction, as far as they are there.
    fn time(&mut self) -> Option<TimeOfDay> {
        let mut time = TimeOfDay {
            hour: self.number()?,
            ..TimeOfDay::default()
        };
        if self.sign(':').is_some() {
            time.minute = self.number()?;
        }
        if self.sign(':').is_some() {
            time.second = self.number()?;
            time.has_seconds = true;
        }
        if self.sign('.').or_else(|| self.sign(',')).is_some() {
            time.nanosecond = fraction_nanoseconds(self.digits());
        }
        Some(time)
    }

    /// The zone at the end: none, `Z`, `UTC`, `+09:00` or `+0900`.
    fn offset(&mut self) -> Option<Offset> {
        match self.0.trim() {
            "" | "Z" | "UTC" => return Some(Offset::UTC),
            zone => self.0 = zone,
        }
        let sign = if self.sign('-').is_some() {
            -1
        } else {
            self.sign('+').map(|()| 1)?
        };
        let hours_and_minutes = self.0.replace(':', "");
        let is_whole = hours_and_minutes.len() == 4 && hours_and_minutes.bytes().all(|digit| digit.is_ascii_digit());
        let number: i32 = hours_and_minutes.parse().ok().filter(|_| is_whole)?;
        Offset::from_seconds(sign * ((number / 100) * 3600 + (number % 100) * 60)).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2023-01-02 03:04:05 UTC.
    const SECONDS: i64 = 1_672_628_645;

    #[test]
    fn both_forms_of_a_date_are_read() {
        let cases = [
            ("2023-01-02 03:04:05", SECONDS * 1_000_000_000),
            ("2023-01-02T03:04:05Z", SECONDS * 1_000_000_000),
            ("2023-1-2 3:4:5.678", SECONDS * 1_000_000_000 + 678_000_000),
            ("2023-01-02T03:04:05,5", SECONDS * 1_000_000_000 + 500_000_000),
            ("2023-01-02 12:04:05+09:00", SECONDS * 1_000_000_000),
            ("2023-01-02 12:04:05+0900", SECONDS * 1_000_000_000),
            ("2023-01-01 22:04:05-0500", SECONDS * 1_000_000_000),
            ("2023-01-02 03:04:05 UTC", SECONDS * 1_000_000_000),
            ("2023-01-02 03:04", (SECONDS - 5) * 1_000_000_000),
            ("2023-01-02 03", (SECONDS - 245) * 1_000_000_000),
            ("2023-01-02", (SECONDS - 11_045) * 1_000_000_000),
            ("Jan  2, 2023 03:04:05.123456789", SECONDS * 1_000_000_000 + 123_456_789),
            ("jan 2, 2023 03:04:05 UTC", SECONDS * 1_000_000_000),
        ];
        for (text, expected) in cases {
            assert_eq!(instant(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_refused() {
        let cases = [
            "",
            "abc",
            "2023",
            "2023-01",
            "2023-13-01",
            "2023-02-30",
            "2023-01-02 25:00",
            "2023-01-02 03:04:05 JST",
            "2023-01-02 03:04:05+9",
            "Jan 2, 2023",
            "Jan 2 2023 03:04:05",
            "January 2, 2023 03:04:05",
            "99999-01-01",
            "é23-01-01",
            "9999999999999999999999-01-01",
        ];
        for text in cases {
            assert_eq!(instant(text), None, "{text}");
        }
    }

    #[test]
    fn a_span_is_seconds_and_a_fraction() {
        assert_eq!(span("1"), Some(1_000_000_000));
        assert_eq!(span("0.00001"), Some(10_000));
        assert_eq!(span("1.5000000019"), Some(1_500_000_001));
        for text in ["", ".5", "1.", "0x10", "1e3", "-1", "99999999999999"] {
            assert_eq!(span(text), None, "{text}");
        }
    }
}
