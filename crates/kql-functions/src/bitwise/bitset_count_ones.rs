use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("bitset_count_ones", Family::Bitwise, PARAMETERS, Returns::LONG, make)
        .does("How many bits of a number are set.")
        .examples(&[example("print bitset_count_ones(42)", "3")]);

static PARAMETERS: &[Parameter] = &[Parameter::new("value", Accepts::Integer, "the number")];

fn make(_: &[Argument]) -> Made {
    maybe(|row| row.long(0).map(|number| i64::from(number.count_ones())))
}
