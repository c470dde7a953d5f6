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
    let hash = match value {
        Value::String(text) => XxHash64::oneshot(0, text.as_bytes()),
        Value::Real(number) => XxHash64::oneshot(0, &number.to_le_bytes()),
        Value::Guid(guid) => XxHash64::oneshot(0, &guid.0),
        other => match convert::to_long(other) {
            Some(number) => XxHash64::oneshot(0, &number.to_le_bytes()),
            None => XxHash64::oneshot(0, convert::to_text(other).as_bytes()),
        },
    };
    hash.cast_signed()
}
