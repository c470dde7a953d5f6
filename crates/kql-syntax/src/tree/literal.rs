//! Values that are written out.

use super::{Name, ParameterDeclaration, TypeName};

/// A value that is written out.
#[derive(Debug, Clone, PartialEq)]
pub enum Literal {
    /// `true`, `bool(null)`.
    Bool(Written<bool>),
    /// `int(5)`; 32 bits.
    Int(Written<i32>),
    /// `5`, `0x1f`, `long(null)`; 64 bits.
    Long(Written<i64>),
    /// `1.5`, `1e3`, `real(nan)`.
    Real(Written<f64>),
    /// `decimal(1.50)`: the digits as they are written.
    Decimal(Written<String>),
    /// A text.
    String(StringLiteral),
    /// `datetime(2021-01-01)`: ticks of 100 ns since the beginning of the year 1, in UTC.
    DateTime(Written<i64>),
    /// `5m`, `time(1.02:03:04)`: ticks of 100 ns.
    Timespan(Written<i64>),
    /// `guid(…)`: the 128 bits in the order they are written.
    Guid(Written<u128>),
    /// `dynamic(…)`.
    Dynamic(Box<Json>),
    /// `typeof(…)`.
    TypeOf(Box<TypeOf>),
}

/// What stands in a literal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Written<T> {
    /// `null`, or nothing.
    Null,
    /// A value.
    Value(T),
    /// Something that is no value of the type, as it is written; whoever gives values to the tree refuses it.
    Unreadable(String),
}

impl<T> Written<T> {
    /// The value, where there is one.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Null | Self::Unreadable(_) => None,
        }
    }
}

/// A text; several that stand side by side are one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StringLiteral {
    /// What it says, escapes resolved.
    pub text: String,
    /// Whether it was written `h"…"`, so that it must not be kept or shown.
    pub hidden: bool,
}

/// A value of JSON in `dynamic(…)`, which can also be a literal that JSON does not know.
#[derive(Debug, Clone, PartialEq)]
pub enum Json {
    /// `null`.
    Null,
    /// A number, a text, `true`, `datetime(…)`, ….
    Literal(Literal),
    /// `[…]`.
    Array(Vec<Json>),
    /// `{…}`; a name can stand twice.
    Object(Vec<(String, Json)>),
    /// A parameter that a client fills in.
    Client(Name),
    /// A value is missing.
    Missing,
}

/// `typeof(…)`.
#[derive(Debug, Clone, PartialEq)]
pub enum TypeOf {
    /// The type of a value.
    Scalar(TypeName),
    /// The columns of a table.
    Table(Vec<TypeOfColumn>),
}

/// A column in `typeof(…)`.
#[derive(Debug, Clone, PartialEq)]
pub enum TypeOfColumn {
    /// `*`.
    All,
    /// `name: type`.
    Column(Box<ParameterDeclaration>),
}
