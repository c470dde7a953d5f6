use super::TDigest;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new(
    "percentile_tdigest",
    Family::Sketch,
    PARAMETERS,
    Returns::Own(signature),
    make,
)
.does("The value at or below which so many percent of the values of a summary lie.")
.differs("Exact up to 2,000 different values, an estimate above, which the real engine makes otherwise.")
.sees_nulls()
.examples(&[
    example(
        "print percentile_tdigest(dynamic(['tdigest', 'long', 1, 1, 2, 1, 3, 1]), 50)",
        "2",
    ),
    example(
        "print percentile_tdigest(dynamic(['tdigest', 'long', 1, 1, 2, 1, 3, 1]), 100, typeof(long))",
        "3",
    ),
]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("tdigest", Accepts::Array, "the summary"),
    Parameter::new("percentile", Accepts::NumberAsReal, "how many percent, 0 to 100"),
    Parameter::optional(
        "type",
        Accepts::TypeName,
        "the type of the answer; dynamic where it is left out",
    ),
];

fn signature(function: &'static Function, arguments: &[Argument]) -> Result<Signature, FunctionError> {
    let arguments = turn(function, arguments)?;
    let result = arguments.get(2).copied().unwrap_or(KustoType::Dynamic);
    Ok(Signature { arguments, result })
}

fn make(arguments: &[Argument]) -> Made {
    let wanted = arguments
        .get(2)
        .map_or(KustoType::Dynamic, |argument| argument.kusto_type);
    maybe(move |row| {
        let percent = row.real(1).filter(|percent| (0.0..=100.0).contains(percent))?;
        let found = TDigest::from_dynamic(row.view(0)?)?.percentile(percent);
        Some(match wanted {
            KustoType::Dynamic => Value::Dynamic(DynamicBuilder::value(&found).into()),
            wanted => convert::cast(&found, wanted).into_owned(),
        })
    })
}
