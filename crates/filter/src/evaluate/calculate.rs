//! Calculations with two values.

use std::borrow::Cow;

use crate::item::Item;
use crate::syntax::Calculation;

/// Two values calculated with; none where the outcome does not exist or does not fit.
pub(super) fn calculate(how: Calculation, left: &Item<'_>, right: &Item<'_>) -> Option<Item<'static>> {
    match (left, right) {
        (Item::Float(left), Item::Float(right)) => float(how, *left, *right).map(Item::Float),
        (Item::Span(left), Item::Span(right)) => span(how, *left, *right).map(Item::Span),
        (Item::Ipv4 { address: left, .. }, Item::Ipv4 { address: right, .. }) => {
            Some(Item::ipv4(left & right, u32::MAX))
        }
        (Item::Ipv6 { address: left, .. }, Item::Ipv6 { address: right, .. }) => {
            Some(Item::ipv6(left & right, u128::MAX))
        }
        (Item::Bytes(left) | Item::Text(left), Item::Bytes(right) | Item::Text(right)) => Some(masked(left, right)),
        _ => whole(how, number(left)?, number(right)?).and_then(from_number),
    }
}

/// The value with the other sign.
pub(super) fn negative(item: &Item<'_>) -> Option<Item<'static>> {
    match item {
        Item::Span(span) => span.checked_neg().map(Item::Span),
        Item::Float(value) => Some(Item::Float(-value)),
        // What was negated is a signed number even where it is zero.
        _ => i64::try_from(-number(item)?).ok().map(Item::Signed),
    }
}

/// The value without its sign.
pub(super) fn absolute(item: &Item<'_>) -> Option<Item<'static>> {
    match item {
        Item::Span(span) => span.checked_abs().map(Item::Span),
        Item::Float(value) => Some(Item::Float(value.abs())),
        _ => from_number(number(item)?.abs()),
    }
}

fn number(item: &Item<'_>) -> Option<i128> {
    match item {
        Item::Unsigned(number) => Some(i128::from(*number)),
        Item::Signed(number) => Some(i128::from(*number)),
        _ => None,
    }
}

/// A number is signed where it is negative, as in Wireshark, where 22 - 100 is -78.
fn from_number(number: i128) -> Option<Item<'static>> {
    let unsigned = u64::try_from(number).ok().map(Item::Unsigned);
    unsigned.or_else(|| i64::try_from(number).ok().map(Item::Signed))
}

fn whole(how: Calculation, left: i128, right: i128) -> Option<i128> {
    match how {
        Calculation::Plus => left.checked_add(right),
        Calculation::Minus => left.checked_sub(right),
        Calculation::Times => left.checked_mul(right),
        Calculation::Divide => left.checked_div(right),
        Calculation::Remainder => left.checked_rem(right),
        Calculation::BitAnd => Some(left & right),
    }
}

fn span(how: Calculation, left: i64, right: i64) -> Option<i64> {
    match how {
        Calculation::Plus => left.checked_add(right),
        Calculation::Minus => left.checked_sub(right),
        _ => None,
    }
}

fn float(how: Calculation, left: f64, right: f64) -> Option<f64> {
    match how {
        Calculation::Plus => Some(left + right),
        Calculation::Minus => Some(left - right),
        Calculation::Times => Some(left * right),
        Calculation::Divide => Some(left / right),
        Calculation::Remainder => Some(left % right),
        Calculation::BitAnd => None,
    }
}

/// The bytes that both have; the longer one loses its end.
fn masked(left: &[u8], right: &[u8]) -> Item<'static> {
    let bytes = left.iter().zip(right).map(|(left, right)| left & right).collect();
    Item::Bytes(Cow::Owned(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole_numbers(how: Calculation, left: u64, right: u64) -> Option<Item<'static>> {
        calculate(how, &Item::Unsigned(left), &Item::Unsigned(right))
    }

    #[test]
    fn a_difference_below_zero_is_signed() {
        assert_eq!(whole_numbers(Calculation::Minus, 22, 100), Some(Item::Signed(-78)));
        assert_eq!(whole_numbers(Calculation::Minus, 100, 22), Some(Item::Unsigned(78)));
        assert_eq!(negative(&Item::Unsigned(0)), Some(Item::Signed(0)));
    }

    #[test]
    fn what_does_not_exist_or_fit_is_nothing() {
        assert_eq!(whole_numbers(Calculation::Divide, 1, 0), None);
        assert_eq!(whole_numbers(Calculation::Remainder, 1, 0), None);
        assert_eq!(whole_numbers(Calculation::Times, u64::MAX, 2), None);
        assert_eq!(negative(&Item::Unsigned(u64::MAX)), None);
        assert_eq!(calculate(Calculation::Times, &Item::Span(1), &Item::Span(1)), None);
    }

    #[test]
    fn bytes_are_masked_as_far_as_both_reach() {
        let (left, right) = (
            Item::Bytes(Cow::Borrowed(&[0x45, 0xff])),
            Item::Bytes(Cow::Borrowed(&[0xf0])),
        );
        let masked = calculate(Calculation::BitAnd, &left, &right);
        assert_eq!(masked, Some(Item::Bytes(Cow::Borrowed(&[0x40]))));
    }
}
