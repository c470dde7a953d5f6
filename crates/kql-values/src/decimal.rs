use std::fmt;
use std::str::FromStr;

/// How many digits stand after the point.
const SCALE: u32 = 18;
const UNIT: i128 = 1_000_000_000_000_000_000;

/// A decimal fraction with 18 digits after the point and 20 before it; it lies in an Arrow `Decimal128(38, 18)`.
///
/// Kusto keeps 34 significant digits at any scale; what does not fit here is null rather than wrong.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Decimal(i128);

impl Decimal {
    /// The largest number.
    pub const MAX: Self = Self(99_999_999_999_999_999_999_999_999_999_999_999_999);

    /// From a number of 10⁻¹⁸; none over 38 digits.
    #[must_use]
    pub const fn from_scaled(scaled: i128) -> Option<Self> {
        if scaled <= Self::MAX.0 && scaled >= -Self::MAX.0 {
            Some(Self(scaled))
        } else {
            None
        }
    }

    /// How many 10⁻¹⁸ it is.
    #[must_use]
    pub const fn scaled(self) -> i128 {
        self.0
    }

    /// A whole number.
    #[must_use]
    pub const fn from_long(number: i64) -> Self {
        Self(number as i128 * UNIT)
    }

    /// The number that the shortest digits of a real write; none where it does not fit or is no number.
    #[must_use]
    pub fn from_real(number: f64) -> Option<Self> {
        Self::parse(&format!("{number:e}"))
    }

    /// The nearest real.
    #[must_use]
    pub fn to_real(self) -> f64 {
        f64::from_str(&self.to_string()).unwrap_or(f64::NAN)
    }

    /// Its whole part; none where it does not fit.
    #[must_use]
    pub fn to_long(self) -> Option<i64> {
        i64::try_from(self.0 / UNIT).ok()
    }

    /// Reads digits with or without point and exponent; what is finer than 10⁻¹⁸ is rounded.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (mantissa, exponent) = match text.find(['e', 'E']) {
            Some(index) => (text.get(..index)?, text.get(index + 1..)?.parse::<i32>().ok()?),
            None => (text, 0),
        };
        let (negative, digits) = match mantissa.strip_prefix('-') {
            Some(digits) => (true, digits),
            None => (false, mantissa.strip_prefix('+').unwrap_or(mantissa)),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let digits_only = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let plain = whole.len() + fraction.len() > 0 && digits_only(whole) && digits_only(fraction);
        plain.then_some(())?;
        let power = exponent.checked_add(i32::try_from(whole.len()).ok()?)?;
        let scaled = scaled_digits(whole.bytes().chain(fraction.bytes()), power)?;
        Self::from_scaled(if negative { -scaled } else { scaled })
    }

    /// The sum; none over 38 digits.
    #[must_use]
    pub fn checked_add(self, other: Self) -> Option<Self> {
        Self::from_scaled(self.0.checked_add(other.0)?)
    }

    /// The difference; none over 38 digits.
    #[must_use]
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        Self::from_scaled(self.0.checked_sub(other.0)?)
    }

    /// The product, cut off after 18 digits; none over 38 digits.
    #[must_use]
    pub fn checked_mul(self, other: Self) -> Option<Self> {
        let (whole, part) = (self.0 / UNIT, self.0 % UNIT);
        let (other_whole, other_part) = (other.0 / UNIT, other.0 % UNIT);
        let sum = whole
            .checked_mul(other.0)?
            .checked_add(part.checked_mul(other_whole)?)?;
        Self::from_scaled(sum.checked_add(part.checked_mul(other_part)? / UNIT)?)
    }

    /// The quotient, cut off after 18 digits; none by zero and over 38 digits.
    #[must_use]
    pub fn checked_div(self, other: Self) -> Option<Self> {
        let mut quotient = self.0.checked_div(other.0)?;
        let mut rest = self.0.checked_rem(other.0)?;
        for _ in 0..SCALE {
            rest = rest.checked_mul(10)?;
            quotient = quotient.checked_mul(10)?.checked_add(rest / other.0)?;
            rest %= other.0;
        }
        Self::from_scaled(quotient)
    }

    /// What is left of a division, between zero and the divisor's size; none by zero.
    #[must_use]
    pub fn checked_rem(self, other: Self) -> Option<Self> {
        self.0.checked_rem_euclid(other.0).map(Self)
    }

    /// The largest whole number that is not larger.
    #[must_use]
    pub fn floor(self) -> Option<Self> {
        Self::from_scaled(self.0.div_euclid(UNIT).checked_mul(UNIT)?)
    }
}

/// Digits whose point stands after `power` of them, in units of 10⁻¹⁸.
fn scaled_digits(digits: impl Iterator<Item = u8>, power: i32) -> Option<i128> {
    let mut places = power.checked_add(i32::try_from(SCALE).ok()?)?;
    let mut scaled = 0_i128;
    for digit in digits.map(|byte| i128::from(byte - b'0')) {
        if places == 0 && digit >= 5 {
            scaled = scaled.checked_add(1)?;
        }
        if places > 0 {
            scaled = scaled.checked_mul(10)?.checked_add(digit)?;
        }
        places = places.saturating_sub(1);
    }
    if scaled == 0 || places <= 0 {
        return Some(scaled);
    }
    scaled.checked_mul(10_i128.checked_pow(u32::try_from(places).ok()?)?)
}

impl fmt::Display for Decimal {
    /// Without zeros at the end.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let unit = UNIT.unsigned_abs();
        let (whole, part) = (self.0.unsigned_abs() / unit, self.0.unsigned_abs() % unit);
        if part == 0 {
            return write!(f, "{sign}{whole}");
        }
        let digits = format!("{part:018}");
        write!(f, "{sign}{whole}.{}", digits.trim_end_matches('0'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Decimal {
        Decimal::parse(text).unwrap()
    }

    #[test]
    fn decimals_are_read_and_printed() {
        let pairs = [
            ("3.14159", "3.14159"),
            ("-0.0", "0"),
            ("1e3", "1000"),
            ("1.5E-3", "0.0015"),
            ("3.14159265358979323846", "3.141592653589793238"),
            (".5", "0.5"),
            ("1e-30", "0"),
        ];
        for (text, expected) in pairs {
            assert_eq!(read(text).to_string(), expected, "{text}");
        }
        for wrong in ["abc", "", ".", "1e40", "1.2.3", "1e2147483647"] {
            assert_eq!(Decimal::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn arithmetic_is_exact() {
        assert_eq!(read("0.1").checked_add(read("0.2")), Some(read("0.3")));
        assert_eq!(
            read("10").checked_div(read("3")).unwrap().to_string(),
            "3.333333333333333333"
        );
        assert_eq!(read("2147483648").checked_mul(read("2")), Some(read("4294967296")));
        assert_eq!(read("-1.5").checked_mul(read("1.5")), Some(read("-2.25")));
        assert_eq!(read("-10").checked_rem(read("3")), Some(read("2")));
        assert_eq!(Decimal::MAX.checked_add(read("1")), None);
        assert_eq!(read("1").checked_div(Decimal::default()), None);
    }
}
