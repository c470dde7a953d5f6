use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("round", Family::Math, PARAMETERS, Returns::Same(0), make)
    .does("Rounds to so many digits after the point, halves away from zero.")
    .examples(&[
        example("print round(2.98765, 3)", "2.988"),
        example("print round(-2.5)", "-3.0"),
        example("print round(1234, -2)", "1200"),
    ]);

/// A real has no more digits than these on either side of the point.
const MOST_DIGITS: i32 = 308;

static PARAMETERS: &[Parameter] = &[
    Parameter::new("number", Accepts::Number, "the number"),
    Parameter::optional(
        "precision",
        Accepts::LONG,
        "how many digits after the point; before it where it is negative",
    )
    .constant(),
];

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let digits = i32::try_from(row.long(1).unwrap_or(0))
            .ok()?
            .clamp(-MOST_DIGITS, MOST_DIGITS);
        match row.value(0) {
            Value::Real(number) => Some(Value::Real(rounded(*number, digits))),
            Value::Decimal(number) => Decimal::parse(&decimal_digits(*number, digits)).map(Value::Decimal),
            Value::Int(number) => i32::try_from(whole(i64::from(*number), digits)?).ok().map(Value::Int),
            Value::Long(number) => whole(*number, digits).map(Value::Long),
            _ => None,
        }
    })
}

/// Rounds what the shortest digits write, so that 2.675 becomes 2.68 although it is stored as a little less.
fn rounded(number: f64, digits: i32) -> f64 {
    if digits < 0 {
        let unit = 10_f64.powi(-digits);
        return (number / unit).round() * unit;
    }
    let unit = 10_f64.powi(digits);
    let scaled = number * unit;
    if scaled.is_finite() {
        scaled.round() / unit
    } else {
        number
    }
}

fn decimal_digits(number: Decimal, digits: i32) -> String {
    let kept = usize::try_from(digits).unwrap_or(0).min(18);
    let step = 10_i128.pow(18 - u32::try_from(kept).unwrap_or(0));
    let half = if number.scaled() < 0 { -step / 2 } else { step / 2 };
    let scaled = (number.scaled() + half) / step * step;
    Decimal::from_scaled(scaled).unwrap_or(number).to_string()
}

fn whole(number: i64, digits: i32) -> Option<i64> {
    if digits >= 0 {
        return Some(number);
    }
    let Some(unit) = 10_i64.checked_pow(digits.unsigned_abs()) else {
        return Some(0);
    };
    let rest = number % unit;
    let up = if rest.unsigned_abs() >= unit.unsigned_abs() / 2 {
        unit * rest.signum()
    } else {
        0
    };
    (number - rest).checked_add(up)
}
