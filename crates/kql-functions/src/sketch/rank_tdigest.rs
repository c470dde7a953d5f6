use super::TDigest;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("rank_tdigest", Family::Sketch, PARAMETERS, Returns::REAL, make)
    .does("How many values of a summary are at most as large as a value.")
    .examples(&[example(
        "print rank_tdigest(dynamic(['tdigest', 'long', 1, 1, 2, 1, 3, 2]), 2)",
        "2.0",
    )]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("tdigest", Accepts::Array, "the summary"),
    Parameter::new("value", Accepts::Scalar, "the value"),
];

fn make(_: &[Argument]) -> Made {
    maybe(|row| TDigest::from_dynamic(row.view(0)?)?.rank(row.value(1)))
}
