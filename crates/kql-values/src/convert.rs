//! Turning values of one type into another, as `tobool()`, `tolong()` and their sisters do. None is null.

use std::borrow::Cow;

use crate::real::print_as_text;
use crate::{DateTime, Decimal, Dynamic, DynamicBuilder, DynamicView, Guid, KustoType, TimeSpan, Value};
use crate::{number, value};

/// Converts to a type; null where that is impossible.
#[must_use]
pub fn cast<'a>(value: &'a Value<'a>, to: KustoType) -> Value<'a> {
    if value.kusto_type() == Some(to) {
        return value.borrowed();
    }
    let cast = match to {
        KustoType::Bool => to_bool(value).map(Value::Bool),
        KustoType::Int => to_int(value).map(Value::Int),
        KustoType::Long => to_long(value).map(Value::Long),
        KustoType::Real => to_real(value).map(Value::Real),
        KustoType::Decimal => to_decimal(value).map(Value::Decimal),
        KustoType::String => Some(Value::String(to_text(value))),
        KustoType::DateTime => to_datetime(value).map(Value::DateTime),
        KustoType::TimeSpan => to_timespan(value).map(Value::TimeSpan),
        KustoType::Guid => to_guid(value).map(Value::Guid),
        KustoType::Dynamic => Some(to_dynamic(value)),
    };
    cast.unwrap_or(Value::Null)
}

/// `tobool()`: numbers are true unless zero; texts are `true`, `false` in any case, or whole numbers.
#[must_use]
pub fn to_bool(value: &Value<'_>) -> Option<bool> {
    match value.unpacked() {
        Value::Bool(value) => Some(value),
        Value::Int(value) => Some(value != 0),
        Value::Long(value) => Some(value != 0),
        Value::Real(value) => (!value.is_nan()).then_some(value != 0.0),
        Value::Decimal(value) => Some(value != Decimal::default()),
        Value::String(text) => bool_of_text(&text),
        _ => None,
    }
}

fn bool_of_text(text: &str) -> Option<bool> {
    if text.eq_ignore_ascii_case("true") {
        return Some(true);
    }
    if text.eq_ignore_ascii_case("false") {
        return Some(false);
    }
    number::parse_long(text).map(|number| number != 0)
}

/// `toint()`: whole numbers keep their lowest 32 bits, reals are cut off and held at the ends, texts must fit.
#[must_use]
pub fn to_int(value: &Value<'_>) -> Option<i32> {
    match value.unpacked() {
        Value::Int(value) => Some(value),
        Value::Real(value) => finite(value).map(|value| value as i32),
        Value::String(text) => i32::try_from(number::parse_long(&text)?).ok(),
        other => to_long(&other).map(lowest_bits),
    }
}

fn lowest_bits(number: i64) -> i32 {
    let [a, b, c, d, ..] = number.to_le_bytes();
    i32::from_le_bytes([a, b, c, d])
}

/// `tolong()`: reals are cut off and held at the ends, times are ticks, texts must be whole numbers that fit.
#[must_use]
pub fn to_long(value: &Value<'_>) -> Option<i64> {
    match value.unpacked() {
        Value::Bool(value) => Some(i64::from(value)),
        Value::Int(value) => Some(i64::from(value)),
        Value::Long(value) => Some(value),
        Value::Real(value) => finite(value).map(|value| value as i64),
        Value::Decimal(value) => value.to_long(),
        Value::String(text) => number::parse_long(&text),
        Value::DateTime(value) => Some(value.ticks()),
        Value::TimeSpan(value) => Some(value.ticks()),
        Value::Null | Value::Guid(_) | Value::Dynamic(_) => None,
    }
}

fn finite(value: f64) -> Option<f64> {
    value.is_finite().then_some(value)
}

/// `toreal()`, `todouble()`.
#[must_use]
pub fn to_real(value: &Value<'_>) -> Option<f64> {
    match value.unpacked() {
        Value::Real(value) => Some(value),
        Value::Decimal(value) => Some(value.to_real()),
        Value::String(text) => {
            number::parse_real(&text).or_else(|| number::parse_long(&text).map(|value| value as f64))
        }
        other => to_long(&other).map(|value| value as f64),
    }
}

/// `todecimal()`.
#[must_use]
pub fn to_decimal(value: &Value<'_>) -> Option<Decimal> {
    match value.unpacked() {
        Value::Decimal(value) => Some(value),
        Value::Real(value) => Decimal::from_real(value),
        Value::String(text) => Decimal::parse(&text),
        other => to_long(&other).map(Decimal::from_long),
    }
}

/// `tostring()`: null is the empty text; `True` and `False`, but `true` and `false` out of dynamic values; whole
/// reals with a fraction; arrays and bags as JSON.
#[must_use]
pub fn to_text<'a>(value: &'a Value<'a>) -> Cow<'a, str> {
    match value {
        Value::String(text) => Cow::Borrowed(text),
        Value::Dynamic(bytes) => text_of_view(DynamicView::new(bytes)),
        Value::Bool(value) => Cow::Borrowed(if *value { "True" } else { "False" }),
        other => text_of_scalar(other).into(),
    }
}

fn text_of_view(view: DynamicView<'_>) -> Cow<'_, str> {
    match view.to_value() {
        value::Value::String(text) => text,
        Value::Bool(value) => Cow::Borrowed(if value { "true" } else { "false" }),
        Value::Dynamic(_) => view.to_json().into(),
        other => text_of_scalar(&other).into(),
    }
}

fn text_of_scalar(value: &Value<'_>) -> String {
    match value {
        Value::Int(value) => value.to_string(),
        Value::Long(value) => value.to_string(),
        Value::Real(value) => print_as_text(*value),
        Value::Decimal(value) => value.to_string(),
        Value::DateTime(value) => value.to_string(),
        Value::TimeSpan(value) => value.to_string(),
        Value::Guid(value) => value.to_string(),
        Value::Null | Value::Bool(_) | Value::String(_) | Value::Dynamic(_) => String::new(),
    }
}

/// `todatetime()`: numbers are ticks.
#[must_use]
pub fn to_datetime(value: &Value<'_>) -> Option<DateTime> {
    match value.unpacked() {
        Value::DateTime(value) => Some(value),
        Value::String(text) => DateTime::parse(&text),
        Value::Int(ticks) => DateTime::from_ticks(i64::from(ticks)),
        Value::Long(ticks) => DateTime::from_ticks(ticks),
        Value::Real(ticks) => finite(ticks).and_then(|ticks| DateTime::from_ticks(ticks as i64)),
        _ => None,
    }
}

/// `totimespan()`: numbers are ticks.
#[must_use]
pub fn to_timespan(value: &Value<'_>) -> Option<TimeSpan> {
    match value.unpacked() {
        Value::TimeSpan(value) => Some(value),
        Value::String(text) => TimeSpan::parse(&text),
        Value::Int(ticks) => Some(TimeSpan::from_ticks(i64::from(ticks))),
        Value::Long(ticks) => Some(TimeSpan::from_ticks(ticks)),
        Value::Real(ticks) => finite(ticks).map(|ticks| TimeSpan::from_ticks(ticks as i64)),
        _ => None,
    }
}

/// `toguid()`.
#[must_use]
pub fn to_guid(value: &Value<'_>) -> Option<Guid> {
    match value.unpacked() {
        Value::Guid(value) => Some(value),
        Value::String(text) => Guid::parse(&text),
        _ => None,
    }
}

/// `todynamic()`: texts are read as JSON, other scalars are held as they are.
#[must_use]
pub fn to_dynamic<'a>(value: &'a Value<'a>) -> Value<'a> {
    match value {
        Value::Null => Value::Null,
        Value::String(text) => match Dynamic::parse_json(text) {
            Dynamic::Null => Value::Null,
            dynamic => dynamic.into(),
        },
        Value::Dynamic(bytes) => Value::Dynamic(Cow::Borrowed(bytes)),
        other => Value::Dynamic(Cow::Owned(DynamicBuilder::value(other))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dynamic(json: &str) -> Value<'static> {
        Dynamic::parse_json(json).into()
    }

    #[test]
    fn whole_numbers_are_cut_as_the_engine_cuts() {
        assert_eq!(to_int(&Value::Long(2_147_483_648)), Some(i32::MIN));
        assert_eq!(
            to_int(&TimeSpan::from_ticks(36_000_000_000).into()),
            Some(1_640_261_632)
        );
        assert_eq!(to_int(&"2147483648".into()), None);
        assert_eq!(to_int(&dynamic("9223372036854775807")), Some(-1));
        assert_eq!(to_int(&dynamic("1.7976931348623157e308")), Some(i32::MAX));
        assert_eq!(to_int(&"5.9".into()), None);
        assert_eq!(to_int(&Value::Real(-2.9)), Some(-2));
        assert_eq!(to_long(&Value::Real(f64::INFINITY)), None);
        assert_eq!(to_long(&dynamic("[1]")), None);
    }

    #[test]
    fn texts_are_as_the_engine_prints() {
        let text = |value: Value<'_>| to_text(&value).into_owned();
        assert_eq!(text(Value::Real(1.0)), "1.0");
        assert_eq!(text(Value::Real(100_000_000_000.0)), "100000000000.0");
        assert_eq!(text(Value::Bool(true)), "True");
        assert_eq!(text(dynamic("true")), "true");
        assert_eq!(text(dynamic("\"a\"")), "a");
        assert_eq!(text(dynamic("{\"a\":[1, 2.0]}")), "{\"a\":[1,2.0]}");
        assert_eq!(text(Value::Null), "");
    }

    #[test]
    fn truth_is_read_from_words_and_numbers() {
        let read = |text: &str| to_bool(&text.into());
        assert_eq!(
            (read("tRuE"), read("FALSE"), read("-1"), read("0")),
            (Some(true), Some(false), Some(true), Some(false))
        );
        assert_eq!(
            (read("yes"), read(""), read(" true"), read("1.0")),
            (None, None, None, None)
        );
        assert_eq!(to_bool(&Value::Real(0.5)), Some(true));
    }

    #[test]
    fn times_are_ticks() {
        assert_eq!(to_datetime(&Value::Real(1.5)), DateTime::from_ticks(1));
        assert_eq!(to_long(&TimeSpan::DAY.into()), Some(864_000_000_000));
        assert_eq!(to_datetime(&Value::Long(-1)), None);
    }
}
