use crate::prelude::*;
use sha1::{Digest, Sha1};

use super::bytes::{digest_text, hexadecimal};

pub(super) static FUNCTION: Function = Function::new("hash_sha1", Family::Hash, PARAMETERS, Returns::STRING, make)
    .does("The SHA1 digest of a value in hexadecimal digits.")
    .examples(&[example(
        "print hash_sha1('World')",
        "70c07ec18ef89c5309bbb0937f3a6342411e1fdd",
    )]);

static PARAMETERS: &[Parameter] = &[Parameter::new("source", Accepts::NotDynamic, "the value")];

fn make(_: &[Argument]) -> Made {
    always(|row| hexadecimal(&Sha1::digest(digest_text(row.value(0)).as_bytes())))
}
