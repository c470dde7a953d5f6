//! Sizes, spans of time, instants.

use whotalks_record::{Nanoseconds, Timestamp};

use super::{NOTHING, Words};
use crate::messages::{LabelMessage, UnitMessage};

/// Bytes in a kilobyte: decimal, as network equipment and ISO 80000-13 count.
const KILO: f64 = 1_000.0;

/// Spans up to this many seconds are written in seconds: "every 60 s" reads better than "every 1 min".
const LONGEST_SECONDS: f64 = 120.0;

impl Words {
    /// A size: `999 B`, `1.1 MB`, `38 kB`.
    pub fn size(&self, bytes: u64) -> String {
        let mut value = bytes as f64;
        let units: [fn(String) -> UnitMessage; 5] = [
            |value| UnitMessage::SizeBytes { value },
            |value| UnitMessage::SizeKilobytes { value },
            |value| UnitMessage::SizeMegabytes { value },
            |value| UnitMessage::SizeGigabytes { value },
            |value| UnitMessage::SizeTerabytes { value },
        ];
        let mut chosen = units.iter().peekable();
        while let Some(unit) = chosen.next() {
            // 999.5 would round to "1000".
            if value < KILO - 0.5 || chosen.peek().is_none() {
                return self.text(&unit(short(value)));
            }
            value /= KILO;
        }
        NOTHING.to_owned()
    }

    /// A size, or the mark of an empty cell: without packets it is not known, which is not zero.
    pub fn size_or_nothing(&self, bytes: Option<u64>) -> String {
        bytes.map_or_else(|| NOTHING.to_owned(), |it| self.size(it))
    }

    /// A span of time without its sign: `400 ms`, `1.8 s`, `60 s`, `12 min 39 s`, `2 h 5 min`, `3 d 4 h`.
    pub fn span(&self, span: Nanoseconds) -> String {
        let seconds = span.magnitude().as_seconds_f64();
        self.text(&match seconds {
            _ if seconds == 0.0 => UnitMessage::SpanSeconds { value: short(0.0) },
            ..0.001 => UnitMessage::SpanMicroseconds {
                value: short(seconds * 1e6),
            },
            ..1.0 => UnitMessage::SpanMilliseconds {
                value: short(seconds * 1e3),
            },
            ..LONGEST_SECONDS => UnitMessage::SpanSeconds {
                value: short_to(seconds, 1),
            },
            _ => long_span(seconds.round() as u64),
        })
    }

    /// An instant with its offset: `2026-11-20 10:03:02.114 +09:00`.
    pub fn time(&self, time: Timestamp) -> String {
        self.format_time(time, "%Y-%m-%d %H:%M:%S%.3f %:z")
    }

    /// An instant, or "time not known".
    pub fn time_or_unknown(&self, time: Option<Timestamp>) -> String {
        time.map_or_else(|| self.text(&LabelMessage::TimeUnknown), |it| self.time(it))
    }

    /// The time of day without offset, for axes and lists below a heading that states it.
    pub fn clock_time(&self, time: Timestamp) -> String {
        self.format_time(time, "%H:%M:%S")
    }

    /// The day and the time to the minute without offset, likewise.
    pub fn day_and_time(&self, time: Timestamp) -> String {
        self.format_time(time, "%m-%d %H:%M")
    }

    /// A period: `2026-11-20 10:02:11 – 10:14:50 +09:00`; both days where they differ, one instant where both are one.
    pub fn period(&self, first: Timestamp, last: Timestamp) -> String {
        let day = |time| self.format_time(time, "%Y-%m-%d %:z");
        let last_format = if day(first) == day(last) {
            "%H:%M:%S %:z"
        } else {
            "%Y-%m-%d %H:%M:%S %:z"
        };
        let first_text = self.format_time(first, "%Y-%m-%d %H:%M:%S");
        let last_text = self.format_time(last, last_format);
        if first.seconds() == last.seconds() {
            return self.format_time(first, "%Y-%m-%d %H:%M:%S %:z");
        }
        self.text(&UnitMessage::Range {
            first: first_text,
            last: last_text,
        })
    }

    /// A period with how long it is; "time not known" where an end is missing.
    pub fn period_and_length(&self, first: Option<Timestamp>, last: Option<Timestamp>) -> String {
        match (first, last) {
            (Some(first), Some(last)) if first != last => {
                self.with_detail(self.period(first, last), &self.span(last - first))
            }
            (Some(one), _) | (_, Some(one)) => self.period(one, one),
            (None, None) => self.text(&LabelMessage::TimeUnknown),
        }
    }

    fn format_time(&self, time: Timestamp, format: &str) -> String {
        match jiff::Timestamp::from_nanosecond(i128::from(time.nanoseconds())) {
            Ok(instant) => instant.to_zoned(self.zone.clone()).strftime(format).to_string(),
            // Every 64-bit nanosecond count lies within the years that jiff knows.
            Err(_) => NOTHING.to_owned(),
        }
    }
}

fn long_span(seconds: u64) -> UnitMessage {
    let (minutes, hours) = (seconds / 60, seconds / 3_600);
    match (hours, minutes % 60, seconds % 60) {
        (0, minutes, 0) => UnitMessage::SpanMinutes { minutes },
        (0, minutes, seconds) => UnitMessage::SpanMinutesSeconds { minutes, seconds },
        (hours, 0, _) if hours < 24 => UnitMessage::SpanHours { hours },
        (hours, minutes, _) if hours < 24 => UnitMessage::SpanHoursMinutes { hours, minutes },
        (hours, ..) if hours.is_multiple_of(24) => UnitMessage::SpanDays { days: hours / 24 },
        (hours, ..) => UnitMessage::SpanDaysHours {
            days: hours / 24,
            hours: hours % 24,
        },
    }
}

/// Two digits where the value is below ten, whole above: `1.1`, `38`, `9`.
fn short(value: f64) -> String {
    short_to(value, if value < 9.95 { 1 } else { 0 })
}

fn short_to(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    text.strip_suffix(".0").map_or_else(|| text.clone(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Language, TimeZoneChoice};

    fn english() -> Words {
        Words::new(Language::English, TimeZoneChoice::Utc)
    }

    fn japanese() -> Words {
        Words::new(Language::Japanese, "+09:00".parse().unwrap())
    }

    #[test]
    fn sizes_are_decimal_and_short() {
        let cases = [
            (0, "0 B"),
            (999, "999 B"),
            (1_000, "1 kB"),
            (1_100_000, "1.1 MB"),
            (38_400, "38 kB"),
            (999_600, "1 MB"),
            (9_960, "10 kB"),
            (u64::MAX, "18446744 TB"),
        ];
        for (bytes, text) in cases {
            assert_eq!(english().size(bytes), text);
        }
        assert_eq!(japanese().size(999), "999 バイト");
    }

    #[test]
    fn spans_take_the_unit_that_fits() {
        let cases = [
            (Nanoseconds(0), "0 s", "0 秒"),
            (Nanoseconds(450_000), "450 µs", "450 マイクロ秒"),
            (Nanoseconds::from_milliseconds(400), "400 ms", "400 ミリ秒"),
            (Nanoseconds::from_milliseconds(-1_800), "1.8 s", "1.8 秒"),
            (Nanoseconds::from_seconds(60), "60 s", "60 秒"),
            (Nanoseconds::from_seconds(759), "12 min 39 s", "12 分 39 秒"),
            (Nanoseconds::from_seconds(7_500), "2 h 5 min", "2 時間 5 分"),
            (Nanoseconds::from_seconds(273_600), "3 d 4 h", "3 日 4 時間"),
        ];
        for (span, english_text, japanese_text) in cases {
            assert_eq!(english().span(span), english_text);
            assert_eq!(japanese().span(span), japanese_text);
        }
        assert!(!english().span(Nanoseconds(i64::MIN)).is_empty());
    }

    #[test]
    fn times_carry_their_offset_and_a_day_is_said_once() {
        let first = Timestamp::from_seconds(1_795_136_531, 114_000_000);
        let last = Timestamp::from_seconds(1_795_137_290, 0);
        assert_eq!(english().time(first), "2026-11-20 01:02:11.114 +00:00");
        assert_eq!(japanese().time(first), "2026-11-20 10:02:11.114 +09:00");
        assert_eq!(japanese().period(first, last), "2026-11-20 10:02:11 〜 10:14:50 +09:00");
        let next_day = last + Nanoseconds::from_seconds(86_400);
        assert_eq!(
            english().period(last, next_day),
            "2026-11-20 01:14:50 – 2026-11-21 01:14:50 +00:00"
        );
    }

    #[test]
    fn the_outermost_instants_can_be_written() {
        assert!(english().time(Timestamp::MIN).starts_with("1677-"));
        assert!(english().time(Timestamp::MAX).starts_with("2262-"));
    }
}
