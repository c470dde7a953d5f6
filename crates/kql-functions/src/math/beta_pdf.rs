use super::beta::{self, density, known};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("beta_pdf", Family::Math, beta::PARAMETERS, Returns::REAL, make)
    .does("The density of the beta distribution at x; no number (NaN) outside 0 to 1.")
    .examples(&[
        example("print round(beta_pdf(0.5, 10.0, 20.0), 12)", "0.746176019311"),
        example("print beta_pdf(-10, 10.0, 20.0)", "NaN"),
    ]);

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let (x, alpha, beta) = (row.real(0)?, row.real(1)?, row.real(2)?);
        Some(if known(x, alpha, beta) {
            density(x, alpha, beta)
        } else {
            f64::NAN
        })
    })
}
