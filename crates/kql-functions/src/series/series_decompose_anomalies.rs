use super::answer::columns;
use super::numbers::array;
use super::outliers::{range_of, scores};
use super::series_decompose::decompose;
use crate::function::Column;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new(
    "series_decompose_anomalies",
    Family::Series,
    PARAMETERS,
    Returns::DYNAMIC,
    make,
)
.does("Finds points that lie far from the baseline of a series: flags (1, -1, 0), scores and the baseline.")
.differs(
    "A period that is not given is found by autocorrelation, and percentiles lie on the line between \
             neighbours; the real engine may flag other points near the threshold.",
)
.columns(&[
    Column {
        name: "ad_flag",
        kusto_type: KustoType::Dynamic,
    },
    Column {
        name: "ad_score",
        kusto_type: KustoType::Dynamic,
    },
    Column {
        name: "baseline",
        kusto_type: KustoType::Dynamic,
    },
])
.examples(&[example(
    "print series_decompose_anomalies(dynamic([1, 2, 1, 2, 1, 2, 1, 50, 1, 2, 1, 2]), 1.5, 0, 'avg', 0, 'tukey')[0]",
    "[0,0,0,0,0,0,0,1,0,0,0,0]",
)]);

/// The score from which a point is flagged, where it is not given.
const THRESHOLD: f64 = 1.5;

static PARAMETERS: &[Parameter] = &[
    Parameter::new("series", Accepts::Array, "the series"),
    Parameter::optional("threshold", Accepts::Number, "the score from which a point is flagged"),
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
    Parameter::optional("method", Accepts::STRING, "`ctukey` or `tukey`"),
    Parameter::optional(
        "seasonality_threshold",
        Accepts::Number,
        "how sure a period must be that is looked for",
    ),
];

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let threshold = row.real(1).unwrap_or(THRESHOLD);
        let parts = decompose(row, [2, 3, 4, 6])?;
        let (low, high) = range_of(row.text(5))?;
        let residual: Vec<Option<f64>> = parts.residual.iter().copied().map(Some).collect();
        let scores = scores(&residual, low, high)?;
        let flags = scores
            .iter()
            .map(|score| DynamicBuilder::long(i64::from(*score > threshold) - i64::from(*score < -threshold)));
        Some(columns(vec![
            ("ad_flag", DynamicBuilder::array(flags)),
            ("ad_score", array(scores.iter().copied())),
            ("baseline", array(parts.baseline)),
        ]))
    })
}
