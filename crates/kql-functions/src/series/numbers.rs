//! Series as numbers.

use crate::prelude::*;

/// The elements as reals; none where the value is no array, and for what is no number.
pub(super) fn reals(view: DynamicView<'_>) -> Option<Vec<Option<f64>>> {
    Some(view.elements()?.map(|element| real(element)).collect())
}

/// The elements as reals; none where one of them is no number.
pub(super) fn all_reals(view: DynamicView<'_>) -> Option<Vec<f64>> {
    view.elements()?.map(|element| real(element)).collect()
}

fn real(element: DynamicView<'_>) -> Option<f64> {
    match element.kind() {
        Kind::Long(number) => Some(number as f64),
        Kind::Real(number) => Some(number),
        Kind::Decimal(number) => Some(number.to_real()),
        Kind::Bool(value) => Some(if value { 1.0 } else { 0.0 }),
        _ => None,
    }
}

/// A number, or null where it is none.
pub(super) fn bytes(number: Option<f64>) -> Vec<u8> {
    number.map_or_else(DynamicBuilder::null, DynamicBuilder::real)
}

pub(super) fn array(numbers: impl IntoIterator<Item = f64>) -> Vec<u8> {
    DynamicBuilder::array(numbers.into_iter().map(DynamicBuilder::real))
}

/// Applies a function to every number of a series.
pub(super) fn map(function: fn(f64) -> f64) -> Made {
    maybe(move |row| {
        let numbers = reals(row.view(0)?)?;
        Some(DynamicBuilder::array(
            numbers.into_iter().map(|number| bytes(number.map(function))),
        ))
    })
}
