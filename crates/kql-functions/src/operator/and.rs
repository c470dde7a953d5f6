use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("and", Family::Operator, super::operands::LOGICAL, Returns::BOOL, make)
        .does("Whether both are true. Null beside false is false, beside true it is null.")
        .sees_nulls()
        .examples(&[
            example("print true and false", "False"),
            example("print true and bool(null)", "null"),
        ]);

fn make(_: &[Argument]) -> Made {
    maybe(|row| match (row.bool(0), row.bool(1)) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    })
}
