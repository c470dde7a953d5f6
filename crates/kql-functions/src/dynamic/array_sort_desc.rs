use super::sort;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new(
    "array_sort_desc",
    Family::Dynamic,
    sort::PARAMETERS,
    Returns::Own(sort::signature),
    make,
)
.does("Sorts an array down, and others in the same order.")
.sees_nulls()
.examples(&[
    example("print array_sort_desc(dynamic([3, 1, null, 2]))", "[3,2,1,null]"),
    example("print array_sort_desc(dynamic([1, null, 2]), false)", "[null,2,1]"),
]);

fn make(_: &[Argument]) -> Made {
    sort::make(true)
}
