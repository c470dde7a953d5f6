//! Choosing between values.

mod around;
mod assert;
mod case;
mod coalesce;
pub(crate) mod extreme;
mod iff;
mod isascii;
mod isempty;
mod isfinite;
mod isinf;
mod isnan;
mod isnotempty;
mod isnotnull;
mod isnull;
mod isutf8;
mod max_of;
mod min_of;
mod not;

use crate::function::Function;

/// All of them, by name.
pub(super) static FUNCTIONS: &[&Function] = &[
    &assert::FUNCTION,
    &around::FUNCTION,
    &case::FUNCTION,
    &coalesce::FUNCTION,
    &iff::FUNCTION,
    &isascii::FUNCTION,
    &isempty::FUNCTION,
    &isfinite::FUNCTION,
    &isinf::FUNCTION,
    &isnan::FUNCTION,
    &isnotempty::FUNCTION,
    &isnotnull::FUNCTION,
    &isnull::FUNCTION,
    &isutf8::FUNCTION,
    &max_of::FUNCTION,
    &min_of::FUNCTION,
    &not::FUNCTION,
];
