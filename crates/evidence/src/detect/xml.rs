//! Markup that no reader takes.

use crate::format::Format;

/// How much of the text is searched, in characters.
const SEARCHED_CHARACTERS: usize = 1_024;

/// HTML or other XML.
pub(super) fn detect(text: &str) -> Format {
    let head: String = text
        .chars()
        .take(SEARCHED_CHARACTERS)
        .collect::<String>()
        .to_ascii_lowercase();
    if head.contains("<html") || head.contains("<!doctype html") {
        Format::Html
    } else if head.starts_with("<?xml") || head.contains("</") || head.contains("/>") {
        Format::Xml
    } else {
        Format::Text
    }
}
