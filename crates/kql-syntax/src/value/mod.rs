//! The values that literals are written for: times and time spans in ticks of 100 ns, GUIDs as numbers.

mod datetime;
mod timespan;

pub use datetime::{datetime, write_datetime};
pub(crate) use timespan::digits_with_unit;
pub use timespan::{TIMESPAN_UNITS, timespan, write_timespan};

/// Ticks of 100 ns in a second.
pub const TICKS_PER_SECOND: i64 = 10_000_000;
/// Ticks of 100 ns in a day.
pub const TICKS_PER_DAY: i64 = 86_400 * TICKS_PER_SECOND;

/// The digits of a fraction of a second, as ticks; digits after the seventh are cut off.
pub(crate) fn fraction_ticks(digits: &str) -> Option<i64> {
    if digits.is_empty() || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let ticks = digits.bytes().chain(std::iter::repeat(b'0')).take(7);
    Some(ticks.fold(0, |sum, digit| sum * 10 + i64::from(digit - b'0')))
}

/// A GUID, with or without braces and hyphens, as its 128 bits in the order they are written.
pub fn guid(text: &str) -> Option<u128> {
    let inner = text
        .strip_prefix('{')
        .and_then(|rest| rest.strip_suffix('}'))
        .unwrap_or(text);
    let digits: String = inner.chars().filter(|sign| *sign != '-').collect();
    let plausible = digits.len() == 32 && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    let hyphens = inner.len() - digits.len();
    (plausible && matches!(hyphens, 0 | 4)).then(|| u128::from_str_radix(&digits, 16).ok())?
}
