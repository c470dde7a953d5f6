use crate::prelude::*;
use md5::{Digest, Md5};

use super::bytes::{digest_text, hexadecimal};

pub(super) static FUNCTION: Function = Function::new("hash_md5", Family::Hash, PARAMETERS, Returns::STRING, make)
    .does("The MD5 digest of a value in hexadecimal digits.")
    .examples(&[
        example("print hash_md5('World')", "f5a7924e621e84c9280a9a27e1bcb7f6"),
        example(
            "print hash_md5(datetime(2020-01-01))",
            "786c530672d1f8db31fee25ea8a9390b",
        ),
    ]);

static PARAMETERS: &[Parameter] = &[Parameter::new("source", Accepts::NotDynamic, "the value")];

fn make(_: &[Argument]) -> Made {
    always(|row| hexadecimal(&Md5::digest(digest_text(row.value(0)).as_bytes())))
}
