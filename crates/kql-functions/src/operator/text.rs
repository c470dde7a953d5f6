//! What the operators that look for one text in another have in common.

use super::needle::Needle;
use crate::prelude::*;

pub(super) static PARAMETERS: &[Parameter] = &[
    Parameter::new("source", Accepts::TextOrDynamic, "the text to look in"),
    Parameter::new("search", Accepts::TextOrDynamic, "the text to look for"),
];

/// Looks for a text; one that is constant is made ready once.
pub(super) fn make(arguments: &[Argument], new: fn(&str) -> Needle, matches: fn(&Needle, &str) -> bool) -> Made {
    match arguments.get(1).and_then(Argument::text) {
        Some(search) => {
            let needle = new(search);
            of_text(move |text| matches(&needle, text))
        }
        None => always(move |row| matches(&new(row.text(1)), row.text(0))),
    }
}
