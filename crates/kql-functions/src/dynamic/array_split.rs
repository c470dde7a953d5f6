use crate::operator::list::flatten;
use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("array_split", Family::Dynamic, PARAMETERS, Returns::DYNAMIC, make)
        .does("Splits an array at one or several places into an array of arrays.")
        .examples(&[
            example("print array_split(dynamic([1, 2, 3, 4, 5]), 2)", "[[1,2],[3,4,5]]"),
            example(
                "print array_split(dynamic([1, 2, 3, 4, 5]), dynamic([1, 3]))",
                "[[1],[2,3],[4,5]]",
            ),
        ]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("array", Accepts::Array, "the array"),
    Parameter::new(
        "index",
        Accepts::IntegerOrArray,
        "where to split; from the end where it is negative",
    ),
];

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let elements: Vec<&[u8]> = row.view(0)?.elements()?.map(DynamicView::bytes).collect();
        let count = i64::try_from(elements.len()).ok()?;
        let mut parts = Vec::new();
        let mut rest = elements.as_slice();
        let mut taken = 0;
        for index in flatten(row.values().get(1..)?) {
            let index = convert::to_long(&index)?;
            let place = if index < 0 {
                index.saturating_add(count).max(0)
            } else {
                index.min(count)
            };
            let place = usize::try_from(place).ok()?;
            let (part, after) = rest.split_at_checked(place.saturating_sub(taken).min(rest.len()))?;
            parts.push(DynamicBuilder::array(part));
            taken += part.len();
            rest = after;
        }
        parts.push(DynamicBuilder::array(rest));
        Some(DynamicBuilder::array(parts))
    })
}
