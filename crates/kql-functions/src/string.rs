//! Texts.

mod strcat;
mod string_size;
mod strlen;
mod substring;
mod tolower;
mod toupper;

use crate::function::Function;

/// All of them, by name.
pub(super) static FUNCTIONS: &[&Function] = &[
    &strcat::FUNCTION,
    &string_size::FUNCTION,
    &strlen::FUNCTION,
    &substring::FUNCTION,
    &tolower::FUNCTION,
    &toupper::FUNCTION,
];
