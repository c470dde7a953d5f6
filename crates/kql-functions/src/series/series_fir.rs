use super::numbers::all_reals;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("series_fir", Family::Series, PARAMETERS, Returns::DYNAMIC, make)
    .does("Applies a finite impulse response filter to a series.")
    .examples(&[
        example(
            "print series_fir(dynamic([5, 15, 10, 20]), dynamic([1, -1]), false, false)",
            "[5,10,-5,10]",
        ),
        example("print series_fir(dynamic([2, 4, 6]), dynamic([1, 1]))", "[1.0,3.0,5.0]"),
    ]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("series", Accepts::Array, "the series"),
    Parameter::new("filter", Accepts::Array, "the coefficients"),
    Parameter::optional(
        "normalize",
        Accepts::BOOL,
        "whether the coefficients are divided by their sum",
    ),
    Parameter::optional("center", Accepts::BOOL, "whether the filter looks both ways"),
];

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let (series, filter) = (all_reals(row.view(0)?)?, all_reals(row.view(1)?)?);
        let negative = filter.iter().any(|coefficient| *coefficient < 0.0);
        let normalize = row.bool(2).unwrap_or(!negative);
        if normalize && negative {
            return None;
        }
        let whole = !normalize && is_whole(row.view(0)?) && is_whole(row.view(1)?);
        let divisor = if normalize { filter.iter().sum() } else { 1.0 };
        let ahead = if row.bool(3).unwrap_or(false) {
            filter.len() / 2
        } else {
            0
        };
        let filtered = (0..series.len()).map(|index| {
            let place = |back: usize| (index + ahead).checked_sub(back).and_then(|place| series.get(place));
            let terms = filter
                .iter()
                .enumerate()
                .filter_map(|(back, factor)| Some(factor * place(back)?));
            let number = terms.sum::<f64>() / divisor;
            if whole {
                DynamicBuilder::long(number as i64)
            } else {
                DynamicBuilder::real(number)
            }
        });
        Some(DynamicBuilder::array(filtered))
    })
}

fn is_whole(view: DynamicView<'_>) -> bool {
    view.elements()
        .is_some_and(|mut elements| elements.all(|element| matches!(element.kind(), Kind::Long(_))))
}
