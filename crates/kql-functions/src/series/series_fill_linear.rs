use super::missing::elements;
use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("series_fill_linear", Family::Series, PARAMETERS, Returns::DYNAMIC, make)
        .does("Fills what is missing on a line between its neighbours; whole numbers stay whole.")
        .sees_nulls()
        .examples(&[
            example(
                "print series_fill_linear(dynamic([null, 111, null, 36, 41, null]))",
                "[111,111,73,36,41,41]",
            ),
            example(
                "print series_fill_linear(dynamic([1.0, null, 2.0, null]), double(null), false)",
                "[1.0,1.5,2.0,null]",
            ),
        ]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("series", Accepts::Array, "the series"),
    Parameter::optional(
        "missing_value_placeholder",
        Accepts::Number,
        "what counts as missing, null where it is left out",
    ),
    Parameter::optional(
        "fill_edges",
        Accepts::BOOL,
        "whether the ends are filled with the nearest value, as they are where it is left out",
    ),
    Parameter::optional(
        "constant_value",
        Accepts::Number,
        "what fills a series without any value, 0 where it is left out",
    ),
];

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let elements = elements(row, 1)?;
        let known: Vec<(usize, f64)> = elements
            .iter()
            .enumerate()
            .filter(|(_, (_, missing))| !missing)
            .filter_map(|(index, (element, _))| Some((index, number(element)?)))
            .collect();
        let whole = elements.iter().all(|(element, missing)| *missing || is_whole(element));
        let write = |number: f64| {
            if whole {
                DynamicBuilder::long(number as i64)
            } else {
                DynamicBuilder::real(number)
            }
        };
        if known.is_empty() {
            let constant = row.real(3).unwrap_or(0.0);
            return Some(DynamicBuilder::array(
                elements.iter().map(|_| DynamicBuilder::real(constant)),
            ));
        }
        let edges = row.bool(2).unwrap_or(true);
        let filled = elements
            .iter()
            .enumerate()
            .map(|(index, (element, missing))| match missing {
                false => element.to_vec(),
                true => between(&known, index, edges).map_or_else(|| element.to_vec(), write),
            });
        Some(DynamicBuilder::array(filled))
    })
}

fn number(element: &[u8]) -> Option<f64> {
    convert::to_real(&DynamicView::new(element).to_value())
}

fn is_whole(element: &[u8]) -> bool {
    matches!(DynamicView::new(element).kind(), Kind::Long(_))
}

/// The value on the line between the known neighbours of a place; at the ends the nearest one, where that is wanted.
fn between(known: &[(usize, f64)], index: usize, edges: bool) -> Option<f64> {
    let after = known.partition_point(|(place, _)| *place < index);
    let left = after.checked_sub(1).and_then(|place| known.get(place));
    match (left, known.get(after)) {
        (Some((from, start)), Some((to, end))) => {
            Some(start + (end - start) * (index - from) as f64 / (to - from) as f64)
        }
        (Some((_, value)), None) | (None, Some((_, value))) => edges.then_some(*value),
        (None, None) => None,
    }
}
