use super::bin::binned;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("bin_at", Family::Math, PARAMETERS, Returns::Own(signature), make)
    .does("Rounds down to a fixed point plus a multiple of a size.")
    .examples(&[
        example("print bin_at(6.5, 2.5, 7)", "4.5"),
        example("print bin_at(time(1h), 1d, 12h)", "-12:00:00"),
        example(
            "print bin_at(datetime(2017-05-17 10:20), 7d, datetime(2017-06-04))",
            "2017-05-14T00:00:00.0000000Z",
        ),
    ]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("value", Accepts::Summable, "the number or time"),
    Parameter::new("bin_size", Accepts::Summable, "the size"),
    Parameter::new("fixed_point", Accepts::Summable, "where a bin begins"),
];

fn signature(function: &'static Function, arguments: &[Argument]) -> Result<Signature, FunctionError> {
    let types = turn(function, arguments)?;
    match types.as_slice() {
        [value, size, point] if value.is_number() && size.is_number() && point.is_number() => {
            let wider = common([*value, *size, *point, KustoType::Long]);
            Ok(Signature::all(3, wider, wider))
        }
        [KustoType::DateTime, KustoType::TimeSpan, KustoType::DateTime] => Ok(Signature {
            arguments: types,
            result: KustoType::DateTime,
        }),
        [KustoType::TimeSpan, KustoType::TimeSpan, KustoType::TimeSpan] => Ok(Signature {
            arguments: types,
            result: KustoType::TimeSpan,
        }),
        _ => Err(FunctionError::TypesDoNotFit {
            function: function.name,
            given: types,
        }),
    }
}

fn make(_: &[Argument]) -> Made {
    maybe(|row| binned(row.value(0), row.value(1), row.value(2)))
}
