//! Days, weeks, months and years: where they begin and end.

use crate::prelude::*;
use whotalks_kql_values::calendar::{Clock, Date, TICKS_PER_DAY};

pub(super) static PARAMETERS: &[Parameter] = &[
    Parameter::new("date", Accepts::DATETIME, "the time"),
    Parameter::optional(
        "offset",
        Accepts::LONG,
        "how many periods later; earlier where it is negative",
    ),
];

/// A stretch of the calendar.
#[derive(Clone, Copy, Debug)]
pub(super) enum Period {
    Day,
    Week,
    Month,
    Year,
}

impl Period {
    /// Its beginning, so many periods after the one of a time.
    pub(super) fn start(self, time: DateTime, offset: i64) -> Option<DateTime> {
        let date = time.date();
        let first = match self {
            Self::Day => Date::from_days(date.days().checked_add(offset)?)?,
            Self::Week => {
                let sunday = date.days().checked_sub(date.day_of_week())?;
                Date::from_days(sunday.checked_add(offset.checked_mul(7)?)?)?
            }
            Self::Month => Date { day: 1, ..date }.add_months(offset)?,
            Self::Year => Date {
                day: 1,
                month: 1,
                ..date
            }
            .add_months(offset.checked_mul(12)?)?,
        };
        DateTime::new(first, Clock::default())
    }

    /// Its last tick.
    fn end(self, time: DateTime, offset: i64) -> Option<DateTime> {
        let start = self.start(time, offset)?;
        let last_day = match self {
            Self::Day => start.date().days(),
            Self::Week => start.date().days() + 6,
            Self::Month => {
                start
                    .date()
                    .add_months(1)
                    .map_or(DateTime::MAX.date().days() + 1, Date::days)
                    - 1
            }
            Self::Year => {
                start
                    .date()
                    .add_months(12)
                    .map_or(DateTime::MAX.date().days() + 1, Date::days)
                    - 1
            }
        };
        DateTime::from_ticks(last_day.checked_add(1)?.checked_mul(TICKS_PER_DAY)?.checked_sub(1)?)
    }
}

pub(super) fn make_start(period: Period, arguments: &[Argument]) -> Made {
    make(arguments, move |time, offset| period.start(time, offset))
}

pub(super) fn make_end(period: Period, arguments: &[Argument]) -> Made {
    make(arguments, move |time, offset| period.end(time, offset))
}

/// Turns a time into another one; how many periods later is mostly a constant, or not said.
fn make(arguments: &[Argument], turn: impl Fn(DateTime, i64) -> Option<DateTime> + Send + Sync + 'static) -> Made {
    let offset = match arguments.get(1) {
        None => Some(0),
        Some(offset) => offset.long(),
    };
    match offset {
        Some(offset) => of_whole(KustoType::DateTime, move |ticks| {
            turn(DateTime::from_ticks(ticks)?, offset).map(DateTime::ticks)
        }),
        None => maybe(move |row| turn(row.datetime(0)?, row.long(1).unwrap_or(0))),
    }
}
