use super::shift::{default, elements, shifted};
use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("array_shift_left", Family::Dynamic, PARAMETERS, Returns::DYNAMIC, make)
        .does("Moves the elements of an array to the left and fills up with a default.")
        .sees_nulls()
        .examples(&[
            example(
                "print array_shift_left(dynamic([1, 2, 3, 4, 5]), 2)",
                "[3,4,5,null,null]",
            ),
            example(
                "print array_shift_left(dynamic([1, 2, 3, 4, 5]), -2, -1)",
                "[-1,-1,1,2,3]",
            ),
        ]);

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
    maybe(|row| Some(shifted(&elements(row)?, row.long(1)?, &default(row))))
}
