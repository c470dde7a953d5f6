//! Periods of a series and how well they explain it.

use super::answer::columns;
use super::decomposition::scores;
use super::numbers::array;
use crate::function::Column;
use crate::prelude::*;

/// The columns of both functions.
pub(super) static COLUMNS: &[Column] = &[
    Column {
        name: "periods",
        kusto_type: KustoType::Dynamic,
    },
    Column {
        name: "scores",
        kusto_type: KustoType::Dynamic,
    },
];

/// What the documentation says about them.
pub(super) const DIFFERENCE: &str = "Scores are autocorrelations; the real engine weighs them otherwise.";

/// Periods with their scores as two arrays.
pub(super) fn answer(found: &[(f64, f64)]) -> Vec<u8> {
    columns(vec![
        ("periods", array(found.iter().map(|(period, _)| *period))),
        ("scores", array(found.iter().map(|(_, score)| *score))),
    ])
}

/// How well each length of time explains the series, from 0 to 1.
pub(super) fn score_of(series: &[f64], longest: usize) -> Vec<f64> {
    scores(series, longest)
        .into_iter()
        .map(|score| score.clamp(0.0, 1.0))
        .collect()
}
