use super::order;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new(
    ">",
    Family::Operator,
    order::PARAMETERS,
    Returns::Own(order::signature),
    make,
)
.does("Whether the left value is larger.")
.sees_nulls()
.examples(&[
    example("print 2 > 1.5", "True"),
    example("print datetime(2020-01-01) > datetime(2021-01-01)", "False"),
]);

fn make(_: &[Argument]) -> Made {
    order::make(std::cmp::Ordering::is_gt)
}
