use super::answer::columns;
use super::numbers::reals;
use crate::function::Column;
use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("series_stats", Family::Series, PARAMETERS, Returns::DYNAMIC, make)
        .does("Smallest, largest, mean and spread of a series.")
        .columns(&[
            Column {
                name: "min",
                kusto_type: KustoType::Real,
            },
            Column {
                name: "min_idx",
                kusto_type: KustoType::Long,
            },
            Column {
                name: "max",
                kusto_type: KustoType::Real,
            },
            Column {
                name: "max_idx",
                kusto_type: KustoType::Long,
            },
            Column {
                name: "avg",
                kusto_type: KustoType::Real,
            },
            Column {
                name: "stdev",
                kusto_type: KustoType::Real,
            },
            Column {
                name: "variance",
                kusto_type: KustoType::Real,
            },
        ])
        .examples(&[example(
            "print series_stats(dynamic([1, 3]))",
            "[1.0,0,3.0,1,2.0,1.4142135623730951,2.0,4.0,2]",
        )]);

pub(super) static PARAMETERS: &[Parameter] = &[
    Parameter::new("series", Accepts::Array, "the series"),
    Parameter::optional(
        "ignore_nonfinite",
        Accepts::BOOL,
        "whether nulls and infinite numbers are left out",
    ),
];

fn make(_: &[Argument]) -> Made {
    maybe(|row| parts(row).map(columns))
}

/// The parts of the answer with their names.
pub(super) fn parts(row: Row<'_>) -> Option<Vec<(&'static str, Vec<u8>)>> {
    let numbers = reals(row.view(0)?)?;
    let ignore = row.bool(1).unwrap_or(false);
    let finite = |number: &Option<f64>| number.filter(|number| number.is_finite());
    let kept: Vec<(usize, f64)> = numbers
        .iter()
        .enumerate()
        .filter_map(|(index, number)| Some((index, finite(number)?)))
        .collect();
    if kept.is_empty() || (!ignore && kept.len() < numbers.len()) {
        return None;
    }
    let count = kept.len() as f64;
    let sum: f64 = kept.iter().map(|(_, number)| number).sum();
    let mean = sum / count;
    let squares: f64 = kept.iter().map(|(_, number)| (number - mean).powi(2)).sum();
    let variance = if kept.len() > 1 { squares / (count - 1.0) } else { 0.0 };
    let first = |wins: fn(f64, f64) -> bool| {
        kept.iter()
            .copied()
            .reduce(|best, next| if wins(next.1, best.1) { next } else { best })
            .unwrap_or_default()
    };
    let (smallest, largest) = (first(|next, best| next < best), first(|next, best| next > best));
    let place = |index: usize| DynamicBuilder::long(i64::try_from(index).unwrap_or(i64::MAX));
    Some(vec![
        ("min", DynamicBuilder::real(smallest.1)),
        ("min_idx", place(smallest.0)),
        ("max", DynamicBuilder::real(largest.1)),
        ("max_idx", place(largest.0)),
        ("avg", DynamicBuilder::real(mean)),
        ("stdev", DynamicBuilder::real(variance.sqrt())),
        ("variance", DynamicBuilder::real(variance)),
        ("sum", DynamicBuilder::real(sum)),
        ("len", place(numbers.len())),
    ])
}
