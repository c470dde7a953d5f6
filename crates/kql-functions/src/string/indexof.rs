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
        let start = byte_place(text, window.start);
        let part = text.get(start..byte_place(text, window.end)).unwrap_or_default();
        match find(part, lookup, window.occurrence) {
            Some(place) => characters_before(text, start + place),
            None => Some(-1),
        }
    })
}

/// Matches may overlap.
fn find(text: &str, lookup: &str, occurrence: usize) -> Option<usize> {
    let step = lookup.chars().next().map_or(1, char::len_utf8);
    let mut from = 0;
    for _ in 1..occurrence {
        from += text.get(from..)?.find(lookup)? + step;
    }
    text.get(from..)?.find(lookup).map(|place| from + place)
}
