use super::answer::bag;
use super::series_fit_2lines::{PARAMETERS, parts};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new(
    "series_fit_2lines_dynamic",
    Family::Series,
    PARAMETERS,
    Returns::DYNAMIC,
    make,
)
.does("As `series_fit_2lines()`, as one bag.")
.examples(&[example(
    "print series_fit_2lines_dynamic(dynamic([1, 2, 3, 9, 8, 7])).split_idx",
    "3",
)]);

fn make(_: &[Argument]) -> Made {
    maybe(|row| parts(row).map(bag))
}
