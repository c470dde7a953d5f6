use super::window::{Window, byte_place, characters_before};
use crate::expression::Expression;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("indexof_regex", Family::String, PARAMETERS, Returns::LONG, make)
    .does("Finds where a regular expression matches, by characters counted from 0; -1 where it does not.")
    .examples(&[
        example("print indexof_regex('abcabc', 'a.c')", "0"),
        example("print indexof_regex('abcabcdefg', 'a.c', 0, 9, 2)", "3"),
        example("print indexof_regex('ababaa', 'a.a', 0, -1, 2)", "-1"),
        example("print indexof_regex('abcabc', 'a|ab', -1)", "null"),
    ]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("source", Accepts::AnyText, "the text to look in"),
    Parameter::new("lookup", Accepts::AnyText, "the regular expression").constant(),
    Parameter::optional("start", Accepts::Integer, "where to begin"),
    Parameter::optional(
        "length",
        Accepts::Integer,
        "how many characters to look through; -1 for all",
    ),
    Parameter::optional("occurrence", Accepts::Integer, "which match counts"),
];

fn make(arguments: &[Argument]) -> Made {
    let expression = Expression::of_argument("indexof_regex", arguments, 1)?;
    maybe(move |row| {
        let text = row.text(0);
        let window = Window::of_row(row, text.chars().count())?;
        if row.long(2).is_some_and(i64::is_negative) {
            return None;
        }
        let start = byte_place(text, window.start);
        let part = text.get(start..byte_place(text, window.end)).unwrap_or_default();
        match expression.get(row.text(1))?.find_iter(part).nth(window.occurrence - 1) {
            Some(found) => characters_before(text, start + found.start()),
            None => Some(-1),
        }
    })
}
