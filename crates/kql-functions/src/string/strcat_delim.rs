use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("strcat_delim", Family::String, PARAMETERS, Returns::STRING, make)
    .does("Puts texts one behind the other with a delimiter between them.")
    .sees_nulls()
    .examples(&[example("print strcat_delim('-', 1, '2', 'A', 1s)", "1-2-A-00:00:01")]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("delimiter", Accepts::AnyText, "what stands between them"),
    Parameter::repeated("argument", Accepts::AnyText, 1, "a value"),
];

fn make(_: &[Argument]) -> Made {
    always(|row| {
        let texts: Vec<&str> = (1..row.values().len()).map(|index| row.text(index)).collect();
        texts.join(row.text(0))
    })
}
