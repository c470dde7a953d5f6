use super::order;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new(
    "<",
    Family::Operator,
    order::PARAMETERS,
    Returns::Own(order::signature),
    make,
)
.does("Whether the left value is smaller.")
.sees_nulls()
.examples(&[example("print 1 < 1.5", "True"), example("print 1h < 1m", "False")]);

fn make(_: &[Argument]) -> Made {
    order::make(std::cmp::Ordering::is_lt)
}
