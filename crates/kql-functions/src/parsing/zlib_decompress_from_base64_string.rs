use crate::prelude::*;
use flate2::read::ZlibDecoder;

use super::base64::decode;
use super::unpack::text;

pub(super) static FUNCTION: Function = Function::new(
    "zlib_decompress_from_base64_string",
    Family::Parsing,
    PARAMETERS,
    Returns::STRING,
    make,
)
.does("Unpacks zlib out of base64; empty where it is damaged.")
.examples(&[
    example(
        "print zlib_decompress_from_base64_string('eJwLSS0uUSguKcrMS1cwNDIGACxqBQ4=')",
        "Test string 123",
    ),
    example("print zlib_decompress_from_base64_string('x0x0x0')", ""),
]);

static PARAMETERS: &[Parameter] = &[Parameter::new("string", Accepts::STRING, "the packed text in base64")];

fn make(_: &[Argument]) -> Made {
    maybe(|row| text(ZlibDecoder::new(decode(row.text(0))?.as_slice())))
}
