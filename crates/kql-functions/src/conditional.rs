//! Choosing between values.

mod isempty;
mod isnotempty;
mod isnotnull;
mod isnull;
mod not;

use crate::function::Function;

/// All of them, by name.
pub(super) static FUNCTIONS: &[&Function] = &[
    &isempty::FUNCTION,
    &isnotempty::FUNCTION,
    &isnotnull::FUNCTION,
    &isnull::FUNCTION,
    &not::FUNCTION,
];
