use super::answer::columns;
use super::decomposition::{Decomposition, Trend, period_of};
use super::numbers::{all_reals, array};
use crate::function::Column;
use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("series_decompose", Family::Series, PARAMETERS, Returns::DYNAMIC, make)
        .does("Takes a series apart into season, trend and rest; the baseline is season plus trend.")
        .differs(DIFFERENCES)
        .columns(&[
            Column {
                name: "baseline",
                kusto_type: KustoType::Dynamic,
            },
            Column {
                name: "seasonal",
                kusto_type: KustoType::Dynamic,
            },
            Column {
                name: "trend",
                kusto_type: KustoType::Dynamic,
            },
            Column {
                name: "residual",
                kusto_type: KustoType::Dynamic,
            },
        ])
        .examples(&[example(
            "print series_decompose(dynamic([1, 3, 1, 3]), 2)",
            "[[1.0,3.0,1.0,3.0],[1.0,3.0,1.0,3.0],[0.0,0.0,0.0,0.0],[0.0,0.0,0.0,0.0]]",
        )]);

pub(super) const DIFFERENCES: &str =
    "A period that is not given is found by autocorrelation; the real engine may find another one.";
/// How alike a series must be to itself one season later, where that is not given.
const THRESHOLD: f64 = 0.6;

static PARAMETERS: &[Parameter] = &[
    Parameter::new("series", Accepts::Array, "the series"),
    Parameter::optional(
        "period",
        Accepts::Integer,
        "how many points one season has; -1 to look for it, 0 for none",
    ),
    Parameter::optional("trend", Accepts::STRING, "`avg`, `linefit` or `none`"),
    Parameter::optional(
        "test_points",
        Accepts::Integer,
        "how many points at the end are not learnt from",
    ),
    Parameter::optional(
        "seasonality_threshold",
        Accepts::Number,
        "how sure a period must be that is looked for",
    ),
];

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let parts = decompose(row, [1, 2, 3, 4])?;
        Some(columns(vec![
            ("baseline", array(parts.baseline)),
            ("seasonal", array(parts.seasonal)),
            ("trend", array(parts.trend)),
            ("residual", array(parts.residual)),
        ]))
    })
}

/// Reads period, trend, test points and threshold at these places.
pub(super) fn decompose(row: Row<'_>, places: [usize; 4]) -> Option<Decomposition> {
    let [period, trend, test_points, threshold] = places;
    let series = all_reals(row.view(0)?)?;
    let test_points = usize::try_from(row.long(test_points).unwrap_or(0)).ok()?;
    let learnt = series.get(..series.len().checked_sub(test_points)?)?;
    let period = match row.long(period) {
        Some(period) if period >= 0 => usize::try_from(period).ok()?,
        _ => period_of(learnt, row.real(threshold).unwrap_or(THRESHOLD)),
    };
    Decomposition::of(&series, period, Trend::named(row.text(trend))?, test_points)
}
