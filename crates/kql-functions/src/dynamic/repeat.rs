use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("repeat", Family::Dynamic, PARAMETERS, Returns::DYNAMIC, make)
    .does("Makes an array of one value several times, at most 1,048,576 times.")
    .sees_nulls()
    .examples(&[example("print repeat(1, 3)", "[1,1,1]")]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("value", Accepts::Scalar, "the value"),
    Parameter::new("count", Accepts::LONG, "how many times"),
];

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let count = usize::try_from(row.long(1)?).ok()?.min(MOST_ELEMENTS);
        let value = DynamicBuilder::value(row.value(0));
        Some(DynamicBuilder::array(std::iter::repeat_n(&value, count)))
    })
}

/// The limit of the real engine for arrays that are made.
const MOST_ELEMENTS: usize = 1_048_576;
