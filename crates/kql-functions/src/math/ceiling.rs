use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("ceiling", Family::Math, PARAMETERS, Returns::Same(0), make)
    .does("Rounds up to a whole number.")
    .examples(&[
        example("print ceiling(-1.1)", "-1.0"),
        example("print ceiling(0.9)", "1.0"),
        example("print ceiling(5)", "5"),
    ]);

static PARAMETERS: &[Parameter] = &[Parameter::new("number", Accepts::Number, "the number")];

fn make(_: &[Argument]) -> Made {
    maybe(|row| match row.value(0) {
        // Adding zero turns a negative zero into a plain one.
        Value::Real(number) => Some(Value::Real(number.ceil() + 0.0)),
        Value::Decimal(number) => {
            let floor = Decimal::from_scaled(-number.scaled())?.floor()?;
            Decimal::from_scaled(-floor.scaled()).map(Value::Decimal)
        }
        Value::Int(number) => Some(Value::Int(*number)),
        Value::Long(number) => Some(Value::Long(*number)),
        _ => None,
    })
}
