//! No arguments make a function panic, and answers have the types that were promised.

use proptest::prelude::*;
use whotalks_kql_functions::{Argument, Function, all, operators};
use whotalks_kql_values::{DateTime, Decimal, Dynamic, Guid, KustoType, TimeSpan, Value};

/// Texts that some function reads as something of its own.
const TEXTS: [&str; 16] = [
    "",
    "a",
    "day",
    "10.0.0.1/8",
    "::1/64",
    "https://u:p@h:1/p?a=b&c#f",
    "C:\\a\\b.c:d",
    "S3VzdG8=",
    "%zz%41",
    "a,\"b",
    "([a-z])(",
    "(.)(.)?",
    "日本é",
    "<a b='c'><d/></a>",
    "1.02:03:04",
    "\"\\\" \\",
];

fn whole() -> impl Strategy<Value = i64> {
    prop_oneof![any::<i64>(), -3_i64..4, Just(i64::MIN), Just(i64::MAX)]
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![prop::sample::select(&TEXTS[..]).prop_map(str::to_owned), "\\PC{0,12}"]
}

fn real() -> impl Strategy<Value = f64> {
    prop_oneof![any::<f64>(), Just(f64::NAN), Just(f64::INFINITY), -2.0..2.0]
}

fn dynamic() -> impl Strategy<Value = Dynamic> {
    let leaf = prop_oneof![
        Just(Dynamic::Null),
        any::<bool>().prop_map(Dynamic::Bool),
        whole().prop_map(Dynamic::Long),
        real().prop_map(Dynamic::Real),
        text().prop_map(Dynamic::String),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Dynamic::Array),
            prop::collection::vec(("[a-c]", inner), 0..3).prop_map(Dynamic::Bag),
        ]
    })
}

type Typed = (KustoType, Value<'static>);

fn value() -> impl Strategy<Value = Typed> {
    let decimal = |scaled| Decimal::from_scaled(scaled).map_or(Value::Null, Value::from);
    let datetime = |ticks| DateTime::from_ticks(ticks).unwrap_or(DateTime::MAX);
    prop_oneof![
        any::<bool>().prop_map(|value| (KustoType::Bool, value.into())),
        any::<i32>().prop_map(|value| (KustoType::Int, value.into())),
        whole().prop_map(|value| (KustoType::Long, value.into())),
        real().prop_map(|value| (KustoType::Real, value.into())),
        any::<i128>().prop_map(move |scaled| (KustoType::Decimal, decimal(scaled))),
        text().prop_map(|value| (KustoType::String, value.into())),
        whole().prop_map(move |ticks| (KustoType::DateTime, datetime(ticks).into())),
        whole().prop_map(|ticks| (KustoType::TimeSpan, TimeSpan::from_ticks(ticks).into())),
        any::<[u8; 16]>().prop_map(|bytes| (KustoType::Guid, Guid(bytes).into())),
        dynamic().prop_map(|value| (KustoType::Dynamic, value.into())),
        prop::collection::vec(any::<u8>(), 0..24).prop_map(|bytes| (KustoType::Dynamic, Value::Dynamic(bytes.into()))),
        prop::sample::select(&KustoType::ALL[..]).prop_map(|kusto_type| (kusto_type, Value::Null)),
    ]
}

fn check(function: &'static Function, values: &[Typed], constant: bool) -> Result<(), String> {
    let argument = |(kusto_type, value): &Typed| match constant {
        true => Argument::constant(*kusto_type, value.clone()),
        false => Argument::variable(*kusto_type),
    };
    let arguments: Vec<Argument> = values.iter().map(argument).collect();
    let Ok(prepared) = function.prepare(&arguments) else {
        return Ok(());
    };
    let row: Vec<Value<'_>> = values.iter().map(|(_, value)| value.clone()).collect();
    let answer = prepared.evaluate(&row);
    let fits = answer.is_null() || answer.kusto_type() == Some(prepared.result);
    if fits {
        Ok(())
    } else {
        Err(format!(
            "{} of {row:?} gives {answer:?}, not {}",
            function.name, prepared.result
        ))
    }
}

/// The first value that a parameter takes.
fn pick(function: &'static Function, index: usize, candidates: &[Typed]) -> Option<Typed> {
    let parameter = function.parameters.get(index).or(function.parameters.last())?;
    let takes = |(kusto_type, _): &&Typed| parameter.accepts.turns(&Argument::variable(*kusto_type)).is_some();
    candidates.iter().find(takes).cloned()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn any_values_have_an_answer(values in prop::collection::vec(value(), 0..5), constant in any::<bool>()) {
        for function in all().chain(operators()) {
            prop_assert_eq!(check(function, &values, constant), Ok(()));
        }
    }

    /// Values of the types that each function takes, so that its evaluator is reached.
    #[test]
    fn fitting_values_have_an_answer(
        values in prop::collection::vec(prop::collection::vec(value(), 12), 4),
        constant in any::<bool>(),
    ) {
        for function in all().chain(operators()) {
            let mut row = Vec::new();
            for (index, candidates) in values.iter().enumerate() {
                row.extend(pick(function, index, candidates));
                prop_assert_eq!(check(function, &row, constant), Ok(()));
            }
        }
    }
}
