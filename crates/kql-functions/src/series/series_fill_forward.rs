use super::missing::elements;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new(
    "series_fill_forward",
    Family::Series,
    PARAMETERS,
    Returns::DYNAMIC,
    make,
)
.does("Fills what is missing with the last value before it.")
.sees_nulls()
.examples(&[example(
    "print series_fill_forward(dynamic([null, 1, null, 36]))",
    "[null,1,1,36]",
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
        let mut last: Option<&[u8]> = None;
        let filled = elements(row, 1)?.into_iter().map(|(element, missing)| {
            last = if missing { last } else { Some(element) };
            last.unwrap_or(element)
        });
        Some(DynamicBuilder::array(filled.collect::<Vec<_>>()))
    })
}
