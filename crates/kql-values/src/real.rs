use std::fmt::Write as _;

/// Below this power of ten a number is written plainly, from it on with an exponent, as .NET does.
const LAST_PLAIN_EXPONENT: i32 = 14;
const FIRST_PLAIN_EXPONENT: i32 = -4;

/// The shortest digits that read back to the same number, laid out as .NET does: `1`, `0.1`, `1E-07`, `9.2E+18`.
///
/// `tostring()` writes whole numbers with a fraction (`1.0`): see [`crate::convert::to_text`].
#[must_use]
pub fn print_real(number: f64) -> String {
    if number.is_nan() {
        return "NaN".to_owned();
    }
    if number.is_infinite() {
        return if number > 0.0 { "Infinity" } else { "-Infinity" }.to_owned();
    }
    let scientific = format!("{number:e}");
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or_default();
    if (FIRST_PLAIN_EXPONENT..=LAST_PLAIN_EXPONENT).contains(&exponent) {
        return format!("{number}");
    }
    let sign = if exponent < 0 { '-' } else { '+' };
    let mut text = mantissa.to_owned();
    // Writing to a string cannot fail.
    let _ = write!(text, "E{sign}{:02}", exponent.unsigned_abs());
    text
}

/// As `tostring()` writes it: as few digits as read back to the same number, but where several numbers of so many digits do, the
/// greatest of them (`0.1 + 0.2` is `0.30000000000000007`), as the real engine has it; with `.0` after whole numbers.
pub(crate) fn print_as_text(number: f64) -> String {
    match greatest_alike(number) {
        Some(text) => text,
        None => print_with_fraction(number),
    }
}

/// The greatest decimal of as many digits as the shortest one that reads back to a number, where it is not the shortest one itself.
/// Only numbers of the most digits have several.
fn greatest_alike(number: f64) -> Option<String> {
    let scientific = format!("{:e}", number.abs());
    let (mantissa, exponent) = scientific.split_once('e')?;
    let exponent: i32 = exponent.parse().ok()?;
    if !(FIRST_PLAIN_EXPONENT..=LAST_PLAIN_EXPONENT).contains(&exponent) {
        return None;
    }
    let shortest: u64 = mantissa.replace('.', "").parse().ok()?;
    let last_place = exponent - i32::try_from(mantissa.len().checked_sub(2)?).ok()?;
    let reads_back = |digits: &u64| format!("{digits}e{last_place}").parse() == Ok(number.abs());
    let greatest = (shortest + 1..).take_while(reads_back).last()?;
    let sign = if number < 0.0 { "-" } else { "" };
    let places = usize::try_from(-last_place).ok()?;
    let digits = format!("{greatest:0>width$}", width = places + 1);
    let (whole, fraction) = digits.split_at_checked(digits.len() - places)?;
    Some(format!("{sign}{whole}.{fraction}"))
}

/// As [`print_real`], with `.0` after whole numbers.
pub(crate) fn print_with_fraction(number: f64) -> String {
    let mut text = print_real(number);
    if number.is_finite() && !text.contains(['.', 'E']) {
        text.push_str(".0");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_laid_out_as_in_dot_net() {
        let pairs = [
            (1.0, "1"),
            (-0.5, "-0.5"),
            (0.1 + 0.2, "0.30000000000000004"),
            (1e-7, "1E-07"),
            (0.0001, "0.0001"),
            (0.00001, "1E-05"),
            (123_456_789_012_345.0, "123456789012345"),
            (1e15, "1E+15"),
            (9_223_372_036_854_775_807.0, "9.223372036854776E+18"),
            (5e-324, "5E-324"),
            (f64::MAX, "1.7976931348623157E+308"),
            (f64::NEG_INFINITY, "-Infinity"),
        ];
        for (number, expected) in pairs {
            assert_eq!(print_real(number), expected);
        }
        assert_eq!(print_with_fraction(1.0), "1.0");
    }

    #[test]
    fn texts_have_the_greatest_of_the_shortest_decimals() {
        let pairs = [
            (0.1 + 0.2, "0.30000000000000007"),
            (-(0.1 + 0.2), "-0.30000000000000007"),
            (1.5, "1.5"),
            (0.1, "0.1"),
            (100_000_000_000.0, "100000000000.0"),
            (1.0 / 3.0, "0.3333333333333333"),
            (0.0, "0.0"),
            (f64::NAN, "NaN"),
        ];
        for (number, expected) in pairs {
            assert_eq!(print_as_text(number), expected);
            assert!(number.is_nan() || print_as_text(number).parse() == Ok(number));
        }
    }
}
