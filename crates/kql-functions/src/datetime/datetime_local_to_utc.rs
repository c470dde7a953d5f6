use crate::prelude::*;
use jiff::tz::TimeZone;

use super::zone::{self, offset_at};

pub(super) static FUNCTION: Function = Function::new(
    "datetime_local_to_utc",
    Family::DateTime,
    zone::PARAMETERS,
    Returns::DATETIME,
    make,
)
.does("A local time of a zone as a time in UTC. Null for a zone that is not known.")
.examples(&[
    example(
        "print datetime_local_to_utc(datetime(2020-02-02 20:02:20), 'Europe/Paris')",
        "2020-02-02T19:02:20.0000000Z",
    ),
    example(
        "print datetime_local_to_utc(datetime(2020-02-02 20:02:20), 'US/Pacific')",
        "2020-02-03T04:02:20.0000000Z",
    ),
]);

fn make(arguments: &[Argument]) -> Made {
    zone::make(convert, arguments)
}

/// The offset is that of the instant which the first guess gives; in a gap the time before the change counts.
fn convert(time: DateTime, zone: &TimeZone) -> Option<DateTime> {
    let guess = time.checked_sub(TimeSpan::from_ticks(offset_at(zone, time)?))?;
    time.checked_sub(TimeSpan::from_ticks(offset_at(zone, guess)?))
}
