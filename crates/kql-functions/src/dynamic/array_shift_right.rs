use super::shift::{default, elements, shifted};
use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("array_shift_right", Family::Dynamic, PARAMETERS, Returns::DYNAMIC, make)
        .does("Moves the elements of an array to the right and fills up with a default.")
        .sees_nulls()
        .examples(&[example(
            "print array_shift_right(dynamic([10, 20, 30]), 1)",
            "[null,10,20]",
        )]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("array", Accepts::Array, "the array"),
    Parameter::new(
        "count",
        Accepts::Integer,
        "how many places; the other way where it is negative",
    ),
    Parameter::optional("default_value", Accepts::Scalar, "what stands where elements came from"),
];

fn make(_: &[Argument]) -> Made {
    maybe(|row| Some(shifted(&elements(row)?, row.long(1)?.checked_neg()?, &default(row))))
}
