use crate::prelude::*;
use flate2::read::GzDecoder;

use super::base64::decode;
use super::unpack::text;

pub(super) static FUNCTION: Function = Function::new(
    "gzip_decompress_from_base64_string",
    Family::Parsing,
    PARAMETERS,
    Returns::STRING,
    make,
)
.does("Unpacks gzip out of base64; empty where it is damaged.")
.examples(&[example(
    "print gzip_decompress_from_base64_string(gzip_compress_to_base64_string('1234567890qwertyuiop'))",
    "1234567890qwertyuiop",
)]);

static PARAMETERS: &[Parameter] = &[Parameter::new("string", Accepts::STRING, "the packed text in base64")];

fn make(_: &[Argument]) -> Made {
    maybe(|row| text(GzDecoder::new(decode(row.text(0))?.as_slice())))
}
