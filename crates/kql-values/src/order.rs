//! Which of two values is larger.

use std::cmp::Ordering;

use crate::{Decimal, KustoType, Value};

/// Compares two values of one type, or two numbers of any types; what lies in dynamic values counts as its own type.
///
/// None where one is null or no number (NaN), and where the types cannot be compared. Truth values count as 1 and 0
/// beside numbers. Texts are compared by their code points. Arrays and bags are equal where they are printed alike,
/// else not comparable.
#[must_use]
pub fn compare(left: &Value<'_>, right: &Value<'_>) -> Option<Ordering> {
    let (left, right) = (left.unpacked(), right.unpacked());
    match (&left, &right) {
        (Value::Bool(left), Value::Bool(right)) => Some(left.cmp(right)),
        (Value::String(left), Value::String(right)) => Some(left.cmp(right)),
        (Value::DateTime(left), Value::DateTime(right)) => Some(left.cmp(right)),
        (Value::TimeSpan(left), Value::TimeSpan(right)) => Some(left.cmp(right)),
        (Value::Guid(left), Value::Guid(right)) => Some(left.cmp(right)),
        (Value::Dynamic(a), Value::Dynamic(b)) => {
            let same = a == b || left.view()?.to_json() == right.view()?.to_json();
            same.then_some(Ordering::Equal)
        }
        _ => compare_numbers(&left, &right),
    }
}

fn compare_numbers(left: &Value<'_>, right: &Value<'_>) -> Option<Ordering> {
    if let (Some(left), Some(right)) = (whole(left), whole(right)) {
        return Some(left.cmp(&right));
    }
    let decimal = [left, right]
        .iter()
        .any(|value| value.kusto_type() == Some(KustoType::Decimal));
    if decimal && let (Some(left), Some(right)) = (exact(left), exact(right)) {
        return Some(left.cmp(&right));
    }
    number(left)?.partial_cmp(&number(right)?)
}

fn whole(value: &Value<'_>) -> Option<i64> {
    match value {
        Value::Bool(value) => Some(i64::from(*value)),
        Value::Int(value) => Some(i64::from(*value)),
        Value::Long(value) => Some(*value),
        _ => None,
    }
}

fn exact(value: &Value<'_>) -> Option<Decimal> {
    match value {
        Value::Decimal(value) => Some(*value),
        Value::Real(value) => Decimal::from_real(*value),
        _ => whole(value).map(Decimal::from_long),
    }
}

fn number(value: &Value<'_>) -> Option<f64> {
    match value {
        Value::Real(value) => Some(*value),
        Value::Decimal(value) => Some(value.to_real()),
        _ => whole(value).map(|value| value as f64),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_all_types_compare() {
        let decimal = Value::Decimal(Decimal::parse("2.5").unwrap());
        assert_eq!(compare(&Value::Int(2), &Value::Long(3)), Some(Ordering::Less));
        assert_eq!(compare(&Value::Long(3), &decimal), Some(Ordering::Greater));
        assert_eq!(compare(&Value::Real(2.5), &decimal), Some(Ordering::Equal));
        assert_eq!(compare(&Value::Real(f64::NAN), &Value::Long(1)), None);
        assert_eq!(
            compare(&Value::Long(i64::MAX), &Value::Long(i64::MAX - 1)),
            Some(Ordering::Greater)
        );
        assert_eq!(compare(&Value::Null, &Value::Long(1)), None);
        assert_eq!(compare(&"a".into(), &Value::Long(1)), None);
    }
}
