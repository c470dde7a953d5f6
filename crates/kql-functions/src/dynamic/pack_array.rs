use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("pack_array", Family::Dynamic, PARAMETERS, Returns::DYNAMIC, make)
    .does("Makes an array of values.")
    .sees_nulls()
    .examples(&[example("print pack_array(1, 'a', 2s)", "[1,\"a\",\"00:00:02\"]")]);

static PARAMETERS: &[Parameter] = &[Parameter::repeated("value", Accepts::Scalar, 1, "a value")];

fn make(_: &[Argument]) -> Made {
    always(|row| DynamicBuilder::array(row.values().iter().map(DynamicBuilder::value)))
}
