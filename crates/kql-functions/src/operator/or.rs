use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("or", Family::Operator, super::operands::LOGICAL, Returns::BOOL, make)
        .does("Whether at least one is true. Null beside true is true, beside false it is null.")
        .sees_nulls()
        .examples(&[
            example("print true or false", "True"),
            example("print false or bool(null)", "null"),
        ]);

fn make(_: &[Argument]) -> Made {
    maybe(|row| match (row.bool(0), row.bool(1)) {
        (Some(true), _) | (_, Some(true)) => Some(true),
        (Some(false), Some(false)) => Some(false),
        _ => None,
    })
}
