//! Operations on two series element by element, or on a series and one number.

use crate::prelude::*;

pub(super) static PARAMETERS: &[Parameter] = &[
    Parameter::new("series1", Accepts::NumberOrSpan, "a series or a number"),
    Parameter::new("series2", Accepts::NumberOrSpan, "another series or number"),
];

/// What stands at one place.
pub(super) enum Pair {
    Long(i64, i64),
    Real(f64, f64),
}

/// Applies an operation at each place; null where one side has no number.
pub(super) fn make(operation: fn(Pair) -> Option<Vec<u8>>) -> Made {
    maybe(move |row| {
        let length = length(row.value(0)).into_iter().chain(length(row.value(1))).max()?;
        let answer = |index: usize| {
            pair(row, index)
                .and_then(operation)
                .unwrap_or_else(DynamicBuilder::null)
        };
        Some(DynamicBuilder::array((0..length).map(answer)))
    })
}

/// Applies a comparison at each place.
pub(super) fn compare(holds: fn(std::cmp::Ordering) -> bool) -> Made {
    maybe(move |row| {
        let length = length(row.value(0)).into_iter().chain(length(row.value(1))).max()?;
        let answer = |index: usize| {
            let order = match pair(row, index)? {
                Pair::Long(left, right) => Some(left.cmp(&right)),
                Pair::Real(left, right) => left.partial_cmp(&right),
            };
            Some(DynamicBuilder::bool(order.is_some_and(holds)))
        };
        let null = DynamicBuilder::null;
        Some(DynamicBuilder::array(
            (0..length).map(|index| answer(index).unwrap_or_else(null)),
        ))
    })
}

fn length(value: &Value<'_>) -> Option<usize> {
    value.view()?.elements().map(|elements| elements.len())
}

fn pair(row: Row<'_>, index: usize) -> Option<Pair> {
    let (left, right) = (at(row.value(0), index)?, at(row.value(1), index)?);
    match (&left, &right) {
        (Value::Long(left), Value::Long(right)) => Some(Pair::Long(*left, *right)),
        _ => Some(Pair::Real(convert::to_real(&left)?, convert::to_real(&right)?)),
    }
}

fn at<'r>(value: &'r Value<'r>, index: usize) -> Option<Value<'r>> {
    let element = match value.view().and_then(DynamicView::elements) {
        Some(mut elements) => elements.nth(index)?.to_value(),
        None => value.unpacked(),
    };
    match element {
        Value::Int(number) => Some(Value::Long(i64::from(number))),
        Value::Long(_) | Value::Real(_) | Value::Decimal(_) => Some(element),
        _ => None,
    }
}
