use crate::prelude::*;
use std::io::Read as _;

use flate2::Compression;
use flate2::read::ZlibEncoder;

use super::base64::encode;

pub(super) static FUNCTION: Function = Function::new(
    "zlib_compress_to_base64_string",
    Family::Parsing,
    PARAMETERS,
    Returns::STRING,
    make,
)
.does("Packs a text with zlib into base64.")
.examples(&[example(
    "print zlib_decompress_from_base64_string(zlib_compress_to_base64_string('1234567890qwertyuiop'))",
    "1234567890qwertyuiop",
)]);

static PARAMETERS: &[Parameter] = &[Parameter::new("string", Accepts::STRING, "the text")];

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let mut encoder = ZlibEncoder::new(row.text(0).as_bytes(), Compression::default());
        let mut packed = Vec::new();
        encoder.read_to_end(&mut packed).ok()?;
        Some(encode(&packed))
    })
}
