use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("abs", Family::Math, PARAMETERS, Returns::Own(signature), make)
    .does("A number or a length of time without its sign.")
    .examples(&[
        example("print abs(-5)", "5"),
        example("print abs(-1.5)", "1.5"),
        example("print abs(-1d)", "1.00:00:00"),
    ]);

static PARAMETERS: &[Parameter] = &[Parameter::new("number", Accepts::NumberOrSpan, "the number")];

fn signature(function: &'static Function, arguments: &[Argument]) -> Result<Signature, FunctionError> {
    match turn(function, arguments)?.as_slice() {
        [KustoType::Dynamic] => Err(FunctionError::TypesDoNotFit {
            function: function.name,
            given: vec![KustoType::Dynamic],
        }),
        [KustoType::Int] => Ok(Signature::all(1, KustoType::Long, KustoType::Long)),
        types => Ok(Signature {
            arguments: types.to_vec(),
            result: common(types.iter().copied()),
        }),
    }
}

fn make(_: &[Argument]) -> Made {
    maybe(|row| match row.value(0) {
        Value::Long(number) => Some(Value::Long(number.wrapping_abs())),
        Value::Real(number) => Some(Value::Real(number.abs())),
        Value::Decimal(number) => Decimal::from_scaled(number.scaled().abs()).map(Value::Decimal),
        Value::TimeSpan(span) => span
            .ticks()
            .checked_abs()
            .map(|ticks| TimeSpan::from_ticks(ticks).into()),
        _ => None,
    })
}
