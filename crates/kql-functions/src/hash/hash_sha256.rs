use crate::prelude::*;
use sha2::{Digest, Sha256};

use super::bytes::{digest_text, hexadecimal};

pub(super) static FUNCTION: Function = Function::new("hash_sha256", Family::Hash, PARAMETERS, Returns::STRING, make)
    .does("The SHA256 digest of a value in hexadecimal digits.")
    .examples(&[example(
        "print hash_sha256('World')",
        "78ae647dc5544d227130a0682a51e30bc7777fbb6d8a8f17007463a3ecd1d524",
    )]);

static PARAMETERS: &[Parameter] = &[Parameter::new("source", Accepts::NotDynamic, "the value")];

fn make(_: &[Argument]) -> Made {
    always(|row| hexadecimal(&Sha256::digest(digest_text(row.value(0)).as_bytes())))
}
