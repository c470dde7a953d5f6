use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("toupper", Family::String, PARAMETERS, Returns::STRING, make)
    .does("Writes a text in capital letters.")
    .differs("Letters without a capital of one character stay as they are (ß), as in the real engine.")
    .examples(&[
        example("print toupper('abc')", "ABC"),
        example("print toupper('straße')", "STRAßE"),
    ]);

static PARAMETERS: &[Parameter] = &[Parameter::new("source", Accepts::AnyText, "the text")];

fn make(_: &[Argument]) -> Made {
    always(|row| row.text(0).chars().map(capital).collect::<String>())
}

fn capital(character: char) -> char {
    let mut capitals = character.to_uppercase();
    match (capitals.next(), capitals.next()) {
        (Some(capital), None) => capital,
        _ => character,
    }
}
