//! The beta distribution.

use crate::prelude::*;

pub(super) static PARAMETERS: &[Parameter] = &[
    Parameter::new("x", Accepts::NumberAsReal, "the number, 0 to 1"),
    Parameter::new("alpha", Accepts::NumberAsReal, "the first shape, more than 0"),
    Parameter::new("beta", Accepts::NumberAsReal, "the second shape, more than 0"),
];

/// Steps of the continued fraction; it settles long before.
const MOST_STEPS: u32 = 300;
const SETTLED: f64 = 1e-16;
/// Stands in for zero in a denominator (the method of Lentz).
const TINY: f64 = 1e-300;

/// Whether the numbers have a meaning.
pub(super) fn known(x: f64, alpha: f64, beta: f64) -> bool {
    (0.0..=1.0).contains(&x) && alpha > 0.0 && beta > 0.0
}

/// The logarithm of x^alpha (1 - x)^beta over the beta function.
fn log_factor(x: f64, alpha: f64, beta: f64) -> f64 {
    let log_beta = libm::lgamma(alpha) + libm::lgamma(beta) - libm::lgamma(alpha + beta);
    alpha * x.ln() + beta * (-x).ln_1p() - log_beta
}

/// The density at x.
pub(super) fn density(x: f64, alpha: f64, beta: f64) -> f64 {
    log_factor(x, alpha, beta).exp() / (x * (1.0 - x))
}

/// How likely it is to be at most x: the regularised incomplete beta function.
pub(super) fn cumulative(x: f64, alpha: f64, beta: f64) -> f64 {
    if x <= 0.0 || x >= 1.0 {
        return x;
    }
    let factor = log_factor(x, alpha, beta).exp();
    if x < (alpha + 1.0) / (alpha + beta + 2.0) {
        factor * fraction(x, alpha, beta) / alpha
    } else {
        1.0 - factor * fraction(1.0 - x, beta, alpha) / beta
    }
}

/// The continued fraction of the incomplete beta function (Abramowitz and Stegun 26.5.8).
fn fraction(x: f64, alpha: f64, beta: f64) -> f64 {
    let safe = |number: f64| if number.abs() < TINY { TINY } else { number };
    let mut above = 1.0;
    let mut below = 1.0 / safe(1.0 - (alpha + beta) * x / (alpha + 1.0));
    let mut value = below;
    for step in 1..MOST_STEPS {
        let m = f64::from(step);
        let even = m * (beta - m) * x / ((alpha + 2.0 * m - 1.0) * (alpha + 2.0 * m));
        let odd = -(alpha + m) * (alpha + beta + m) * x / ((alpha + 2.0 * m) * (alpha + 2.0 * m + 1.0));
        let mut change = 1.0;
        for term in [even, odd] {
            below = 1.0 / safe(1.0 + term * below);
            above = safe(1.0 + term / above);
            change = above * below;
            value *= change;
        }
        if (change - 1.0).abs() < SETTLED {
            break;
        }
    }
    value
}
