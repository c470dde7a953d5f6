use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("totimespan", Family::Conversion, PARAMETERS, Returns::TIMESPAN, make)
        .also(&["totime"])
        .does("Makes a length of time: reads `1.02:03:04.5` and `90s`; numbers are ticks of 100 ns.")
        .examples(&[
            example("print totimespan('90s')", "00:01:30"),
            example("print totimespan('1.5')", "null"),
        ]);

static PARAMETERS: &[Parameter] = &[Parameter::new("value", Accepts::Scalar, "the value")];

fn make(_: &[Argument]) -> Made {
    maybe(|row| convert::to_timespan(row.value(0)))
}
