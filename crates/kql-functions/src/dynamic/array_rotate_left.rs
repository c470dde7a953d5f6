use super::shift::{elements, rotated};
use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("array_rotate_left", Family::Dynamic, PARAMETERS, Returns::DYNAMIC, make)
        .does("Moves the elements of an array to the left and those that fall off to the right end.")
        .examples(&[example(
            "print array_rotate_left(dynamic([1, 2, 3, 4, 5]), 2)",
            "[3,4,5,1,2]",
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
    maybe(|row| Some(rotated(elements(row)?, row.long(1)?)))
}
