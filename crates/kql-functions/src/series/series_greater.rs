use super::pairs;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new(
    "series_greater",
    Family::Series,
    pairs::PARAMETERS,
    Returns::DYNAMIC,
    make,
)
.does("Whether the elements of one series are larger, element by element.")
.examples(&[example(
    "print series_greater(dynamic([1, 2, 4]), dynamic([4, 2, 1]))",
    "[false,false,true]",
)]);

fn make(_: &[Argument]) -> Made {
    pairs::compare(std::cmp::Ordering::is_gt)
}
