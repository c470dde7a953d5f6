use crate::prelude::*;
use std::cmp::Ordering;

use whotalks_kql_values::compare;

pub(super) static FUNCTION: Function =
    Function::new("set_has_element", Family::Dynamic, PARAMETERS, Returns::BOOL, make)
        .does("Whether an array has a value.")
        .examples(&[example("print set_has_element(dynamic(['a', 'b']), 'b')", "True")]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("set", Accepts::Array, "the array"),
    Parameter::new("value", Accepts::Scalar, "the value to look for"),
];

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let same = |element: DynamicView<'_>| compare(&element.into(), row.value(1)) == Some(Ordering::Equal);
        Some(row.view(0)?.elements()?.any(same))
    })
}
