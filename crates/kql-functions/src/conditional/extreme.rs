//! What the largest and the smallest of several values have in common.

use crate::prelude::*;
use std::cmp::Ordering;

use whotalks_kql_values::compare;

pub(super) static PARAMETERS: &[Parameter] = &[Parameter::repeated("value", Accepts::Scalar, 1, "a value")];

pub(super) fn signature(function: &'static Function, arguments: &[Argument]) -> Result<Signature, FunctionError> {
    let types = turn(function, arguments)?;
    let result = common(types.iter().copied());
    if result == KustoType::Dynamic {
        return Err(FunctionError::TypesDoNotFit {
            function: function.name,
            given: types,
        });
    }
    Ok(Signature::all(arguments.len(), result, result))
}

/// The value that comes first in an order; nulls are left out, what is no number (NaN) wins.
pub(super) fn make(wins: Ordering) -> Made {
    maybe_borrowing(move |row| {
        let mut values = row.values().iter().filter(|value| !value.is_null());
        let first = values.next()?;
        let best = values.fold(first, |best, value| {
            let better = is_nan(value) || (!is_nan(best) && compare(value, best) == Some(wins));
            if better { value } else { best }
        });
        Some(best.borrowed())
    })
}

fn is_nan(value: &Value<'_>) -> bool {
    matches!(value, Value::Real(value) if value.is_nan())
}
