//! The parts of times by their names.

use crate::prelude::*;
use whotalks_kql_values::calendar::{
    TICKS_PER_DAY, TICKS_PER_HOUR, TICKS_PER_MICROSECOND, TICKS_PER_MILLISECOND, TICKS_PER_MINUTE, TICKS_PER_SECOND,
};

/// A part of a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Year,
    Quarter,
    Month,
    WeekOfYear,
    Week,
    Day,
    DayOfYear,
    Hour,
    Minute,
    Second,
    Millisecond,
    Microsecond,
    Nanosecond,
}

const NAMES: [(&str, Part); 14] = [
    ("year", Part::Year),
    ("quarter", Part::Quarter),
    ("month", Part::Month),
    ("week_of_year", Part::WeekOfYear),
    ("weekofyear", Part::WeekOfYear),
    ("week", Part::Week),
    ("day", Part::Day),
    ("dayofyear", Part::DayOfYear),
    ("hour", Part::Hour),
    ("minute", Part::Minute),
    ("second", Part::Second),
    ("millisecond", Part::Millisecond),
    ("microsecond", Part::Microsecond),
    ("nanosecond", Part::Nanosecond),
];

impl Part {
    /// The part that the first argument names, one of those that the function knows.
    pub(super) fn of_argument(
        function: &'static str,
        arguments: &[Argument],
        known: impl Fn(Self) -> bool,
    ) -> Result<Self, FunctionError> {
        let text = arguments
            .first()
            .and_then(Argument::text)
            .unwrap_or_default()
            .to_lowercase();
        let part = NAMES
            .iter()
            .find(|(name, part)| *name == text && known(*part))
            .map(|(_, part)| *part);
        part.ok_or(FunctionError::InvalidConstant {
            function,
            position: 1,
            reason: Invalid::Word {
                word: text,
                known: &[
                    "year",
                    "quarter",
                    "month",
                    "week",
                    "day",
                    "hour",
                    "minute",
                    "second",
                    "millisecond",
                    "microsecond",
                    "nanosecond",
                ],
            },
        })
    }

    /// How many ticks it has, where that is always the same; none under a tick and over a week.
    pub(super) const fn ticks(self) -> Option<i64> {
        Some(match self {
            Self::Week => 7 * TICKS_PER_DAY,
            Self::Day => TICKS_PER_DAY,
            Self::Hour => TICKS_PER_HOUR,
            Self::Minute => TICKS_PER_MINUTE,
            Self::Second => TICKS_PER_SECOND,
            Self::Millisecond => TICKS_PER_MILLISECOND,
            Self::Microsecond => TICKS_PER_MICROSECOND,
            _ => return None,
        })
    }

    /// How many months it has, where it has whole ones.
    pub(super) const fn months(self) -> Option<i64> {
        Some(match self {
            Self::Year => 12,
            Self::Quarter => 3,
            Self::Month => 1,
            _ => return None,
        })
    }

    /// Whether times can be counted in it.
    pub(super) fn counts(self) -> bool {
        !matches!(self, Self::WeekOfYear | Self::DayOfYear)
    }
}
