use super::shift::{elements, rotated};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new(
    "array_rotate_right",
    Family::Dynamic,
    PARAMETERS,
    Returns::DYNAMIC,
    make,
)
.does("Moves the elements of an array to the right and those that fall off to the left end.")
.examples(&[example(
    "print array_rotate_right(dynamic([1, 2, 3, 4, 5]), 2)",
    "[4,5,1,2,3]",
)]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("array", Accepts::Array, "the array"),
    Parameter::new(
        "count",
        Accepts::Integer,
        "how many places; the other way where it is negative",
    ),
];

fn make(_: &[Argument]) -> Made {
    maybe(|row| Some(rotated(elements(row)?, row.long(1)?.checked_neg()?)))
}
