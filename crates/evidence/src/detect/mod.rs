//! Tells what a piece of evidence is from its first bytes; a name or an extension is never asked.

mod csv;
mod json;
mod log;
mod magic;
mod text;
mod tool;
mod xml;

use crate::format::Format;

/// The format of data that begins with `prefix`. A prefix of 64 KiB decides every format; a shorter one is taken as the
/// whole of the data.
#[must_use]
pub fn detect(prefix: &[u8]) -> Format {
    if prefix.is_empty() {
        return Format::Empty;
    }
    if let Some(format) = magic::detect(prefix) {
        return format;
    }
    match text::decode(prefix) {
        Some(text) => of_text(prefix, &text),
        None => Format::Binary,
    }
}

fn of_text(prefix: &[u8], text: &str) -> Format {
    if let Some(format) = tool::detect(prefix) {
        return format;
    }
    let start = text.trim_start();
    let format = match start.chars().next() {
        None => Some(Format::Empty),
        Some('<') => Some(xml::detect(start)),
        Some('{' | '[') => json::detect(start),
        Some(_) => None,
    };
    format
        .or_else(|| log::detect(start))
        .or_else(|| csv::detect(start))
        .unwrap_or(Format::Text)
}
