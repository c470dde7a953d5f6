use crate::prelude::*;
use std::io::Read as _;

use flate2::Compression;
use flate2::read::GzEncoder;

use super::base64::encode;

pub(super) static FUNCTION: Function = Function::new(
    "gzip_compress_to_base64_string",
    Family::Parsing,
    PARAMETERS,
    Returns::STRING,
    make,
)
.does("Packs a text with gzip into base64.")
.examples(&[example("print strlen(gzip_compress_to_base64_string('')) > 0", "True")]);

static PARAMETERS: &[Parameter] = &[Parameter::new("string", Accepts::STRING, "the text")];

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let mut encoder = GzEncoder::new(row.text(0).as_bytes(), Compression::default());
        let mut packed = Vec::new();
        encoder.read_to_end(&mut packed).ok()?;
        Some(encode(&packed))
    })
}
