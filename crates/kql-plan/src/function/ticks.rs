//! Times of tables, which files hold in nanoseconds since 1970, as ticks since the year 1.

use datafusion::arrow::datatypes::DataType;
use datafusion::logical_expr::{Expr, cast};
use datafusion::prelude::lit;

/// Nanoseconds of a tick.
const NANOSECONDS_PER_TICK: i64 = 100;
/// Ticks from the beginning of the year 1 to that of 1970.
const UNIX_EPOCH_TICKS: i64 = 621_355_968_000_000_000;

/// Plain arithmetic of the engine, so that a comparison with a constant can be turned into one of the column itself.
pub(crate) fn ticks_of_nanoseconds(time: Expr) -> Expr {
    cast(time, DataType::Int64) / lit(NANOSECONDS_PER_TICK) + lit(UNIX_EPOCH_TICKS)
}
