use super::Hll;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("dcount_hll", Family::Sketch, PARAMETERS, Returns::LONG, make)
    .does("How many different values a summary of `hll()` or `hll_merge()` saw.")
    .differs("Exact up to 2,048 values, an estimate above, which the real engine makes otherwise.")
    .examples(&[example("print dcount_hll(dynamic(['hll', 1, 2, 3]))", "3")]);

static PARAMETERS: &[Parameter] = &[Parameter::new("hll", Accepts::Array, "the summary")];

fn make(_: &[Argument]) -> Made {
    maybe(|row| Some(Hll::from_dynamic(row.view(0)?)?.count()))
}
