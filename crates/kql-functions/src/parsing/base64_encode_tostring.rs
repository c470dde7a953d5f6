use super::base64::encode;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new(
    "base64_encode_tostring",
    Family::Parsing,
    PARAMETERS,
    Returns::STRING,
    make,
)
.also(&["base64_encodestring"])
.does("A text in base64.")
.examples(&[example("print base64_encode_tostring('Kusto')", "S3VzdG8=")]);

static PARAMETERS: &[Parameter] = &[Parameter::new("string", Accepts::STRING, "the text")];

fn make(_: &[Argument]) -> Made {
    always(|row| encode(row.text(0).as_bytes()))
}
