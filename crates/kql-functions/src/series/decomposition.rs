//! A series as season, trend and rest.

use super::line::Line;

/// The parts of a series; the baseline is season plus trend.
#[derive(Clone, Debug)]
pub(super) struct Decomposition {
    pub(super) baseline: Vec<f64>,
    pub(super) seasonal: Vec<f64>,
    pub(super) trend: Vec<f64>,
    pub(super) residual: Vec<f64>,
}

/// How the trend is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trend {
    Average,
    Line,
    None,
}

impl Trend {
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "" | "avg" => Self::Average,
            "linefit" => Self::Line,
            "none" => Self::None,
            _ => return None,
        })
    }
}

impl Decomposition {
    /// Takes the season (0 for none) and then the trend off; the last points are left out of what is learnt.
    pub(super) fn of(series: &[f64], period: usize, trend: Trend, test_points: usize) -> Option<Self> {
        let learnt = series.get(..series.len().checked_sub(test_points)?)?;
        let seasonal = season(learnt, period, series.len());
        let plain: Vec<f64> = learnt
            .iter()
            .zip(&seasonal)
            .map(|(number, season)| number - season)
            .collect();
        let trend = trend_of(&plain, trend, series.len());
        let baseline: Vec<f64> = seasonal
            .iter()
            .zip(&trend)
            .map(|(season, trend)| season + trend)
            .collect();
        let residual = series
            .iter()
            .zip(&baseline)
            .map(|(number, base)| number - base)
            .collect();
        Some(Self {
            baseline,
            seasonal,
            trend,
            residual,
        })
    }
}

/// The median of the points of each phase; nothing without a period.
pub(super) fn season(learnt: &[f64], period: usize, length: usize) -> Vec<f64> {
    if period == 0 {
        return vec![0.0; length];
    }
    let phase = |phase: usize| median(learnt.iter().skip(phase).step_by(period).copied().collect());
    let phases: Vec<f64> = (0..period.min(length)).map(phase).collect();
    (0..length)
        .map(|index| phases.get(index % period).copied().unwrap_or(0.0))
        .collect()
}

fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    let middle = numbers.len() / 2;
    let at = |index: usize| numbers.get(index).copied().unwrap_or(0.0);
    if numbers.len() % 2 == 1 {
        at(middle)
    } else {
        f64::midpoint(at(middle.saturating_sub(1)), at(middle))
    }
}

fn trend_of(plain: &[f64], trend: Trend, length: usize) -> Vec<f64> {
    let line = Line::through(plain);
    match (trend, line) {
        (Trend::Average, Some(_)) => vec![plain.iter().sum::<f64>() / plain.len() as f64; length],
        (Trend::Line, Some(line)) => (0..length)
            .map(|index| line.intercept + line.slope * index as f64)
            .collect(),
        _ => vec![0.0; length],
    }
}

/// The period a series repeats itself in: the first peak of its autocorrelation over the threshold; 0 where there is
/// none.
pub(super) fn period_of(series: &[f64], threshold: f64) -> usize {
    let longest = (series.len() / 2).min(LONGEST_PERIOD);
    let scores = scores(series, longest);
    let score = |lag: usize| scores.get(lag).copied().unwrap_or(f64::NEG_INFINITY);
    let peaks = (2..longest).filter(|lag| score(*lag) >= score(lag - 1) && score(*lag) >= score(lag + 1));
    let best = peaks.max_by(|left, right| score(*left).total_cmp(&score(*right)).then(right.cmp(left)));
    best.filter(|lag| score(*lag) >= threshold).unwrap_or(0)
}

/// How like a series without its line is to itself some points later, for each number of points up to a longest one.
pub(super) fn scores(series: &[f64], longest: usize) -> Vec<f64> {
    let Some(line) = Line::through(series) else {
        return Vec::new();
    };
    let plain: Vec<f64> = series
        .iter()
        .zip(&line.values)
        .map(|(number, value)| number - value)
        .collect();
    (0..=longest.min(LONGEST_PERIOD))
        .map(|lag| autocorrelation(&plain, lag))
        .collect()
}

/// Longer periods are not looked for, so that long series stay quick.
const LONGEST_PERIOD: usize = 4096;

fn autocorrelation(plain: &[f64], lag: usize) -> f64 {
    let shifted = plain.get(lag..).unwrap_or_default();
    let product: f64 = plain.iter().zip(shifted).map(|(left, right)| left * right).sum();
    let head: f64 = plain.iter().take(shifted.len()).map(|number| number * number).sum();
    let tail: f64 = shifted.iter().map(|number| number * number).sum();
    if head * tail > 0.0 {
        product / (head * tail).sqrt()
    } else {
        0.0
    }
}
