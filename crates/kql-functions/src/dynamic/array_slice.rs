use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("array_slice", Family::Dynamic, PARAMETERS, Returns::DYNAMIC, make)
        .does("Cuts a piece out of an array, both ends included.")
        .examples(&[
            example("print array_slice(dynamic([1, 2, 3, 4]), 1, 2)", "[2,3]"),
            example("print array_slice(dynamic([1, 2, 3, 4]), -3, -2)", "[2,3]"),
        ]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("array", Accepts::Array, "the array"),
    Parameter::new(
        "start",
        Accepts::Integer,
        "the first element; from the end where it is negative",
    ),
    Parameter::new(
        "end",
        Accepts::Integer,
        "the last element; from the end where it is negative",
    ),
];

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let elements = row.view(0)?.elements()?;
        let count = i64::try_from(elements.len()).ok()?;
        let place = |index: i64| {
            if index < 0 {
                index.saturating_add(count).max(0)
            } else {
                index
            }
        };
        let (start, end) = (place(row.long(1)?), place(row.long(2)?).min(count - 1));
        let length = usize::try_from(end.saturating_add(1).saturating_sub(start)).unwrap_or(0);
        let slice = elements.skip(usize::try_from(start).ok()?).take(length);
        Some(DynamicBuilder::array(slice.map(DynamicView::bytes)))
    })
}
