use super::pairs;
use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("series_less", Family::Series, pairs::PARAMETERS, Returns::DYNAMIC, make)
        .does("Whether the elements of one series are smaller, element by element.")
        .examples(&[example(
            "print series_less(dynamic([1, 2, 4]), dynamic([4, 2, 1]))",
            "[true,false,false]",
        )]);

fn make(_: &[Argument]) -> Made {
    pairs::compare(std::cmp::Ordering::is_lt)
}
