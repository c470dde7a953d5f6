use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("split", Family::String, PARAMETERS, Returns::DYNAMIC, make)
    .does("Splits a text at a delimiter into an array; with an index into an array of that part alone.")
    .examples(&[
        example("print split('aa_bb', '_')", "[\"aa\",\"bb\"]"),
        example("print split('aaa_bbb_ccc', '_', 1)", "[\"bbb\"]"),
        example("print split('', '_')", "[\"\"]"),
    ]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("source", Accepts::AnyText, "the text"),
    Parameter::new("delimiter", Accepts::STRING, "where to split"),
    Parameter::optional(
        "requestedIndex",
        Accepts::Integer,
        "the one part to give, counted from 0",
    ),
];

fn make(_: &[Argument]) -> Made {
    always(|row| {
        let (text, delimiter) = (row.text(0), row.text(1));
        let whole = delimiter.is_empty().then_some(text);
        let parts = text.split(delimiter).filter(|_| whole.is_none()).chain(whole);
        match row.long(2) {
            None => DynamicBuilder::array(parts.map(DynamicBuilder::string)),
            Some(index) => {
                let part = usize::try_from(index)
                    .ok()
                    .and_then(|index| parts.into_iter().nth(index));
                DynamicBuilder::array(part.map(DynamicBuilder::string))
            }
        }
    })
}
