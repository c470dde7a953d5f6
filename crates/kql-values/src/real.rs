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

/// As `tostring()` writes it: as [`print_real`], with `.0` after whole numbers.
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
}
