//! Values that are written out.

use whotalks_kql_syntax::tree::{Json, Literal, ScalarType, TypeOf, Written};
use whotalks_kql_values::{Bag, DateTime, Decimal, DynamicBuilder, Guid, KustoType, TimeSpan, Value};

use super::Bound;
use crate::error::{PlanProblem, Result};
use crate::function::constant;
use crate::phrase::Phrase;

/// The type that a name in the text stands for.
pub(crate) fn kusto_type(scalar: ScalarType) -> KustoType {
    match scalar {
        ScalarType::Bool => KustoType::Bool,
        ScalarType::Int => KustoType::Int,
        ScalarType::Long => KustoType::Long,
        ScalarType::Real => KustoType::Real,
        ScalarType::Decimal => KustoType::Decimal,
        ScalarType::String => KustoType::String,
        ScalarType::DateTime => KustoType::DateTime,
        ScalarType::Timespan => KustoType::TimeSpan,
        ScalarType::Dynamic => KustoType::Dynamic,
        ScalarType::Guid => KustoType::Guid,
    }
}

/// A literal as a constant.
pub(super) fn literal(literal: &Literal) -> Result<Bound> {
    if let Literal::TypeOf(named) = literal {
        return type_name(named);
    }
    if let Some(text) = unreadable(literal) {
        let reason = Phrase::NoSuchValue(text.to_owned());
        return Err(PlanProblem::Argument {
            function: "a literal".to_owned(),
            reason,
        }
        .into());
    }
    let (value, kusto_type) = value(literal)?;
    Ok(constant(value, kusto_type))
}

/// What is written where it is no value of its type: a number too great, a day that is not in the calendar.
fn unreadable(literal: &Literal) -> Option<&str> {
    fn text<T>(written: &Written<T>) -> Option<&str> {
        match written {
            Written::Unreadable(text) => Some(text),
            Written::Null | Written::Value(_) => None,
        }
    }
    match literal {
        Literal::Bool(written) => text(written),
        Literal::Int(written) => text(written),
        Literal::Long(written) | Literal::DateTime(written) | Literal::Timespan(written) => text(written),
        Literal::Real(written) => text(written),
        Literal::Decimal(written) => text(written),
        Literal::Guid(written) => text(written),
        Literal::String(_) | Literal::Dynamic(_) | Literal::TypeOf(_) => None,
    }
}

/// `typeof(long)` stands for the type in calls of functions that take one.
fn type_name(named: &TypeOf) -> Result<Bound> {
    let TypeOf::Scalar(name) = named else {
        return Err(PlanProblem::unsupported(Phrase::TypeofTable, None).into());
    };
    let unknown = || PlanProblem::unsupported(Phrase::TheType(name.text.clone()), None).at(name.span);
    let scalar = name.scalar().ok_or_else(unknown)?;
    Ok(Bound {
        names_type: true,
        ..constant(Value::Null, kusto_type(scalar))
    })
}

fn value(literal: &Literal) -> Result<(Value<'static>, KustoType)> {
    Ok(match literal {
        Literal::Bool(written) => (known(written, |value| Value::Bool(*value)), KustoType::Bool),
        Literal::Int(written) => (known(written, |value| Value::Int(*value)), KustoType::Int),
        Literal::Long(written) => (known(written, |value| Value::Long(*value)), KustoType::Long),
        Literal::Real(written) => (known(written, |value| Value::Real(*value)), KustoType::Real),
        Literal::Decimal(written) => (decimal(written), KustoType::Decimal),
        Literal::String(text) => (Value::String(text.text.clone().into()), KustoType::String),
        Literal::DateTime(written) => (
            known(written, |ticks| {
                DateTime::from_ticks(*ticks).map_or(Value::Null, Value::DateTime)
            }),
            KustoType::DateTime,
        ),
        Literal::Timespan(written) => (
            known(written, |ticks| Value::TimeSpan(TimeSpan::from_ticks(*ticks))),
            KustoType::TimeSpan,
        ),
        Literal::Guid(written) => (
            known(written, |bits| Value::Guid(Guid(bits.to_be_bytes()))),
            KustoType::Guid,
        ),
        Literal::Dynamic(json) => (dynamic_value(json)?, KustoType::Dynamic),
        Literal::TypeOf(_) => return Err(PlanProblem::unsupported(Phrase::TypeofAsValue, None).into()),
    })
}

fn known<T>(written: &Written<T>, value: impl FnOnce(&T) -> Value<'static>) -> Value<'static> {
    written.value().map_or(Value::Null, value)
}

fn decimal(written: &Written<String>) -> Value<'static> {
    let digits = written.value().and_then(|digits| Decimal::parse(digits));
    digits.map_or(Value::Null, Value::Decimal)
}

/// A scalar in `dynamic(…)` keeps its type.
fn dynamic_value(json: &Json) -> Result<Value<'static>> {
    Ok(match json {
        Json::Null | Json::Missing => Value::Null,
        other => Value::Dynamic(dynamic(other)?.into()),
    })
}

/// The bytes of a dynamic value.
fn dynamic(json: &Json) -> Result<Vec<u8>> {
    Ok(match json {
        Json::Null | Json::Missing => DynamicBuilder::null(),
        Json::Literal(literal) => DynamicBuilder::value(&value(literal)?.0),
        Json::Array(items) => DynamicBuilder::array(items.iter().map(dynamic).collect::<Result<Vec<_>>>()?),
        Json::Object(members) => bag(members)?,
        Json::Client(name) => {
            let problem = PlanProblem::unsupported(Phrase::TheClientParameter(name.text.clone()), None);
            return Err(problem.at(name.span));
        }
    })
}

/// Of two members with one name the last counts.
fn bag(members: &[(String, Json)]) -> Result<Vec<u8>> {
    let mut bag = Bag::default();
    for (name, member) in members {
        bag.set(name, &dynamic(member)?);
    }
    Ok(bag.finish())
}
