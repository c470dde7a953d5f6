use super::TDigest;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("merge_tdigest", Family::Sketch, PARAMETERS, Returns::DYNAMIC, make)
    .also(&["tdigest_merge"])
    .does("Puts summaries of `tdigest()` together. In `summarize` it is an aggregation.")
    .examples(&[example(
        "print percentile_tdigest(merge_tdigest(dynamic(['tdigest', 'long', 1, 1]), dynamic(['tdigest', 'long', 3, 1])), 100)",
        "3",
    )]);

static PARAMETERS: &[Parameter] = &[Parameter::repeated("tdigest", Accepts::Array, 2, "a summary")];

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let mut all = TDigest::new(KustoType::Real);
        for value in row.values() {
            all.merge(&TDigest::from_dynamic(value.view()?)?);
        }
        Some(all.to_dynamic())
    })
}
