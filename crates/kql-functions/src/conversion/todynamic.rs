use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("parse_json", Family::Conversion, PARAMETERS, Returns::DYNAMIC, make)
        .also(&["todynamic", "toobject", "parsejson"])
        .does("Reads JSON; what is no JSON becomes a text.")
        .examples(&[
            example("print parse_json('{\"a\": [1, 2.5, null]}')", "{\"a\":[1,2.5,null]}"),
            example("print parse_json('not json')", "\"not json\""),
            example("print parse_json('')", "null"),
        ]);

static PARAMETERS: &[Parameter] = &[Parameter::new("json", Accepts::StringOrDynamic, "the text")];

fn make(_: &[Argument]) -> Made {
    borrowing(|row| convert::to_dynamic(row.value(0)))
}
