use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("parse_user_agent", Family::Parsing, PARAMETERS, Returns::DYNAMIC, make)
        .does("Tells browser, system and device from a user agent.")
        .differs("Refused: it rests on a large table of expressions that changes with the real engine.")
        .examples(&[]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("user_agent", Accepts::STRING, "the user agent"),
    Parameter::new("look_for", Accepts::StringOrDynamic, "what to look for"),
];

fn make(_: &[Argument]) -> Made {
    Err(FunctionError::Refused {
        function: "parse_user_agent",
        reason: Refusal::RestsOnTable,
    })
}
