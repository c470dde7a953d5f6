use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("hash_many", Family::Hash, PARAMETERS, Returns::LONG, make)
    .does("Puts several digests together.")
    .differs("Refused: how the real engine does it is not documented.")
    .examples(&[]);

static PARAMETERS: &[Parameter] = &[Parameter::repeated("value", Accepts::Scalar, 1, "a value")];

fn make(_: &[Argument]) -> Made {
    Err(FunctionError::Refused {
        function: "hash_many",
        reason: Refusal::DigestsNotDocumented,
    })
}
