use crate::prelude::*;
use std::collections::HashSet;

use super::{list, needle::fold};

pub(super) static FUNCTION: Function =
    Function::new("in~", Family::Operator, list::TEXT_PARAMETERS, Returns::BOOL, make)
        .does("Whether a text is one of a list, whatever the case.")
        .sees_nulls()
        .examples(&[
            example("print 'MÜLLER' in~ ('müller', 'b')", "True"),
            example("print 'c' in~ (dynamic(['a', 'b']))", "False"),
        ]);

pub(super) static NEGATED: Function = Function::new(
    "!in~",
    Family::Operator,
    list::TEXT_PARAMETERS,
    Returns::BOOL,
    make_negated,
)
.does("The opposite of `in~`.")
.sees_nulls()
.examples(&[example("print 'A' !in~ ('a', 'b')", "False")]);

fn make(arguments: &[Argument]) -> Made {
    membership(arguments, true)
}

fn make_negated(arguments: &[Argument]) -> Made {
    membership(arguments, false)
}

fn membership(arguments: &[Argument], wanted: bool) -> Made {
    match list::constants(arguments) {
        Some(values) => {
            let texts: HashSet<String> = values.iter().map(folded).collect();
            of_text(move |text| texts.contains(fold(text).as_ref()) == wanted)
        }
        None => always(move |row| {
            let text = fold(row.text(0));
            list::of_row(row).any(|value| folded(&value) == text) == wanted
        }),
    }
}

fn folded(value: &Value<'_>) -> String {
    fold(&convert::to_text(value)).into_owned()
}
