use super::extreme;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new(
    "min_of",
    Family::Conditional,
    extreme::PARAMETERS,
    Returns::Own(extreme::signature),
    make,
)
.does("The smallest of several values; nulls are left out.")
.sees_nulls()
.examples(&[
    example("print min_of(10, 1, -3, 17)", "-3"),
    example("print min_of(2, 1.5)", "1.5"),
]);

fn make(_: &[Argument]) -> Made {
    extreme::make(std::cmp::Ordering::Less)
}
