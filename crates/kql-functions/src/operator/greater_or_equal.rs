use super::order;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new(
    ">=",
    Family::Operator,
    order::PARAMETERS,
    Returns::Own(order::signature),
    make,
)
.does("Whether the left value is larger or equal.")
.sees_nulls()
.examples(&[
    example("print 1 >= 1.0", "True"),
    example("print real(nan) >= 1.0", "False"),
]);

fn make(_: &[Argument]) -> Made {
    order::make(std::cmp::Ordering::is_ge)
}
