use super::beta::{self, cumulative, known};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("beta_cdf", Family::Math, beta::PARAMETERS, Returns::REAL, make)
    .does("How likely a number of the beta distribution is at most x; no number (NaN) outside 0 to 1.")
    .examples(&[
        example("print round(beta_cdf(0.9, 10.0, 20.0), 12)", "1.0"),
        example("print beta_cdf(1.5, 10.0, 20.0)", "NaN"),
    ]);

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let (x, alpha, beta) = (row.real(0)?, row.real(1)?, row.real(2)?);
        Some(if known(x, alpha, beta) {
            cumulative(x, alpha, beta)
        } else {
            f64::NAN
        })
    })
}
