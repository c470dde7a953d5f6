//! Numbers as texts write them.

/// Reads a whole number, decimal or hexadecimal (`0x1F`), with blanks around; none where it does not fit.
#[must_use]
pub fn parse_long(text: &str) -> Option<i64> {
    let text = text.trim();
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    if let Some(hexadecimal) = digits.strip_prefix("0x").or_else(|| digits.strip_prefix("0X")) {
        return parse_hexadecimal(hexadecimal, negative);
    }
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.strip_prefix('+').unwrap_or(text).parse().ok())?
}

/// Sixteen digits are the bits of a number, so that the first one carries the sign.
fn parse_hexadecimal(digits: &str, negative: bool) -> Option<i64> {
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    let bits = plain.then(|| u64::from_str_radix(digits, 16).ok())??;
    let number = bits.cast_signed();
    if negative { number.checked_neg() } else { Some(number) }
}

/// Reads a number with or without fraction and exponent, with blanks around; `nan` and `inf` in any case.
#[must_use]
pub fn parse_real(text: &str) -> Option<f64> {
    let text = text.trim();
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let number_like = unsigned.starts_with(|c: char| c.is_ascii_digit() || c == '.');
    let special = ["nan", "inf", "infinity"]
        .iter()
        .any(|word| word.eq_ignore_ascii_case(unsigned));
    if number_like || special {
        return text.parse().ok();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_are_read_strictly() {
        assert_eq!(parse_long("  42  "), Some(42));
        assert_eq!(parse_long("0x1F"), Some(31));
        assert_eq!(parse_long("-9223372036854775808"), Some(i64::MIN));
        for text in [
            "",
            "9223372036854775808",
            "5.9",
            "1_000",
            "1e3",
            "0o17",
            "0xG",
            "--1",
            "+-1",
        ] {
            assert_eq!(parse_long(text), None, "{text}");
        }
    }

    #[test]
    fn real_numbers_are_read_with_exponent() {
        assert_eq!(parse_real(" 1.5E+3 "), Some(1500.0));
        assert_eq!(
            (parse_real(".5"), parse_real("5."), parse_real("+.5")),
            (Some(0.5), Some(5.0), Some(0.5))
        );
        assert_eq!(parse_real("1e400"), Some(f64::INFINITY));
        for text in ["", "1,000", "$100", "1f", "abc", "."] {
            assert_eq!(parse_real(text), None, "{text}");
        }
    }
}
