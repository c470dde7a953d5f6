//! Literals into values.

use crate::Argument;
use whotalks_kql_values::{DateTime, Decimal, Dynamic, Guid, KustoType, TimeSpan, Value, parse_long, parse_real};

pub(super) fn number(text: &str) -> Result<Argument, String> {
    if let Some(number) = parse_long(text) {
        return Ok(Argument::constant(KustoType::Long, Value::Long(number)));
    }
    if let Some(number) = parse_real(text) {
        return Ok(Argument::constant(KustoType::Real, Value::Real(number)));
    }
    let span = TimeSpan::parse(text).ok_or_else(|| format!("what is {text}"))?;
    Ok(Argument::constant(KustoType::TimeSpan, span.into()))
}

pub(super) fn typed(name: &str, inner: &str) -> Result<Argument, String> {
    let kusto_type = KustoType::named(if name == "typeof" { inner } else { name }).ok_or(name)?;
    if name == "typeof" {
        return Ok(Argument::type_name(kusto_type));
    }
    if inner == "null" {
        return Ok(Argument::constant(kusto_type, Value::Null));
    }
    let value = value(kusto_type, inner).ok_or_else(|| format!("what is {name}({inner})"))?;
    Ok(Argument::constant(kusto_type, value))
}

fn value(kusto_type: KustoType, inner: &str) -> Option<Value<'static>> {
    Some(match kusto_type {
        KustoType::Bool => Value::Bool(inner == "true" || inner == "1"),
        KustoType::Int => Value::Int(i32::try_from(parse_long(inner)?).ok()?),
        KustoType::Long => Value::Long(parse_long(inner)?),
        KustoType::Real => Value::Real(parse_real(inner)?),
        KustoType::Decimal => Value::Decimal(Decimal::parse(inner)?),
        KustoType::DateTime => DateTime::parse(inner)?.into(),
        KustoType::TimeSpan => TimeSpan::parse(inner)?.into(),
        KustoType::Guid => Guid::parse(inner)?.into(),
        KustoType::Dynamic => dynamic(inner)?.into(),
        KustoType::String => return None,
    })
}

/// JSON; texts may stand in single quotes.
fn dynamic(inner: &str) -> Option<Dynamic> {
    Dynamic::from_json(inner).or_else(|| Dynamic::from_json(&inner.replace('\'', "\"")))
}
