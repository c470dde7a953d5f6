use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("array_iff", Family::Dynamic, PARAMETERS, Returns::DYNAMIC, make)
    .also(&["array_iif"])
    .does("Chooses element by element between two arrays or values.")
    .sees_nulls()
    .examples(&[
        example(
            "print array_iff(dynamic([true, false, 1]), dynamic([1, 2, 3]), 'no')",
            "[1,\"no\",3]",
        ),
        example(
            "print array_iff(dynamic([1, 0, 50]), 'yes', 'no')",
            "[\"yes\",\"no\",\"yes\"]",
        ),
    ]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("condition_array", Accepts::Array, "truth values or numbers"),
    Parameter::new(
        "when_true",
        Accepts::Scalar,
        "the values where it is true: an array, or one for all",
    ),
    Parameter::new(
        "when_false",
        Accepts::Scalar,
        "the values where it is not: an array, or one for all",
    ),
];

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let conditions = row.view(0)?.elements()?;
        let chosen = conditions
            .enumerate()
            .map(|(index, condition)| match convert::to_bool(&condition.into()) {
                Some(condition) => at(row.value(if condition { 1 } else { 2 }), index),
                None => DynamicBuilder::null(),
            });
        Some(DynamicBuilder::array(chosen))
    })
}

/// The element of an array, or the value itself.
fn at(value: &Value<'_>, index: usize) -> Vec<u8> {
    match value.view().and_then(DynamicView::elements) {
        Some(mut elements) => elements
            .nth(index)
            .map_or_else(DynamicBuilder::null, |view| view.bytes().to_vec()),
        None => DynamicBuilder::value(value),
    }
}
