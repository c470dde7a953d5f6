use super::answer::columns;
use super::line::Line;
use super::numbers::{all_reals, array};
use crate::function::Column;
use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("series_fit_line", Family::Series, PARAMETERS, Returns::DYNAMIC, make)
        .does("The line through a series by least squares.")
        .columns(&[
            Column {
                name: "rsquare",
                kusto_type: KustoType::Real,
            },
            Column {
                name: "slope",
                kusto_type: KustoType::Real,
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
                name: "interception",
                kusto_type: KustoType::Real,
            },
            Column {
                name: "line_fit",
                kusto_type: KustoType::Dynamic,
            },
        ])
        .examples(&[example(
            "print series_fit_line(dynamic([2, 2]))",
            "[1.0,0.0,0.0,0.0,2.0,[2.0,2.0]]",
        )]);

pub(super) static PARAMETERS: &[Parameter] = &[Parameter::new("series", Accepts::Array, "the series")];

fn make(_: &[Argument]) -> Made {
    maybe(|row| parts(row).map(columns))
}

/// The parts of the answer with their names.
pub(super) fn parts(row: Row<'_>) -> Option<Vec<(&'static str, Vec<u8>)>> {
    let line = Line::through(&all_reals(row.view(0)?)?)?;
    Some(vec![
        ("rsquare", DynamicBuilder::real(line.r_square())),
        ("slope", DynamicBuilder::real(line.told_slope)),
        ("variance", DynamicBuilder::real(line.variance)),
        ("rvariance", DynamicBuilder::real(line.residual_variance)),
        ("interception", DynamicBuilder::real(line.intercept)),
        ("line_fit", array(line.values)),
    ])
}
