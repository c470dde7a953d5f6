use super::Hll;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("hll_merge", Family::Sketch, PARAMETERS, Returns::DYNAMIC, make)
    .does("Puts summaries of `hll()` together. In `summarize` it is an aggregation.")
    .examples(&[example(
        "print dcount_hll(hll_merge(dynamic(['hll', 1, 2]), dynamic(['hll', 2, 3])))",
        "3",
    )]);

static PARAMETERS: &[Parameter] = &[Parameter::repeated("hll", Accepts::Array, 2, "a summary")];

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let mut all = Hll::default();
        for value in row.values() {
            all.merge(&Hll::from_dynamic(value.view()?)?);
        }
        Some(all.to_dynamic())
    })
}
