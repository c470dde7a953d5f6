use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("binary_shift_right", Family::Bitwise, PARAMETERS, Returns::LONG, make)
        .does("Moves the bits of a number to the right; the sign stays.")
        .examples(&[example("print binary_shift_right(16, 2)", "4")]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("value", Accepts::Integer, "the number"),
    Parameter::new("shift", Accepts::Integer, "how many places, modulo 64"),
];

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let shift = u32::try_from(row.long(1)?).ok()?;
        Some(row.long(0)?.wrapping_shr(shift))
    })
}
