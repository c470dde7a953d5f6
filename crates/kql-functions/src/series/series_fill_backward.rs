use super::missing::elements;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new(
    "series_fill_backward",
    Family::Series,
    PARAMETERS,
    Returns::DYNAMIC,
    make,
)
.does("Fills what is missing with the next value after it.")
.sees_nulls()
.examples(&[example(
    "print series_fill_backward(dynamic([111, null, 36, null]))",
    "[111,36,36,null]",
)]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("series", Accepts::Array, "the series"),
    Parameter::optional(
        "missing_value_placeholder",
        Accepts::Number,
        "what counts as missing, null where it is left out",
    ),
];

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let mut next: Option<&[u8]> = None;
        let filled = elements(row, 1)?.into_iter().rev().map(|(element, missing)| {
            next = if missing { next } else { Some(element) };
            next.unwrap_or(element)
        });
        let mut filled: Vec<&[u8]> = filled.collect();
        filled.reverse();
        Some(DynamicBuilder::array(filled))
    })
}
