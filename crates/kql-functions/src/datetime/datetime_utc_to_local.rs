use crate::prelude::*;
use jiff::tz::TimeZone;

use super::zone::{self, offset_at};

pub(super) static FUNCTION: Function = Function::new(
    "datetime_utc_to_local",
    Family::DateTime,
    zone::PARAMETERS,
    Returns::DATETIME,
    make,
)
.does("A time in UTC as the local time of a zone. Null for a zone that is not known.")
.examples(&[example(
    "print datetime_utc_to_local(datetime(2020-02-02 19:02:20), 'Europe/Paris')",
    "2020-02-02T20:02:20.0000000Z",
)]);

fn make(arguments: &[Argument]) -> Made {
    zone::make(convert, arguments)
}

fn convert(time: DateTime, zone: &TimeZone) -> Option<DateTime> {
    time.checked_add(TimeSpan::from_ticks(offset_at(zone, time)?))
}
