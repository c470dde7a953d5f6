use super::base64::decode;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new(
    "base64_decode_toarray",
    Family::Parsing,
    PARAMETERS,
    Returns::DYNAMIC,
    make,
)
.does("The bytes that base64 stands for.")
.examples(&[example(
    "print base64_decode_toarray('S3VzdG8=')",
    "[75,117,115,116,111]",
)]);

static PARAMETERS: &[Parameter] = &[Parameter::new("base64_string", Accepts::STRING, "the text in base64")];

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        Some(DynamicBuilder::array(
            decode(row.text(0))?
                .iter()
                .map(|byte| DynamicBuilder::long((*byte).into())),
        ))
    })
}
