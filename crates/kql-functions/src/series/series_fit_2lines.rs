use super::answer::columns;
use super::line::{Line, explained};
use super::numbers::{all_reals, array};
use crate::function::Column;
use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("series_fit_2lines", Family::Series, PARAMETERS, Returns::DYNAMIC, make)
        .does("The two lines through the halves of a series that fit best, and where they meet.")
        .columns(&[
            Column {
                name: "rsquare",
                kusto_type: KustoType::Real,
            },
            Column {
                name: "split_idx",
                kusto_type: KustoType::Long,
            },
            Column {
                name: "variance",
                kusto_type: KustoType::Real,
            },
            Column {
                name: "rvariance",
                kusto_type: KustoType::Real,
            },
            Column {
                name: "line_fit",
                kusto_type: KustoType::Dynamic,
            },
        ])
        .examples(&[example("print series_fit_2lines(dynamic([1, 2, 3, 9, 8, 7]))[1]", "3")]);

pub(super) static PARAMETERS: &[Parameter] = &[Parameter::new("series", Accepts::Array, "the series")];

fn make(_: &[Argument]) -> Made {
    maybe(|row| parts(row).map(columns))
}

/// The parts of the answer with their names.
pub(super) fn parts(row: Row<'_>) -> Option<Vec<(&'static str, Vec<u8>)>> {
    let points = all_reals(row.view(0)?)?;
    let whole = Line::through(&points)?;
    let splits = (1..points.len()).filter_map(|split| Some((split, halves(&points, split)?)));
    let best = splits.min_by(|left, right| residual(&left.1).total_cmp(&residual(&right.1)));
    let (split, values, residual) = match best {
        Some((split, halves)) => (
            split,
            [halves.0.values.clone(), halves.1.values.clone()].concat(),
            residual(&halves),
        ),
        None => (0, whole.values.clone(), whole.residual_variance),
    };
    Some(vec![
        ("rsquare", DynamicBuilder::real(explained(whole.variance, residual))),
        ("split_idx", DynamicBuilder::long(i64::try_from(split).ok()?)),
        ("variance", DynamicBuilder::real(whole.variance)),
        ("rvariance", DynamicBuilder::real(residual)),
        ("line_fit", array(values)),
    ])
}

fn halves(points: &[f64], split: usize) -> Option<(Line, Line)> {
    let (left, right) = points.split_at_checked(split)?;
    Some((Line::through(left)?, Line::through(right)?))
}

fn residual((left, right): &(Line, Line)) -> f64 {
    let sizes = (left.values.len() as f64, right.values.len() as f64);
    (left.residual_variance * sizes.0 + right.residual_variance * sizes.1) / (sizes.0 + sizes.1)
}
