use super::answer::columns;
use super::numbers::{all_reals, array};
use crate::function::Column;
use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("series_fit_poly", Family::Series, PARAMETERS, Returns::DYNAMIC, make)
        .does(
            "The polynomial through a series by least squares, its coefficients from the highest power to the lowest.",
        )
        .columns(&[
            Column {
                name: "rsquare",
                kusto_type: KustoType::Real,
            },
            Column {
                name: "coefficients",
                kusto_type: KustoType::Dynamic,
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
                name: "poly_fit",
                kusto_type: KustoType::Dynamic,
            },
        ])
        .examples(&[example(
            "print array_length(series_fit_poly(dynamic([1, 4, 9, 16, 25]))[1])",
            "3",
        )]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("y_series", Accepts::Array, "the values"),
    Parameter::optional(
        "x_series",
        Accepts::Array,
        "where they lie; 1, 2, 3, … where it is left out",
    ),
    Parameter::optional(
        "degree",
        Accepts::LONG,
        "the highest power, 1 to 5; 2 where it is left out",
    ),
];

/// The highest power, as the real engine has it.
const MOST_DEGREES: i64 = 5;

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let y = all_reals(row.view(0)?)?;
        let x = match row.values().get(1) {
            Some(value) => all_reals(value.view()?)?,
            None => (1..=y.len()).map(|place| place as f64).collect(),
        };
        let degree = if row.values().len() > 2 { row.long(2)? } else { 2 };
        let degree = usize::try_from(degree.clamp(1, MOST_DEGREES)).ok()?;
        if x.len() != y.len() || y.len() <= degree {
            return None;
        }
        let coefficients = fitted(&x, &y, degree)?;
        let fit: Vec<f64> = x.iter().map(|x| evaluated(&coefficients, *x)).collect();
        let (variance, residual) = (spread(&y, &vec![mean(&y); y.len()]), spread(&y, &fit));
        let r_square = if variance > 0.0 { 1.0 - residual / variance } else { 1.0 };
        Some(columns(vec![
            ("rsquare", DynamicBuilder::real(r_square)),
            ("coefficients", array(coefficients.into_iter().rev())),
            ("variance", DynamicBuilder::real(variance)),
            ("rvariance", DynamicBuilder::real(residual)),
            ("poly_fit", array(fit)),
        ]))
    })
}

fn mean(numbers: &[f64]) -> f64 {
    numbers.iter().sum::<f64>() / numbers.len() as f64
}

fn spread(numbers: &[f64], around: &[f64]) -> f64 {
    let squares = numbers
        .iter()
        .zip(around)
        .map(|(number, middle)| (number - middle).powi(2));
    squares.sum::<f64>() / numbers.len() as f64
}

/// The polynomial at a place; the lowest power comes first.
fn evaluated(coefficients: &[f64], x: f64) -> f64 {
    coefficients
        .iter()
        .rev()
        .fold(0.0, |sum, coefficient| sum * x + coefficient)
}

/// The coefficients by the normal equations, the lowest power first.
fn fitted(x: &[f64], y: &[f64], degree: usize) -> Option<Vec<f64>> {
    let size = degree + 1;
    let power_sum = |power: usize| x.iter().map(|x| x.powi(i32::try_from(power).unwrap_or(0))).sum::<f64>();
    let mut rows: Vec<Vec<f64>> = (0..size)
        .map(|row| {
            let right: f64 = x
                .iter()
                .zip(y)
                .map(|(x, y)| x.powi(i32::try_from(row).unwrap_or(0)) * y)
                .sum();
            (0..size).map(|column| power_sum(row + column)).chain([right]).collect()
        })
        .collect();
    for pivot in 0..size {
        let best = (pivot..size).max_by(|left, right| {
            let at = |row: &usize| {
                rows.get(*row)
                    .and_then(|row| row.get(pivot))
                    .map_or(0.0, |value| value.abs())
            };
            at(left).total_cmp(&at(right))
        })?;
        rows.swap(pivot, best);
        let lead = rows.get(pivot)?.clone();
        let head = *lead.get(pivot)?;
        if head == 0.0 {
            return None;
        }
        for (index, row) in rows.iter_mut().enumerate().filter(|(index, _)| *index != pivot) {
            let _ = index;
            let factor = row.get(pivot)? / head;
            row.iter_mut()
                .zip(&lead)
                .for_each(|(value, lead)| *value -= factor * lead);
        }
    }
    rows.iter()
        .enumerate()
        .map(|(index, row)| Some(row.last()? / row.get(index)?))
        .collect()
}
