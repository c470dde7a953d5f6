use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("unary-", Family::Operator, PARAMETERS, Returns::Same(0), make)
    .does("The same number or length of time with the other sign.")
    .examples(&[example("print -(1 + 2)", "-3"), example("print -(1d)", "-1.00:00:00")]);

static PARAMETERS: &[Parameter] = &[Parameter::new(
    "value",
    Accepts::NumberOrSpan,
    "a number or a length of time",
)];

fn make(_: &[Argument]) -> Made {
    maybe(|row| negated(&row.value(0).unpacked(), row.view(0).is_some()))
}

fn negated(value: &Value<'_>, dynamic: bool) -> Option<Value<'static>> {
    let negated = match value {
        Value::Int(value) => Value::Int(value.wrapping_neg()),
        Value::Long(value) => Value::Long(value.wrapping_neg()),
        Value::Real(value) => Value::Real(-value),
        Value::Decimal(value) => Value::Decimal(Decimal::from_scaled(-value.scaled())?),
        Value::TimeSpan(value) => Value::TimeSpan(TimeSpan::from_ticks(value.ticks().checked_neg()?)),
        _ => return None,
    };
    Some(if dynamic {
        Value::Dynamic(DynamicBuilder::value(&negated).into())
    } else {
        negated
    })
}
