use super::base64::decode;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new(
    "base64_decode_tostring",
    Family::Parsing,
    PARAMETERS,
    Returns::STRING,
    make,
)
.also(&["base64_decodestring"])
.does("The text that base64 stands for; empty where it is no UTF-8.")
.examples(&[
    example("print base64_decode_tostring('S3VzdG8=')", "Kusto"),
    example("print base64_decode_tostring('U3RyaW5n0KHR0tGA0L7Rh9C60LA=')", ""),
]);

static PARAMETERS: &[Parameter] = &[Parameter::new("base64_string", Accepts::STRING, "the text in base64")];

fn make(_: &[Argument]) -> Made {
    maybe(|row| String::from_utf8(decode(row.text(0))?).ok())
}
