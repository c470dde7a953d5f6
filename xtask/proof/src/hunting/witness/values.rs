//! What is known of expressions before a row is seen: texts, numbers and times.

use whotalks_kql_plan::values::DateTime;
use whotalks_kql_syntax::tree::{ArithmeticOperator, Expression, ExpressionKind, Json, Literal};

use crate::hunting::tables::NOW_NANOSECONDS;

/// The ticks of 1970 since the year 1, and the nanoseconds of a tick.
const EPOCH_TICKS: i64 = 621_355_968_000_000_000;
const TICK_NANOSECONDS: i64 = 100;

/// A value that is known.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::hunting) enum Known {
    Texts(Vec<String>),
    /// An array, whose text is JSON.
    Array(Vec<String>),
    Number(f64),
    /// Nanoseconds since 1970.
    Time(i64),
    /// Nanoseconds.
    Span(i64),
}

impl Known {
    /// As a text: the first of several, JSON of an array.
    pub(in crate::hunting) fn text(&self) -> Option<String> {
        match self {
            Self::Texts(texts) => texts.first().cloned(),
            Self::Array(items) => Some(serde_json::Value::from(items.clone()).to_string()),
            Self::Number(number) => Some(number.to_string()),
            Self::Time(_) | Self::Span(_) => None,
        }
    }

    pub(in crate::hunting) fn texts(&self) -> Vec<String> {
        match self {
            Self::Texts(texts) | Self::Array(texts) => texts.clone(),
            other => other.text().into_iter().collect(),
        }
    }

    pub(in crate::hunting) fn number(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Texts(texts) => texts.first().and_then(|text| text.parse().ok()),
            _ => None,
        }
    }
}

/// The value of a literal.
pub(super) fn literal(literal: &Literal) -> Option<Known> {
    Some(match literal {
        Literal::String(text) => Known::Texts(vec![text.text.clone()]),
        Literal::Long(number) => Known::Number(*number.value()? as f64),
        Literal::Int(number) => Known::Number(f64::from(*number.value()?)),
        Literal::Real(number) => Known::Number(*number.value()?),
        Literal::Decimal(number) => Known::Number(number.value()?.parse().ok()?),
        Literal::Bool(value) => Known::Texts(vec![value.value()?.to_string()]),
        Literal::DateTime(ticks) => Known::Time((ticks.value()? - EPOCH_TICKS).checked_mul(TICK_NANOSECONDS)?),
        Literal::Timespan(ticks) => Known::Span(ticks.value()?.checked_mul(TICK_NANOSECONDS)?),
        Literal::Dynamic(json) => match json.as_ref() {
            array @ Json::Array(_) => Known::Array(texts(array)),
            other => Known::Texts(texts(other)),
        },
        _ => return None,
    })
}

fn texts(json: &Json) -> Vec<String> {
    match json {
        Json::Array(items) => items.iter().flat_map(texts).collect(),
        Json::Literal(value) => literal(value).map(|value| value.texts()).unwrap_or_default(),
        Json::Object(members) => members.iter().flat_map(|(_, value)| texts(value)).collect(),
        _ => Vec::new(),
    }
}

/// The value of an expression without rows; `name` gives the values of names.
pub(in crate::hunting) fn known(expression: &Expression, name: &dyn Fn(&str) -> Option<Known>) -> Option<Known> {
    let value = |expression: &Expression| known(expression, name);
    match &expression.kind {
        ExpressionKind::Literal(written) => literal(written),
        ExpressionKind::Parenthesized(inner) => value(inner),
        ExpressionKind::Name(written) => name(&written.text),
        ExpressionKind::Sign(sign) => match value(&sign.operand)? {
            Known::Number(number) if sign.minus => Some(Known::Number(-number)),
            Known::Span(span) if sign.minus => Some(Known::Span(-span)),
            other => Some(other),
        },
        ExpressionKind::Arithmetic(arithmetic) => {
            let first = value(&arithmetic.first)?;
            let mut rest = arithmetic.rest.iter();
            rest.try_fold(first, |left, (operator, right)| {
                calculated(left, *operator, value(right)?)
            })
        }
        ExpressionKind::Call(call) => {
            let arguments: Vec<Known> = call.arguments.iter().filter_map(value).collect();
            called(&call.name.text, &arguments)
        }
        _ => None,
    }
}

fn calculated(left: Known, operator: ArithmeticOperator, right: Known) -> Option<Known> {
    use ArithmeticOperator::{Add, Divide, Multiply, Subtract};
    Some(match (left, operator, right) {
        (Known::Number(left), Add, Known::Number(right)) => Known::Number(left + right),
        (Known::Number(left), Subtract, Known::Number(right)) => Known::Number(left - right),
        (Known::Number(left), Multiply, Known::Number(right)) => Known::Number(left * right),
        (Known::Number(left), Divide, Known::Number(right)) => Known::Number(left / right),
        (Known::Time(time), Add, Known::Span(span)) => Known::Time(time + span),
        (Known::Time(time), Subtract, Known::Span(span)) => Known::Time(time - span),
        (Known::Span(left), Add, Known::Span(right)) => Known::Span(left + right),
        (Known::Span(left), Subtract, Known::Span(right)) => Known::Span(left - right),
        #[expect(clippy::cast_possible_truncation, reason = "a part of a length of time in a query")]
        (Known::Span(span), Multiply, Known::Number(times)) | (Known::Number(times), Multiply, Known::Span(span)) => {
            Known::Span((span as f64 * times) as i64)
        }
        _ => return None,
    })
}

fn called(name: &str, arguments: &[Known]) -> Option<Known> {
    Some(match (name, arguments) {
        ("now", []) => Known::Time(NOW_NANOSECONDS),
        ("now", [Known::Span(span)]) => Known::Time(NOW_NANOSECONDS + span),
        ("ago", [Known::Span(span)]) => Known::Time(NOW_NANOSECONDS - span),
        ("startofday" | "endofday" | "todatetime" | "datetime" | "bin", [time @ Known::Time(_), ..]) => time.clone(),
        ("todatetime" | "datetime", [Known::Texts(texts)]) => Known::Time(time(texts.first()?)?),
        ("totimespan" | "tolong" | "toint" | "todouble" | "toreal" | "tostring" | "trim", [only]) => only.clone(),
        ("parse_json" | "todynamic", [Known::Texts(texts)]) => Known::Array(array(texts.first()?)?),
        ("parse_json" | "todynamic" | "materialize" | "toscalar" | "dynamic", [only, ..]) => only.clone(),
        ("strcat_array", [array, separator]) => Known::Texts(vec![array.texts().join(&separator.text()?)]),
        ("split", [whole, separator]) => {
            let (whole, separator) = (whole.text()?, separator.text()?);
            Known::Array(whole.split(&separator).map(str::to_owned).collect())
        }
        ("tolower" | "tolowercase", [only]) => {
            Known::Texts(only.texts().iter().map(|text| text.to_lowercase()).collect())
        }
        ("toupper", [only]) => Known::Texts(only.texts().iter().map(|text| text.to_uppercase()).collect()),
        ("pack_array" | "array_concat" | "set_union" | "make_list" | "make_set", several) => {
            Known::Array(several.iter().flat_map(Known::texts).collect())
        }
        ("strcat", several) => Known::Texts(vec![several.iter().filter_map(Known::text).collect::<String>()]),
        _ => return None,
    })
}

/// A written time in nanoseconds since 1970.
fn time(written: &str) -> Option<i64> {
    let ticks = DateTime::parse(written)?.ticks();
    (ticks - EPOCH_TICKS).checked_mul(TICK_NANOSECONDS)
}

/// The items of an array in JSON.
fn array(json: &str) -> Option<Vec<String>> {
    let items: Vec<serde_json::Value> = serde_json::from_str(json).ok()?;
    let text = |item: serde_json::Value| item.as_str().map_or_else(|| item.to_string(), str::to_owned);
    Some(items.into_iter().map(text).collect())
}
