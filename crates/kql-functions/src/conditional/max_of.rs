use super::extreme;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new(
    "max_of",
    Family::Conditional,
    extreme::PARAMETERS,
    Returns::Own(extreme::signature),
    make,
)
.does("The largest of several values; nulls are left out.")
.sees_nulls()
.examples(&[
    example("print max_of(10, 1, -3, 17)", "17"),
    example("print max_of(1, long(null), 3)", "3"),
]);

fn make(_: &[Argument]) -> Made {
    extreme::make(std::cmp::Ordering::Greater)
}
