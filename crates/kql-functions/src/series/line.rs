//! Lines through points by least squares.

/// A line through the points (0, y0), (1, y1), …
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) slope: f64,
    /// The slope as the real engine tells it, to the last digit.
    pub(super) told_slope: f64,
    pub(super) intercept: f64,
    /// How far the points spread around their mean.
    pub(super) variance: f64,
    /// How far they spread around the line.
    pub(super) residual_variance: f64,
    pub(super) values: Vec<f64>,
}

impl Line {
    pub(super) fn through(points: &[f64]) -> Option<Self> {
        if points.is_empty() {
            return None;
        }
        let count = points.len() as f64;
        let mean = points.iter().sum::<f64>() / count;
        let middle = (count - 1.0) / 2.0;
        let offset = |index: usize| index as f64 - middle;
        let spread: f64 = (0..points.len()).map(|index| offset(index).powi(2)).sum();
        let rise: f64 = points
            .iter()
            .enumerate()
            .map(|(index, point)| offset(index) * (point - mean))
            .sum();
        let variance = points.iter().map(|point| (point - mean).powi(2)).sum::<f64>() / count;
        let slope = if spread > 0.0 { rise / spread } else { 0.0 };
        let told_slope = by_correlation(variance, spread / count, rise / count);
        let intercept = mean - slope * middle;
        let values: Vec<f64> = (0..points.len())
            .map(|index| intercept + slope * index as f64)
            .collect();
        let residuals = points.iter().zip(&values).map(|(point, value)| (point - value).powi(2));
        let residual_variance = residuals.sum::<f64>() / count;
        Some(Self {
            slope,
            told_slope,
            intercept,
            variance,
            residual_variance,
            values,
        })
    }

    /// How much of the spread the line explains: 0 to 1.
    pub(super) fn r_square(&self) -> f64 {
        explained(self.variance, self.residual_variance)
    }
}

/// The slope by way of the correlation.
fn by_correlation(variance: f64, spread: f64, covariance: f64) -> f64 {
    let (height, width) = (variance.sqrt(), spread.sqrt());
    if height > 0.0 && width > 0.0 {
        covariance / (width * height) * height / width
    } else {
        0.0
    }
}

pub(super) fn explained(variance: f64, residual: f64) -> f64 {
    if variance > 0.0 { 1.0 - residual / variance } else { 1.0 }
}
