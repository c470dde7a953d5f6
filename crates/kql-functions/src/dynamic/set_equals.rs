use super::set::keys;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("set_equals", Family::Dynamic, PARAMETERS, Returns::BOOL, make)
    .does("Whether two arrays have the same elements, whatever their order.")
    .examples(&[example("print set_equals(dynamic([1, 2, 2]), dynamic([2, 1]))", "True")]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("set1", Accepts::Array, "an array"),
    Parameter::new("set2", Accepts::Array, "another array"),
];

fn make(_: &[Argument]) -> Made {
    maybe(|row| Some(keys(row.view(0)?)? == keys(row.view(1)?)?))
}
