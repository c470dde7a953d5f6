//! The offset in which times are shown.

use std::str::FromStr;

use jiff::tz::{Offset, TimeZone};
use thiserror::Error;

/// In which offset times are shown. Evidence is kept in UTC; the offset is for the reader only and stands behind every time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TimeZoneChoice {
    /// UTC.
    #[default]
    Utc,
    /// A fixed offset east of UTC.
    Fixed(Offset),
    /// The zone of this computer.
    System,
}

/// A text that names no time zone.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("not a time zone: expected utc, system or an offset such as +09:00")]
pub struct NotATimeZone;

impl TimeZoneChoice {
    /// The zone itself.
    pub(crate) fn zone(self) -> TimeZone {
        match self {
            Self::Utc => TimeZone::UTC,
            Self::Fixed(offset) => TimeZone::fixed(offset),
            Self::System => TimeZone::system(),
        }
    }
}

impl FromStr for TimeZoneChoice {
    type Err = NotATimeZone;

    /// Reads `utc`, `system` or `±HH:MM`.
    fn from_str(text: &str) -> Result<Self, NotATimeZone> {
        match text {
            _ if text.eq_ignore_ascii_case("utc") => Ok(Self::Utc),
            _ if text.eq_ignore_ascii_case("system") => Ok(Self::System),
            _ => fixed(text).map(Self::Fixed).ok_or(NotATimeZone),
        }
    }
}

fn fixed(text: &str) -> Option<Offset> {
    let sign = match text.get(..1)? {
        "+" => 1,
        "-" => -1,
        _ => return None,
    };
    let (hours, minutes) = text.get(1..)?.split_once(':')?;
    let (hours, minutes) = (two_digits(hours)?, two_digits(minutes)?);
    if minutes >= 60 {
        return None;
    }
    Offset::from_seconds(sign * (hours * 3_600 + minutes * 60)).ok()
}

fn two_digits(text: &str) -> Option<i32> {
    let digits = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_and_words_are_read() {
        assert_eq!("UTC".parse(), Ok(TimeZoneChoice::Utc));
        assert_eq!("system".parse(), Ok(TimeZoneChoice::System));
        assert_eq!(
            "+09:00".parse(),
            Ok(TimeZoneChoice::Fixed(Offset::from_seconds(32_400).unwrap()))
        );
        assert_eq!(
            "-03:30".parse(),
            Ok(TimeZoneChoice::Fixed(Offset::from_seconds(-12_600).unwrap()))
        );
    }

    #[test]
    fn other_texts_are_no_time_zone() {
        for text in ["", "9", "+9", "+09", "+09:60", "+99:00", "+0９:00", "JST", "é09:00"] {
            assert_eq!(text.parse::<TimeZoneChoice>(), Err(NotATimeZone), "{text}");
        }
    }
}
