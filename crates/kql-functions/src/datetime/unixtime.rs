//! Times since 1970.

use crate::prelude::*;

/// The time so many units after 1970-01-01; null outside the years 1 to 9999.
pub(super) fn since_epoch(row: Row<'_>, unit: i64) -> Option<DateTime> {
    let ticks = match row.long(0) {
        Some(count) => count.checked_mul(unit)?,
        None => {
            let ticks = row.real(0)? * unit as f64;
            (ticks.abs() < i64::MAX as f64).then_some(ticks as i64)?
        }
    };
    DateTime::UNIX_EPOCH.checked_add(TimeSpan::from_ticks(ticks))
}
