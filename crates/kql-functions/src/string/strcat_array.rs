use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("strcat_array", Family::String, PARAMETERS, Returns::STRING, make)
    .also(&["array_strcat"])
    .does("Puts the elements of an array one behind the other with a delimiter between them; nulls as nothing.")
    .examples(&[
        example("print strcat_array(dynamic([1, 2, 3]), '->')", "1->2->3"),
        example("print strcat_array(dynamic(['a', null, 'b']), '|')", "a||b"),
    ]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("array", Accepts::Array, "the elements"),
    Parameter::new("delimiter", Accepts::AnyText, "what stands between them"),
];

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let elements = row
            .view(0)?
            .elements()?
            .map(|element| convert::to_text(&Value::from(element)).into_owned());
        Some(elements.collect::<Vec<String>>().join(row.text(1)))
    })
}
