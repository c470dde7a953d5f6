use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new(
    "unicode_codepoints_from_string",
    Family::String,
    PARAMETERS,
    Returns::DYNAMIC,
    make,
)
.also(&["to_utf8"])
.does("Lists the code points of a text.")
.examples(&[example("print unicode_codepoints_from_string('aé')", "[97,233]")]);

static PARAMETERS: &[Parameter] = &[Parameter::new("value", Accepts::AnyText, "the text")];

fn make(_: &[Argument]) -> Made {
    always(|row| {
        DynamicBuilder::array(
            row.text(0)
                .chars()
                .map(|character| DynamicBuilder::long(u32::from(character).into())),
        )
    })
}
