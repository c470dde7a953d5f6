use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("replace_string", Family::String, PARAMETERS, Returns::STRING, make)
        .does("Puts one text in the place of another wherever it stands.")
        .examples(&[
            example("print replace_string('aaa', 'a', 'b')", "bbb"),
            example("print replace_string('abc', '', 'x')", "abc"),
        ]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("text", Accepts::STRING, "the text"),
    Parameter::new("lookup", Accepts::STRING, "what to replace"),
    Parameter::new("rewrite", Accepts::STRING, "what stands in its place"),
];

fn make(_: &[Argument]) -> Made {
    always(|row| {
        let (text, lookup) = (row.text(0), row.text(1));
        if lookup.is_empty() {
            text.to_owned()
        } else {
            text.replace(lookup, row.text(2))
        }
    })
}
