use super::TDigest;
use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("percentrank_tdigest", Family::Sketch, PARAMETERS, Returns::REAL, make)
        .does("The part of the values of a summary that are at most as large as a value, in percent.")
        .examples(&[example(
            "print percentrank_tdigest(dynamic(['tdigest', 'long', 1, 1, 2, 1, 3, 2]), 2)",
            "50.0",
        )]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("tdigest", Accepts::Array, "the summary"),
    Parameter::new("value", Accepts::Scalar, "the value"),
];

fn make(_: &[Argument]) -> Made {
    maybe(|row| TDigest::from_dynamic(row.view(0)?)?.percent_rank(row.value(1)))
}
