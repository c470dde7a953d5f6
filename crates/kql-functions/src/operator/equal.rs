use crate::prelude::*;
use std::cmp::Ordering;

use whotalks_kql_values::compare;

pub(super) static FUNCTION: Function = Function::new("==", Family::Operator, PARAMETERS, Returns::Own(signature), make)
    .does("Whether two values are equal. Null equals nothing; a text beside another type is converted to it.")
    .sees_nulls()
    .examples(&[
        example("print 1 == 1.0", "True"),
        example("print 'a' == 'A'", "False"),
        example("print int(null) == 0", "False"),
        example("print dynamic('a') == 'a'", "True"),
    ]);

pub(super) static NEGATED: Function = Function::new(
    "!=",
    Family::Operator,
    PARAMETERS,
    Returns::Own(signature),
    make_negated,
)
.also(&["<>"])
.does("Whether two values differ. Null differs from every value.")
.sees_nulls()
.examples(&[example("print 1 != 2", "True"), example("print int(null) != 0", "True")]);

pub(super) static PARAMETERS: &[Parameter] = &[
    Parameter::new("left", Accepts::Scalar, "a value"),
    Parameter::new("right", Accepts::Scalar, "another value"),
];

fn signature(function: &'static Function, arguments: &[Argument]) -> Result<Signature, FunctionError> {
    let [left, right] = super::operands::pair(function, arguments)?;
    let together = match (left, right) {
        // The real engine asks for explicit casts here.
        (KustoType::Dynamic, KustoType::Dynamic) => return Err(super::operands::do_not_fit(function, arguments)),
        (KustoType::String, KustoType::Dynamic) | (KustoType::Dynamic, KustoType::String) => KustoType::String,
        (KustoType::String, other) | (other, KustoType::String) => other,
        _ => return Ok(Signature::as_given(arguments, KustoType::Bool)),
    };
    Ok(Signature::all(2, together, KustoType::Bool))
}

fn make(_: &[Argument]) -> Made {
    always(|row| equals(row.value(0), row.value(1)) == Some(true))
}

fn make_negated(_: &[Argument]) -> Made {
    always(|row| equals(row.value(0), row.value(1)) != Some(true) && !both_null(row))
}

fn both_null(row: Row<'_>) -> bool {
    row.value(0).is_null() && row.value(1).is_null()
}

/// Whether two values are equal; none where one of them is null.
pub(super) fn equals(left: &Value<'_>, right: &Value<'_>) -> Option<bool> {
    if let (Value::String(left), Value::String(right)) = (left, right) {
        return Some(left == right);
    }
    if left.is_null() || right.is_null() {
        return None;
    }
    Some(compare(left, right) == Some(Ordering::Equal))
}
