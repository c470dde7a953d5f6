use super::sort;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new(
    "array_sort_asc",
    Family::Dynamic,
    sort::PARAMETERS,
    Returns::Own(sort::signature),
    make,
)
.does("Sorts an array up, and others in the same order.")
.sees_nulls()
.examples(&[
    example("print array_sort_asc(dynamic([3, 1, null, 2]))", "[1,2,3,null]"),
    example(
        "print array_sort_asc(dynamic([1, 3, 2]), dynamic(['a', 'b', 'c']))",
        "[[1,2,3],[\"a\",\"c\",\"b\"]]",
    ),
]);

fn make(_: &[Argument]) -> Made {
    sort::make(false)
}
