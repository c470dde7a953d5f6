//! Names, literals and types as text.

use std::fmt::{self, Display, Formatter};

use super::{commas, quoted};
use crate::tree::{
    DeclaredType, Json, Literal, Name, NameStyle, ParameterDeclaration, RowSchema, StringLiteral, TypeName, TypeOf,
    TypeOfColumn, Written,
};
use crate::value::{write_datetime, write_timespan};

impl Display for Name {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.style {
            NameStyle::Plain => f.write_str(&self.text),
            NameStyle::Client => write!(f, "{{{}}}", self.text),
            NameStyle::Bracketed => {
                f.write_str("[")?;
                quoted(f, &self.text, '\'')?;
                f.write_str("]")
            }
        }
    }
}

impl Display for Literal {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bool(Written::Value(value)) => write!(f, "{value}"),
            Self::Long(Written::Value(value)) if *value >= 0 => write!(f, "{value}"),
            Self::Real(Written::Value(value)) if is_written_in_digits(*value) => write!(f, "{value:?}"),
            Self::Bool(value) => typed(f, "bool", value, |f, value| write!(f, "{value}")),
            Self::Int(value) => typed(f, "int", value, |f, value| write!(f, "{value}")),
            Self::Long(value) => typed(f, "long", value, |f, value| write!(f, "{value}")),
            Self::Real(value) => typed(f, "real", value, |f, value| real(f, *value)),
            Self::Decimal(value) => typed(f, "decimal", value, |f, value| f.write_str(value)),
            Self::DateTime(value) => typed(f, "datetime", value, |f, value| write_datetime(f, *value)),
            Self::Timespan(value) => typed(f, "time", value, |f, value| write_timespan(f, *value)),
            Self::Guid(value) => typed(f, "guid", value, |f, value| guid(f, *value)),
            Self::String(text) => write!(f, "{text}"),
            Self::Dynamic(value) => write!(f, "dynamic({value})"),
            Self::TypeOf(kind) => write!(f, "{kind}"),
        }
    }
}

/// Whether digits are read as exactly this number, without `real(…)`.
fn is_written_in_digits(value: f64) -> bool {
    value.is_finite() && value.is_sign_positive()
}

fn typed<T>(
    f: &mut Formatter<'_>,
    name: &str,
    value: &Written<T>,
    write: impl FnOnce(&mut Formatter<'_>, &T) -> fmt::Result,
) -> fmt::Result {
    write!(f, "{name}(")?;
    match value {
        Written::Null => f.write_str("null")?,
        Written::Unreadable(text) => f.write_str(text)?,
        Written::Value(value) => write(f, value)?,
    }
    f.write_str(")")
}

fn real(f: &mut Formatter<'_>, value: f64) -> fmt::Result {
    if value.is_nan() {
        f.write_str("nan")
    } else if value.is_infinite() {
        f.write_str(if value > 0.0 { "+inf" } else { "-inf" })
    } else {
        write!(f, "{value:?}")
    }
}

fn guid(f: &mut Formatter<'_>, value: u128) -> fmt::Result {
    let part = |shift: u32, bits: u32| (value >> shift) & ((1_u128 << bits) - 1);
    let (first, second, third) = (part(96, 32), part(80, 16), part(64, 16));
    write!(
        f,
        "{first:08x}-{second:04x}-{third:04x}-{:04x}-{:012x}",
        part(48, 16),
        part(0, 48)
    )
}

impl Display for StringLiteral {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if self.hidden {
            f.write_str("h")?;
        }
        quoted(f, &self.text, '"')
    }
}

impl Display for Json {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Literal(Literal::Long(Written::Value(value))) => write!(f, "{value}"),
            Self::Literal(Literal::Real(Written::Value(value))) if value.is_finite() => write!(f, "{value:?}"),
            Self::Literal(literal) => write!(f, "{literal}"),
            Self::Array(values) => write!(f, "[{}]", commas(values)),
            Self::Object(pairs) => object(f, pairs),
            Self::Client(name) => write!(f, "{name}"),
            Self::Missing => Ok(()),
        }
    }
}

fn object(f: &mut Formatter<'_>, pairs: &[(String, Json)]) -> fmt::Result {
    f.write_str("{")?;
    for (index, (name, value)) in pairs.iter().enumerate() {
        if index > 0 {
            f.write_str(", ")?;
        }
        quoted(f, name, '"')?;
        write!(f, ": {value}")?;
    }
    f.write_str("}")
}

impl Display for TypeOf {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Scalar(kind) => write!(f, "typeof({kind})"),
            Self::Table(columns) => write!(f, "typeof({})", commas(columns)),
        }
    }
}

impl Display for TypeOfColumn {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => f.write_str("*"),
            Self::Column(column) => write!(f, "{column}"),
        }
    }
}

impl Display for TypeName {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Display for DeclaredType {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Scalar(kind) => write!(f, "{kind}"),
            Self::AnyTable => f.write_str("(*)"),
            Self::Table(columns) => write!(f, "({})", commas(columns)),
        }
    }
}

impl Display for ParameterDeclaration {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.name, self.kind)?;
        match &self.default {
            Some(value) => write!(f, "={value}"),
            None => Ok(()),
        }
    }
}

impl Display for RowSchema {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "({})", commas(&self.columns))
    }
}
