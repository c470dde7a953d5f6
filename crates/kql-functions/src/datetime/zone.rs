//! Time zones of the IANA database.

use crate::prelude::*;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use whotalks_kql_values::calendar::TICKS_PER_SECOND;

pub(super) static PARAMETERS: &[Parameter] = &[
    Parameter::new("from", Accepts::DATETIME, "the time"),
    Parameter::new("timezone", Accepts::STRING, "the zone, as `Europe/Paris`"),
];

/// Ticks from UTC to the local time of a zone at an instant.
pub(super) fn offset_at(zone: &TimeZone, instant: DateTime) -> Option<i64> {
    let seconds = (instant.ticks() - DateTime::UNIX_EPOCH.ticks()).div_euclid(TICKS_PER_SECOND);
    let timestamp = Timestamp::from_second(seconds).ok()?;
    i64::from(zone.to_offset(timestamp).seconds()).checked_mul(TICKS_PER_SECOND)
}

/// The zone of an argument or of the row; null where there is none of that name.
pub(super) fn make(convert: fn(DateTime, &TimeZone) -> Option<DateTime>, arguments: &[Argument]) -> Made {
    match arguments.get(1).and_then(Argument::text) {
        Some(name) => {
            let zone = TimeZone::get(name).ok();
            maybe(move |row| convert(row.datetime(0)?, zone.as_ref()?))
        }
        None => maybe(move |row| convert(row.datetime(0)?, &TimeZone::get(row.text(1)).ok()?)),
    }
}
