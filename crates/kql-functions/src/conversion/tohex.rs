use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("tohex", Family::Conversion, PARAMETERS, Returns::Own(signature), make)
        .does("Writes a whole number with hexadecimal digits; negative ones as their bits.")
        .examples(&[
            example("print tohex(256)", "100"),
            example("print tohex(-256)", "ffffffffffffff00"),
            example("print tohex(toint(-256), 8)", "ffffff00"),
            example("print tohex(256, 8)", "00000100"),
        ]);

/// More digits than these say nothing.
const MOST_DIGITS: usize = 1024;

static PARAMETERS: &[Parameter] = &[
    Parameter::new("value", Accepts::Integer, "the number"),
    Parameter::optional("minLength", Accepts::Integer, "the least number of digits"),
];

fn signature(function: &'static Function, arguments: &[Argument]) -> Result<Signature, FunctionError> {
    turn(function, arguments)?;
    Ok(Signature::as_given(arguments, KustoType::String))
}

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let digits = usize::try_from(row.long(1).unwrap_or(0)).unwrap_or(0).min(MOST_DIGITS);
        match row.value(0) {
            Value::Int(number) => Some(format!("{number:0digits$x}")),
            Value::Long(number) => Some(format!("{number:0digits$x}")),
            _ => None,
        }
    })
}
