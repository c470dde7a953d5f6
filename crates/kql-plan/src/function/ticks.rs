//! Times of tables, which files hold in units of their own since 1970, as ticks since the year 1.

use datafusion::arrow::datatypes::{DataType, TimeUnit};
use datafusion::logical_expr::{Expr, cast};
use datafusion::prelude::lit;

/// Nanoseconds of a tick.
const NANOSECONDS_PER_TICK: i64 = 100;
/// Ticks of a microsecond.
const TICKS_PER_MICROSECOND: i64 = 10;
/// Ticks of a millisecond.
const TICKS_PER_MILLISECOND: i64 = 10_000;
/// Ticks of a second.
const TICKS_PER_SECOND: i64 = 10_000_000;
/// Ticks from the beginning of the year 1 to that of 1970.
const UNIX_EPOCH_TICKS: i64 = 621_355_968_000_000_000;

/// Plain arithmetic of the engine, so that a comparison with a constant can be turned into one of the column itself.
pub(crate) fn ticks_of(time: Expr, unit: TimeUnit) -> Expr {
    let number = cast(time, DataType::Int64);
    let ticks = match unit {
        TimeUnit::Nanosecond => number / lit(NANOSECONDS_PER_TICK),
        TimeUnit::Microsecond => number * lit(TICKS_PER_MICROSECOND),
        TimeUnit::Millisecond => number * lit(TICKS_PER_MILLISECOND),
        TimeUnit::Second => number * lit(TICKS_PER_SECOND),
    };
    ticks + lit(UNIX_EPOCH_TICKS)
}
