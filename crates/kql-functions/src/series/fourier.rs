//! The discrete Fourier transform: halves are transformed by themselves as long as the length is even.

use super::answer::columns;
use super::numbers::{all_reals, array};
use crate::function::Column;
use crate::prelude::*;

/// The longest series whose odd part is worked out term by term.
const MOST_POINTS: usize = 65_536;

/// The columns of both directions.
pub(super) static COLUMNS: &[Column] = &[
    Column {
        name: "real",
        kusto_type: KustoType::Dynamic,
    },
    Column {
        name: "imag",
        kusto_type: KustoType::Dynamic,
    },
];

pub(super) static PARAMETERS: &[Parameter] = &[
    Parameter::new("real", Accepts::Array, "the real parts"),
    Parameter::optional(
        "imaginary",
        Accepts::Array,
        "the imaginary parts; none where they are left out",
    ),
];

/// A complex number.
type Complex = (f64, f64);

/// Evaluates one direction; `sign` is -1 forwards and 1 backwards.
pub(super) fn make(sign: f64) -> Made {
    maybe(move |row| {
        let real = all_reals(row.view(0)?)?;
        let imaginary = match row.values().get(1) {
            Some(value) => all_reals(value.view()?)?,
            None => vec![0.0; real.len()],
        };
        if real.len() != imaginary.len() || real.len() > MOST_POINTS {
            return None;
        }
        let points: Vec<Complex> = real.into_iter().zip(imaginary).collect();
        let scale = if sign > 0.0 { 1.0 / points.len() as f64 } else { 1.0 };
        let found = transformed(&points, sign);
        Some(columns(vec![
            ("real", array(found.iter().map(|point| point.0 * scale))),
            ("imag", array(found.iter().map(|point| point.1 * scale))),
        ]))
    })
}

fn transformed(points: &[Complex], sign: f64) -> Vec<Complex> {
    let count = points.len();
    if count < 2 || !count.is_multiple_of(2) {
        return (0..count).map(|index| term(points, index, sign)).collect();
    }
    let half = |first: usize| -> Vec<Complex> { points.iter().skip(first).step_by(2).copied().collect() };
    let (even, odd) = (transformed(&half(0), sign), transformed(&half(1), sign));
    let turned: Vec<Complex> = odd
        .iter()
        .enumerate()
        .map(|(index, point)| product(*point, turn(index, count, sign)))
        .collect();
    let sums = even
        .iter()
        .zip(&turned)
        .map(|(left, right)| (left.0 + right.0, left.1 + right.1));
    let differences = even
        .iter()
        .zip(&turned)
        .map(|(left, right)| (left.0 - right.0, left.1 - right.1));
    sums.chain(differences).collect()
}

fn term(points: &[Complex], index: usize, sign: f64) -> Complex {
    let turned = points.iter().enumerate();
    let turned = turned.map(|(place, point)| product(*point, turn(place * index % points.len(), points.len(), sign)));
    turned.fold((0.0, 0.0), |sum, part| (sum.0 + part.0, sum.1 + part.1))
}

fn turn(index: usize, count: usize, sign: f64) -> Complex {
    let angle = sign * std::f64::consts::TAU * index as f64 / count as f64;
    (angle.cos(), angle.sin())
}

fn product(left: Complex, right: Complex) -> Complex {
    (left.0 * right.0 - left.1 * right.1, left.0 * right.1 + left.1 * right.0)
}
