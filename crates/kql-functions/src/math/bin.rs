use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("bin", Family::Math, PARAMETERS, Returns::Own(signature), make)
    .also(&["floor"])
    .does("Rounds down to a multiple of a size; null where the size is not positive.")
    .examples(&[
        example("print bin(4.5, 1)", "4.0"),
        example("print bin(-5, 2)", "-6"),
        example("print bin(time(16d), 7d)", "14.00:00:00"),
        example(
            "print bin(datetime(1970-05-11 13:45:07), 1d)",
            "1970-05-11T00:00:00.0000000Z",
        ),
    ]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("value", Accepts::Summable, "the number or time"),
    Parameter::new("roundTo", Accepts::Summable, "the size"),
];

fn signature(function: &'static Function, arguments: &[Argument]) -> Result<Signature, FunctionError> {
    let types = turn(function, arguments)?;
    let (value, size) = match types.as_slice() {
        [value, size] => (*value, *size),
        _ => (KustoType::String, KustoType::String),
    };
    if let Some(wider) = value.wider(size) {
        let wider = wider.wider(KustoType::Long).unwrap_or(wider);
        return Ok(Signature::all(2, wider, wider));
    }
    if size == KustoType::TimeSpan && matches!(value, KustoType::DateTime | KustoType::TimeSpan) {
        return Ok(Signature {
            arguments: types,
            result: value,
        });
    }
    Err(FunctionError::TypesDoNotFit {
        function: function.name,
        given: types,
    })
}

fn make(arguments: &[Argument]) -> Made {
    match arguments {
        [value, size]
            if matches!(
                value.kusto_type,
                KustoType::Long | KustoType::DateTime | KustoType::TimeSpan
            ) =>
        {
            match size.constant.as_ref().and_then(convert::to_long) {
                Some(size) => of_whole(value.kusto_type, move |number| floor(number, size, 0)),
                None => by_values(),
            }
        }
        _ => by_values(),
    }
}

fn by_values() -> Made {
    maybe(|row| binned(row.value(0), row.value(1), &Value::Null))
}

/// The largest multiple of a size that is not larger than the value, counted from a fixed point; none where the size is not positive.
fn floor(value: i64, size: i64, from: i64) -> Option<i64> {
    let over = value.checked_sub(from)?.checked_rem_euclid(size).filter(|_| size > 0)?;
    value.checked_sub(over)
}

/// The largest multiple of a size that is not larger than the value, counted from a fixed point; null is zero.
pub(super) fn binned(value: &Value<'_>, size: &Value<'_>, from: &Value<'_>) -> Option<Value<'static>> {
    match (value, size) {
        (Value::Real(value), Value::Real(size)) => {
            let from = convert::to_real(from).unwrap_or(0.0);
            (*size > 0.0).then(|| Value::Real(((value - from) / size).floor() * size + from))
        }
        (Value::Decimal(value), Value::Decimal(size)) => {
            let from = convert::to_decimal(from).unwrap_or_default();
            let over = value
                .checked_sub(from)?
                .checked_rem(*size)
                .filter(|_| *size > Decimal::default())?;
            value.checked_sub(over).map(Value::Decimal)
        }
        _ => {
            let from = convert::to_long(from).unwrap_or(0);
            let binned = floor(convert::to_long(value)?, convert::to_long(size)?, from)?;
            match value {
                Value::DateTime(_) => DateTime::from_ticks(binned).map(Value::DateTime),
                Value::TimeSpan(_) => Some(TimeSpan::from_ticks(binned).into()),
                _ => Some(Value::Long(binned)),
            }
        }
    }
}
