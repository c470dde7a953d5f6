use crate::operator::list::flatten;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new(
    "unicode_codepoints_to_string",
    Family::String,
    PARAMETERS,
    Returns::STRING,
    make,
)
.also(&["make_string"])
.does("Makes a text of code points.")
.examples(&[
    example("print unicode_codepoints_to_string(75, 117, 115, 116, 111)", "Kusto"),
    example("print make_string(dynamic([75, 117]), 115)", "Kus"),
]);

static PARAMETERS: &[Parameter] = &[Parameter::repeated(
    "value",
    Accepts::IntegerOrArray,
    1,
    "code points or arrays of them",
)];

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let characters =
            flatten(row.values()).map(|value| char::from_u32(u32::try_from(convert::to_long(&value)?).ok()?));
        characters.collect::<Option<String>>()
    })
}
