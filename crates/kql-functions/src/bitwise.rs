//! Whole numbers bit by bit.

mod binary_and;
mod binary_not;
mod binary_or;
mod binary_shift_left;
mod binary_shift_right;
mod binary_xor;
mod bitset_count_ones;

use crate::function::Function;

/// All of them, by name.
pub(super) static FUNCTIONS: &[&Function] = &[
    &binary_and::FUNCTION,
    &binary_not::FUNCTION,
    &binary_or::FUNCTION,
    &binary_shift_left::FUNCTION,
    &binary_shift_right::FUNCTION,
    &binary_xor::FUNCTION,
    &bitset_count_ones::FUNCTION,
];
