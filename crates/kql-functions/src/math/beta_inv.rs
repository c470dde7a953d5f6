use super::beta::cumulative;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("beta_inv", Family::Math, PARAMETERS, Returns::REAL, make)
    .does("The number that a number of the beta distribution is at most with a likelihood; no number (NaN) outside 0 to 1.")
    .examples(&[
        example("print round(beta_inv(0.1, 10.0, 20.0), 6)", "0.226415"),
        example("print beta_inv(1.5, 10.0, 20.0)", "NaN"),
    ]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("probability", Accepts::NumberAsReal, "the likelihood, 0 to 1"),
    Parameter::new("alpha", Accepts::NumberAsReal, "the first shape, more than 0"),
    Parameter::new("beta", Accepts::NumberAsReal, "the second shape, more than 0"),
];

/// Halvings until a real cannot be told apart any more.
const HALVINGS: u32 = 64;

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let (probability, alpha, beta) = (row.real(0)?, row.real(1)?, row.real(2)?);
        if !(0.0..=1.0).contains(&probability) || alpha <= 0.0 || beta <= 0.0 {
            return Some(f64::NAN);
        }
        let (mut low, mut high) = (0.0, 1.0);
        for _ in 0..HALVINGS {
            let middle = f64::midpoint(low, high);
            if cumulative(middle, alpha, beta) < probability {
                low = middle;
            } else {
                high = middle;
            }
        }
        Some(f64::midpoint(low, high))
    })
}
