use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("strcmp", Family::String, PARAMETERS, Returns::LONG, make)
    .does("Compares two texts by their code points: -1, 0 or 1.")
    .examples(&[
        example("print strcmp('ABC', 'abc')", "-1"),
        example("print strcmp('abcde', 'abc')", "1"),
    ]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("left", Accepts::AnyText, "a text"),
    Parameter::new("right", Accepts::AnyText, "another text"),
];

fn make(_: &[Argument]) -> Made {
    always(|row| row.text(0).cmp(row.text(1)) as i64)
}
