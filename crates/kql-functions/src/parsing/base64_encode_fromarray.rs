use super::base64::encode;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new(
    "base64_encode_fromarray",
    Family::Parsing,
    PARAMETERS,
    Returns::STRING,
    make,
)
.does("Bytes in base64.")
.examples(&[example(
    "print base64_encode_fromarray(dynamic([75, 117, 115, 116, 111]))",
    "S3VzdG8=",
)]);

static PARAMETERS: &[Parameter] = &[Parameter::new("array", Accepts::Array, "the bytes")];

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let bytes = row
            .view(0)?
            .elements()?
            .map(|byte| u8::try_from(convert::to_long(&byte.into())?).ok());
        Some(encode(&bytes.collect::<Option<Vec<u8>>>()?))
    })
}
