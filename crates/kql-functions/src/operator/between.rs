use crate::prelude::*;
use std::cmp::Ordering;

use whotalks_kql_values::compare;

use super::order::comparable;

pub(super) static FUNCTION: Function = Function::new(
    "between",
    Family::Operator,
    PARAMETERS,
    Returns::Own(signature),
    make,
)
.does("Whether a value lies between two others, both included. A length of time as the end counts from the beginning.")
.sees_nulls()
.examples(&[
    example("print 3 between (1 .. 5)", "True"),
    example(
        "print datetime(2020-01-10) between (datetime(2020-01-01) .. 7d)",
        "False",
    ),
]);

pub(super) static NEGATED: Function = Function::new(
    "!between",
    Family::Operator,
    PARAMETERS,
    Returns::Own(signature),
    make_negated,
)
.does("The opposite of `between`.")
.sees_nulls()
.examples(&[example("print 3 !between (4 .. 5)", "True")]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("value", Accepts::Scalar, "the value"),
    Parameter::new("low", Accepts::Scalar, "the beginning"),
    Parameter::new("high", Accepts::Scalar, "the end"),
];

fn signature(function: &'static Function, arguments: &[Argument]) -> Result<Signature, FunctionError> {
    let given = super::operands::types(function, arguments, 3)?;
    let fits = match given.as_slice() {
        [KustoType::DateTime, KustoType::DateTime, KustoType::TimeSpan] => true,
        [value, low, high] => comparable(*value, *low) && comparable(*value, *high),
        _ => false,
    };
    if fits {
        Ok(Signature::as_given(arguments, KustoType::Bool))
    } else {
        Err(super::operands::do_not_fit(function, arguments))
    }
}

fn make(_: &[Argument]) -> Made {
    always(lies_between)
}

fn make_negated(_: &[Argument]) -> Made {
    always(|row| !row.value(0).is_null() && !lies_between(row))
}

fn lies_between(row: Row<'_>) -> bool {
    let value = row.value(0);
    let after = compare(value, row.value(1)).is_some_and(Ordering::is_ge);
    let span = row.datetime(1).zip(row.timespan(2));
    let end = span.map(|(low, span)| low.checked_add(span).unwrap_or(DateTime::MAX).into());
    after && compare(value, end.as_ref().unwrap_or(row.value(2))).is_some_and(Ordering::is_le)
}
