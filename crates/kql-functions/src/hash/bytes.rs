//! The bytes of values as digests see them: texts in UTF-8, times as they are printed, numbers as texts.

use crate::prelude::*;
use twox_hash::XxHash64;

pub(super) fn digest_text<'r>(value: &'r Value<'r>) -> Cow<'r, str> {
    convert::to_text(value)
}

/// Lower case hexadecimal digits.
pub(super) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// XXH64 with seed 0: of texts their bytes, of numbers and times their eight bytes.
pub(crate) fn xxhash64(value: &Value<'_>) -> i64 {
    match value {
        Value::String(text) => xxhash64_of(text.as_bytes()),
        Value::Real(number) => xxhash64_of(&number.to_le_bytes()),
        Value::Guid(guid) => xxhash64_of(&guid.0),
        other => match convert::to_long(other) {
            Some(number) => xxhash64_of(&number.to_le_bytes()),
            None => xxhash64_of(convert::to_text(other).as_bytes()),
        },
    }
}

/// XXH64 with seed 0 of bytes.
pub(crate) fn xxhash64_of(bytes: &[u8]) -> i64 {
    XxHash64::oneshot(0, bytes).cast_signed()
}
