//! Words that begin with a digit: numbers, time spans, GUIDs and names.

use super::{is_name_part, name_length};
use crate::token::TokenKind;
use crate::value::TIMESPAN_UNITS;

/// Tells the length of a word of one kind at the beginning of a text.
type Reader = fn(&str) -> Option<usize>;

/// The digits of the five parts of a GUID.
const GUID_PARTS: [usize; 5] = [8, 4, 4, 4, 12];

/// The kind and the length of a word that begins with a digit.
pub(super) fn scan(text: &str) -> Option<(TokenKind, usize)> {
    let readers: [(Reader, TokenKind); 5] = [
        (guid, TokenKind::RawGuid),
        (real, TokenKind::Real),
        (timespan, TokenKind::Timespan),
        (long, TokenKind::Long),
        (name, TokenKind::Identifier),
    ];
    let mut found = readers.iter().filter_map(|(read, kind)| Some((*kind, read(text)?)));
    found.next()
}

/// The length of a GUID without braces; what follows does not matter.
pub(super) fn guid(text: &str) -> Option<usize> {
    let mut rest = text;
    for (index, digits) in GUID_PARTS.iter().enumerate() {
        if index > 0 {
            rest = rest.strip_prefix('-')?;
        }
        let part = rest.get(..*digits)?;
        if !part.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return None;
        }
        rest = rest.get(*digits..)?;
    }
    Some(text.len() - rest.len())
}

fn digits(text: &str) -> usize {
    text.len() - text.trim_start_matches(|sign: char| sign.is_ascii_digit()).len()
}

/// `text` after `length` bytes.
fn after(text: &str, length: usize) -> &str {
    text.get(length..).unwrap_or_default()
}

/// `length`, where no name goes on there.
fn ended(text: &str, length: usize) -> Option<usize> {
    (!after(text, length).starts_with(is_name_part)).then_some(length)
}

fn real(text: &str) -> Option<usize> {
    let whole = digits(text);
    let rest = after(text, whole);
    let point = rest.starts_with('.') && (!rest.starts_with("..") || rest.starts_with("..."));
    let length = if point {
        let fraction = whole + 1 + digits(after(rest, 1));
        fraction + exponent(after(text, fraction)).unwrap_or(0)
    } else {
        whole + exponent(rest)?
    };
    ended(text, length)
}

fn exponent(text: &str) -> Option<usize> {
    let unsigned = text.strip_prefix(['e', 'E'])?;
    let number = unsigned.strip_prefix(['+', '-']).unwrap_or(unsigned);
    let length = digits(number);
    (length > 0).then_some(text.len() - number.len() + length)
}

fn timespan(text: &str) -> Option<usize> {
    let mut number = digits(text);
    if let Some(fraction) = after(text, number)
        .strip_prefix('.')
        .map(digits)
        .filter(|length| *length > 0)
    {
        number += 1 + fraction;
    }
    let rest = after(text, number);
    let units = TIMESPAN_UNITS.iter().filter(|(unit, _)| rest.starts_with(unit));
    let longest = units.map(|(unit, _)| unit.len()).max()?;
    ended(text, number + longest)
}

fn long(text: &str) -> Option<usize> {
    if let Some(hex) = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
        let length = hex.len() - hex.trim_start_matches(|sign: char| sign.is_ascii_hexdigit()).len();
        if length > 0 {
            return ended(text, 2 + length);
        }
    }
    ended(text, digits(text))
}

fn name(text: &str) -> Option<usize> {
    let length = name_length(text);
    (length > digits(text)).then_some(length)
}
