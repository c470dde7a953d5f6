//! JSON as Kusto prints it: without blanks, names and texts escaped, whole reals with a fraction.

use std::fmt::Write as _;

use super::{DynamicView, Kind, MOST_NESTED};
use crate::real::print_with_fraction;

/// Prints a value.
pub(super) fn json(view: DynamicView<'_>) -> String {
    let mut text = String::new();
    write(&mut text, view, MOST_NESTED);
    text
}

fn write(text: &mut String, view: DynamicView<'_>, depth: usize) {
    let Some(deeper) = depth.checked_sub(1) else {
        text.push_str("null");
        return;
    };
    match view.kind() {
        Kind::Null => text.push_str("null"),
        Kind::Bool(value) => text.push_str(if value { "true" } else { "false" }),
        // Writing to a string cannot fail.
        Kind::Long(value) => drop(write!(text, "{value}")),
        Kind::Real(value) if value.is_finite() => text.push_str(&print_with_fraction(value)),
        Kind::Real(value) => quoted(text, &print_with_fraction(value)),
        Kind::Decimal(value) => quoted(text, &value.to_string()),
        Kind::String(value) => quoted(text, value),
        Kind::DateTime(value) => quoted(text, &value.to_string()),
        Kind::TimeSpan(value) => quoted(text, &value.to_string()),
        Kind::Guid(value) => quoted(text, &value.to_string()),
        Kind::Array(elements) => {
            text.push('[');
            for (index, element) in elements.enumerate() {
                text.push_str(if index > 0 { "," } else { "" });
                write(text, element, deeper);
            }
            text.push(']');
        }
        Kind::Bag(properties) => {
            text.push('{');
            for (index, (name, value)) in properties.enumerate() {
                text.push_str(if index > 0 { "," } else { "" });
                quoted(text, name);
                text.push(':');
                write(text, value, deeper);
            }
            text.push('}');
        }
    }
}

fn quoted(text: &mut String, value: &str) {
    text.push('"');
    for character in value.chars() {
        match character {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            '\t' => text.push_str("\\t"),
            '\u{8}' => text.push_str("\\b"),
            '\u{c}' => text.push_str("\\f"),
            control if u32::from(control) < 0x20 => drop(write!(text, "\\u{:04x}", u32::from(control))),
            other => text.push(other),
        }
    }
    text.push('"');
}
