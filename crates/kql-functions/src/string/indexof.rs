use super::window::{Window, byte_place, characters_before};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("indexof", Family::String, PARAMETERS, Returns::LONG, make)
    .does("Finds where a text stands in another one, by characters counted from 0; -1 where it does not.")
    .examples(&[
        example("print indexof('abcdefg', 'cde')", "2"),
        example("print indexof('abcdefg', 'cde', 1, 2)", "-1"),
        example("print indexof('abcdefgabcdefg', 'cde', 1, 10, 2)", "9"),
        example("print indexof('abc', '')", "null"),
    ]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("source", Accepts::AnyText, "the text to look in"),
    Parameter::new("lookup", Accepts::AnyText, "the text to look for"),
    Parameter::optional(
        "start",
        Accepts::Integer,
        "where to begin; from the end where it is negative",
    ),
    Parameter::optional(
        "length",
        Accepts::Integer,
        "how many characters to look through; -1 for all",
    ),
    Parameter::optional("occurrence", Accepts::Integer, "which match counts"),
];

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let (text, lookup) = (row.text(0), row.text(1));
        let window = Window::of_row(row, text.chars().count())?;
        if lookup.is_empty() {
            return None;
        }
        find(text, lookup, window).map_or(Some(-1), |place| i64::try_from(place).ok())
    })
}

/// Each search begins one character after the last match and looks through as many characters as the first one.
fn find(text: &str, lookup: &str, window: Window) -> Option<usize> {
    let mut start = window.start;
    let length = window.end - window.start;
    for occurrence in 1..=window.occurrence {
        let rest = text.get(byte_place(text, start)..)?;
        let part = rest.get(..byte_place(rest, length))?;
        let found = start + usize::try_from(characters_before(part, part.find(lookup)?)?).ok()?;
        if occurrence == window.occurrence {
            return Some(found);
        }
        start = found + 1;
    }
    None
}
