//! Scores of how far numbers lie outside their usual range (Tukey's fences).

/// A share of the numbers as a percentile, on the line between neighbours.
fn percentile(sorted: &[f64], percent: f64) -> Option<f64> {
    let place = percent / 100.0 * (sorted.len().checked_sub(1)?) as f64;
    let low = sorted.get(place.floor() as usize)?;
    let high = sorted.get(place.ceil() as usize)?;
    Some(low + (high - low) * place.fract())
}

/// 0 within the range between two percentiles; outside how many of its widths a number is away.
pub(super) fn scores(numbers: &[Option<f64>], low: f64, high: f64) -> Option<Vec<f64>> {
    let mut sorted: Vec<f64> = numbers
        .iter()
        .flatten()
        .copied()
        .filter(|number| number.is_finite())
        .collect();
    sorted.sort_by(f64::total_cmp);
    let (low, high) = (percentile(&sorted, low)?, percentile(&sorted, high)?);
    let width = high - low;
    let score = |number: f64| match number {
        _ if width <= 0.0 => 0.0,
        above if above > high => (above - high) / width,
        below if below < low => (below - low) / width,
        _ => 0.0,
    };
    Some(numbers.iter().map(|number| number.map_or(0.0, score)).collect())
}

/// The percentiles of a method: `ctukey` 10 and 90, `tukey` 25 and 75.
pub(super) fn range_of(method: &str) -> Option<(f64, f64)> {
    match method {
        "" | "ctukey" => Some((10.0, 90.0)),
        "tukey" => Some((25.0, 75.0)),
        _ => None,
    }
}
