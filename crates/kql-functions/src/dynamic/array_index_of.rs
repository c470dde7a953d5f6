use crate::prelude::*;
use std::cmp::Ordering;

use whotalks_kql_values::compare;

use crate::string::window::Window;

pub(super) static FUNCTION: Function =
    Function::new("array_index_of", Family::Dynamic, PARAMETERS, Returns::LONG, make)
        .does("Finds where a value stands in an array, counted from 0; -1 where it does not.")
        .examples(&[
            example("print array_index_of(dynamic(['a', 'b', 'c', 'b']), 'b')", "1"),
            example("print array_index_of(dynamic(['a', 'b', 'c', 'b']), 'b', 2)", "3"),
            example("print array_index_of(dynamic([5, 15, 25]), 25.0)", "2"),
        ]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("array", Accepts::Array, "the array"),
    Parameter::new("value", Accepts::Scalar, "the value to look for"),
    Parameter::optional(
        "start",
        Accepts::Integer,
        "where to begin; from the end where it is negative",
    ),
    Parameter::optional(
        "length",
        Accepts::Integer,
        "how many elements to look through; -1 for all",
    ),
    Parameter::optional("occurrence", Accepts::Integer, "which match counts"),
];

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let elements: Vec<DynamicView<'_>> = row.view(0)?.elements()?.collect();
        let window = Window::of_row(row, elements.len())?;
        let same = |view: &DynamicView<'_>| compare(&(*view).into(), row.value(1)) == Some(Ordering::Equal);
        let within = elements.get(window.start..window.end).unwrap_or_default();
        let found = within
            .iter()
            .enumerate()
            .filter(|(_, view)| same(view))
            .nth(window.occurrence - 1);
        found.map_or(Some(-1), |(index, _)| i64::try_from(window.start + index).ok())
    })
}
