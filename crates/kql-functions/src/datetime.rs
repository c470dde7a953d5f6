//! Times and lengths of time.

mod datetime_add;
mod datetime_diff;
mod datetime_list_timezones;
mod datetime_local_to_utc;
mod datetime_part;
mod datetime_utc_to_local;
mod dayofmonth;
mod dayofweek;
mod dayofyear;
mod endofday;
mod endofmonth;
mod endofweek;
mod endofyear;
pub(crate) mod format;
mod format_datetime;
mod format_timespan;
mod getyear;
mod hourofday;
mod make_datetime;
mod make_timespan;
mod monthofyear;
pub(crate) mod part;
pub(crate) mod period;
mod startofday;
mod startofmonth;
mod startofweek;
mod startofyear;
pub(crate) mod unixtime;
mod unixtime_microseconds_todatetime;
mod unixtime_milliseconds_todatetime;
mod unixtime_nanoseconds_todatetime;
mod unixtime_seconds_todatetime;
mod week_of_year;
pub(crate) mod zone;

use crate::function::Function;

/// All of them, by name.
pub(super) static FUNCTIONS: &[&Function] = &[
    &datetime_add::FUNCTION,
    &datetime_diff::FUNCTION,
    &datetime_list_timezones::FUNCTION,
    &datetime_local_to_utc::FUNCTION,
    &datetime_part::FUNCTION,
    &datetime_utc_to_local::FUNCTION,
    &dayofmonth::FUNCTION,
    &dayofweek::FUNCTION,
    &dayofyear::FUNCTION,
    &endofday::FUNCTION,
    &endofmonth::FUNCTION,
    &endofweek::FUNCTION,
    &endofyear::FUNCTION,
    &format_datetime::FUNCTION,
    &format_timespan::FUNCTION,
    &getyear::FUNCTION,
    &hourofday::FUNCTION,
    &make_datetime::FUNCTION,
    &make_timespan::FUNCTION,
    &monthofyear::FUNCTION,
    &startofday::FUNCTION,
    &startofmonth::FUNCTION,
    &startofweek::FUNCTION,
    &startofyear::FUNCTION,
    &unixtime_microseconds_todatetime::FUNCTION,
    &unixtime_milliseconds_todatetime::FUNCTION,
    &unixtime_nanoseconds_todatetime::FUNCTION,
    &unixtime_seconds_todatetime::FUNCTION,
    &week_of_year::FUNCTION,
];
