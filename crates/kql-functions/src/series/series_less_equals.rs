use super::pairs;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new(
    "series_less_equals",
    Family::Series,
    pairs::PARAMETERS,
    Returns::DYNAMIC,
    make,
)
.does("Whether the elements of one series are smaller or equal, element by element.")
.examples(&[example(
    "print series_less_equals(dynamic([1, 2, 4]), dynamic([4, 2, 1]))",
    "[true,true,false]",
)]);

fn make(_: &[Argument]) -> Made {
    pairs::compare(std::cmp::Ordering::is_le)
}
