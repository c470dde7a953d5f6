//! Tells what a piece of evidence is from its first bytes; a name or an extension is never asked.

mod json;
mod magic;
mod text;

use crate::format::Format;

/// The format of data that begins with `prefix`. A prefix of 64 KiB decides every format; a shorter one is taken as the
/// whole of the data.
#[must_use]
pub fn detect(prefix: &[u8]) -> Format {
    if prefix.is_empty() {
        return Format::Empty;
    }
    magic::detect(prefix).unwrap_or_else(|| text::detect(prefix))
}
