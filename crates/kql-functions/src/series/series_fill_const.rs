use super::missing::elements;
use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("series_fill_const", Family::Series, PARAMETERS, Returns::DYNAMIC, make)
        .does("Fills what is missing with a constant.")
        .sees_nulls()
        .examples(&[example(
            "print series_fill_const(dynamic([111, null, 36]), -1)",
            "[111,-1,36]",
        )]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("series", Accepts::Array, "the series"),
    Parameter::optional(
        "constant_value",
        Accepts::Number,
        "what stands in its place, 0 where it is left out",
    ),
    Parameter::optional(
        "missing_value_placeholder",
        Accepts::Number,
        "what counts as missing, null where it is left out",
    ),
];

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let constant = row.value(1);
        let constant = if constant.is_null() {
            DynamicBuilder::long(0)
        } else {
            DynamicBuilder::value(constant)
        };
        let filled = elements(row, 2)?
            .into_iter()
            .map(|(element, missing)| if missing { &constant } else { element });
        Some(DynamicBuilder::array(filled))
    })
}
