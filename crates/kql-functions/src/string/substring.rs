use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("substring", Family::String, PARAMETERS, Returns::STRING, make)
    .does("Cuts a piece out of a text, by characters.")
    .examples(&[
        example("print substring('abcdef', 1, 2)", "bc"),
        example("print substring('abcdef', -2)", "ef"),
        example("print substring('abc', 5, 3)", ""),
    ]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("source", Accepts::AnyText, "the text"),
    Parameter::new(
        "start",
        Accepts::Integer,
        "the first character, counted from 0; from the end where it is negative",
    ),
    Parameter::optional(
        "length",
        Accepts::Integer,
        "how many characters; up to the end where it is left out",
    ),
];

fn make(_: &[Argument]) -> Made {
    borrowing(|row| {
        let length = if row.values().len() > 2 {
            row.long(2).unwrap_or(0)
        } else {
            i64::MAX
        };
        piece(row.text(0), row.long(1).unwrap_or(0), length).into()
    })
}

fn piece(text: &str, start: i64, length: i64) -> &str {
    let start = if start < 0 { from_end(text, start) } else { Some(start) };
    let (Some(Ok(start)), Ok(length)) = (start.map(usize::try_from), usize::try_from(length)) else {
        return "";
    };
    let mut places = text.char_indices().map(|(place, _)| place);
    let Some(first) = places.nth(start) else {
        return "";
    };
    let end = length.checked_sub(1).map_or(Some(first), |rest| places.nth(rest));
    text.get(first..end.unwrap_or(text.len())).unwrap_or_default()
}

/// The place that many characters before the end; none before the beginning.
fn from_end(text: &str, start: i64) -> Option<i64> {
    let count = i64::try_from(text.chars().count()).ok()?;
    count.checked_add(start).filter(|place| *place >= 0)
}
