use crate::operator::list;
use crate::operator::needle::Needle;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("has_any_index", Family::String, PARAMETERS, Returns::LONG, make)
    .does("Finds the first term of an array that a text has; its place in the array, or -1.")
    .sees_nulls()
    .examples(&[
        example(
            "print has_any_index('this is an example', dynamic(['not', 'example']))",
            "1",
        ),
        example("print has_any_index('Example number 2', range(1, 3, 1))", "1"),
        example("print has_any_index('this is an example', dynamic([]))", "-1"),
    ]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("source", Accepts::TextOrDynamic, "the text to look in"),
    Parameter::new("values", Accepts::Array, "the terms"),
];

fn make(arguments: &[Argument]) -> Made {
    if let Some(terms) = list::constants(arguments) {
        let needles: Vec<Needle> = terms.iter().map(needle).collect();
        return maybe(move |row| place(row.text(0), &needles));
    }
    maybe(|row| {
        let needles: Vec<Needle> = list::of_row(row).map(|term| needle(&term)).collect();
        place(row.text(0), &needles)
    })
}

fn needle(term: &Value<'_>) -> Needle {
    Needle::ignoring_case(&convert::to_text(term))
}

fn place(text: &str, needles: &[Needle]) -> Option<i64> {
    let place = needles
        .iter()
        .position(|needle| !needle.is_empty() && needle.is_term(text));
    place.map_or(Some(-1), |place| i64::try_from(place).ok())
}
