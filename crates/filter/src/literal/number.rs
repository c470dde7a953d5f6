//! Whole numbers and truth values.

use whotalks_fields::Labels;

use super::{Type, Written};
use crate::item::Item;

/// A number in base 10, in base 8 after `0`, in base 16 after `0x` or in base 2 after `0b`.
pub(super) fn unsigned(text: &str) -> Option<u64> {
    let (digits, radix) = match text.get(..2) {
        Some("0x" | "0X") => (text.get(2..)?, 16),
        Some("0b" | "0B") => (text.get(2..)?, 2),
        Some(start) if start.starts_with('0') => (text.get(1..)?, 8),
        _ => (text, 10),
    };
    // The parser of numbers would take a sign.
    let is_plain = digits.chars().all(|digit| digit.is_digit(radix));
    is_plain.then(|| u64::from_str_radix(digits, radix).ok()).flatten()
}

/// A number that may have a minus sign.
pub(crate) fn signed(text: &str) -> Option<i64> {
    let digits = text.strip_prefix('-');
    let magnitude = i64::try_from(unsigned(digits.unwrap_or(text))?).ok()?;
    Some(if digits.is_some() { -magnitude } else { magnitude })
}

fn number(written: Written<'_>, labels: Labels) -> Option<u64> {
    match written {
        Written::Plain(text) => unsigned(text).or_else(|| labelled(labels, text.as_bytes())),
        Written::Quoted(text) => labelled(labels, text),
        Written::Character(byte) => Some(u64::from(byte)),
    }
}

fn labelled(labels: Labels, name: &[u8]) -> Option<u64> {
    let found = labels
        .iter()
        .find(|(_, label)| label.as_bytes().eq_ignore_ascii_case(name));
    found.map(|(number, _)| number)
}

pub(super) fn unsigned_item(written: Written<'_>, wanted: Type) -> Option<Item<'static>> {
    let number = number(written, wanted.labels)?;
    let fits = wanted.bits == 0 || wanted.bits >= 64 || number >> wanted.bits == 0;
    fits.then_some(Item::Unsigned(number))
}

pub(super) fn signed_item(written: Written<'_>, wanted: Type) -> Option<Item<'static>> {
    let number = number(written, wanted.labels)?;
    i64::try_from(number).ok().map(Item::Signed)
}

pub(super) fn boolean_item(written: Written<'_>, wanted: Type) -> Option<Item<'static>> {
    let is_true = match written {
        Written::Plain("True" | "TRUE" | "true") => true,
        Written::Plain("False" | "FALSE" | "false") => false,
        _ => number(written, wanted.labels)? != 0,
    };
    Some(Item::Unsigned(u64::from(is_true)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_in_four_bases() {
        let cases = [
            ("0", Some(0)),
            ("10", Some(10)),
            ("010", Some(8)),
            ("0x1F", Some(31)),
            ("0B101", Some(5)),
            ("18446744073709551615", Some(u64::MAX)),
            ("18446744073709551616", None),
            ("09", None),
            ("0x", None),
            ("0b2", None),
            ("+5", None),
            ("0x+5", None),
            ("1.5", None),
            ("", None),
        ];
        for (text, number) in cases {
            assert_eq!(unsigned(text), number, "{text}");
        }
        assert_eq!(signed("-0x10"), Some(-16));
        assert_eq!(signed("--1"), None);
    }
}
