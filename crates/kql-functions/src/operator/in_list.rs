use crate::prelude::*;
use std::collections::HashSet;

use super::{equal::equals, list};

pub(super) static FUNCTION: Function = Function::new("in", Family::Operator, list::PARAMETERS, Returns::BOOL, make)
    .does("Whether a value is one of a list.")
    .sees_nulls()
    .examples(&[
        example("print 'a' in ('a', 'b')", "True"),
        example("print 3 in (dynamic([1, 2]))", "False"),
        example("print 2 in (1.0, 2.0)", "True"),
        example("print 443 in ('80', '443')", "True"),
    ]);

pub(super) static NEGATED: Function =
    Function::new("!in", Family::Operator, list::PARAMETERS, Returns::BOOL, make_negated)
        .does("The opposite of `in`.")
        .sees_nulls()
        .examples(&[example("print 'A' !in ('a', 'b')", "True")]);

fn make(arguments: &[Argument]) -> Made {
    membership(arguments, true)
}

fn make_negated(arguments: &[Argument]) -> Made {
    membership(arguments, false)
}

/// Looks a value up: by hash where texts or whole numbers are looked for, else one by one.
fn membership(arguments: &[Argument], wanted: bool) -> Made {
    let kusto_type = arguments.first().map(|argument| argument.kusto_type);
    let Some(values) = list::constants(arguments) else {
        return always(move |row| list::of_row(row).any(|value| equals(row.value(0), &value) == Some(true)) == wanted);
    };
    let values: Vec<_> = values.into_iter().map(|value| as_number(value, kusto_type)).collect();
    match kusto_type {
        Some(KustoType::String) => {
            let texts = values.iter().map(|value| convert::to_text(value).into_owned());
            let texts: HashSet<String> = texts.collect();
            of_text(move |text| texts.contains(text) == wanted)
        }
        Some(KustoType::Int | KustoType::Long) if values.iter().all(is_whole) => {
            let numbers: HashSet<i64> = values.iter().filter_map(convert::to_long).collect();
            always(move |row| row.long(0).is_some_and(|number| numbers.contains(&number)) == wanted)
        }
        _ => always(move |row| values.iter().any(|value| equals(row.value(0), value) == Some(true)) == wanted),
    }
}

/// A text in a list of numbers is the number that it reads as: queries write ports as texts.
fn as_number(value: Value<'static>, wanted: Option<KustoType>) -> Value<'static> {
    match (&value, wanted) {
        (Value::String(text), Some(KustoType::Int | KustoType::Long)) => text.parse().map_or(value, Value::Long),
        (Value::String(text), Some(KustoType::Real)) => text.parse().map_or(value, Value::Real),
        _ => value,
    }
}

fn is_whole(value: &Value<'_>) -> bool {
    matches!(value, Value::Int(_) | Value::Long(_))
}
