use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("strrep", Family::String, PARAMETERS, Returns::STRING, make)
    .does("Repeats a text, up to 1024 times.")
    .examples(&[
        example("print strrep('ABC', 2)", "ABCABC"),
        example("print strrep(123.45, 3, '...')", "123.45...123.45...123.45"),
    ]);

/// The limit of the real engine.
const MOST_TIMES: usize = 1024;

static PARAMETERS: &[Parameter] = &[
    Parameter::new("value", Accepts::AnyText, "the text"),
    Parameter::new("multiplier", Accepts::LONG, "how many times"),
    Parameter::optional("delimiter", Accepts::AnyText, "what stands between them"),
];

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let times = usize::try_from(row.long(1)?).unwrap_or(0).min(MOST_TIMES);
        Some(vec![row.text(0); times].join(row.text(2)))
    })
}
