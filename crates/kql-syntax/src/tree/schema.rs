//! Types, columns with types, parameters.

use super::{Expression, Name};
use crate::Span;

/// A type of values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ScalarType {
    /// `bool`, `boolean`.
    Bool,
    /// `int`, `int32`.
    Int,
    /// `long`, `int64`.
    Long,
    /// `real`, `double`.
    Real,
    /// `decimal`.
    Decimal,
    /// `string`.
    String,
    /// `datetime`, `date`.
    DateTime,
    /// `timespan`, `time`.
    Timespan,
    /// `dynamic`.
    Dynamic,
    /// `guid`, `uniqueid`.
    Guid,
}

impl ScalarType {
    /// The type of that name; none for names of types that Kusto reads but does not keep, such as `int8`.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "bool" | "boolean" => Self::Bool,
            "int" | "int32" => Self::Int,
            "long" | "int64" => Self::Long,
            "real" | "double" => Self::Real,
            "decimal" => Self::Decimal,
            "string" => Self::String,
            "datetime" | "date" => Self::DateTime,
            "timespan" | "time" => Self::Timespan,
            "dynamic" => Self::Dynamic,
            "guid" | "uniqueid" | "uuid" => Self::Guid,
            _ => return None,
        })
    }
}

/// The name of a type where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypeName {
    /// What is written; empty where a type is missing.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

impl TypeName {
    /// The type, where it is one of Kusto's ten.
    pub fn scalar(&self) -> Option<ScalarType> {
        ScalarType::named(&self.text)
    }
}

/// `name: type`, and a default where the place allows one.
#[derive(Debug, Clone, PartialEq)]
pub struct ParameterDeclaration {
    /// The name.
    pub name: Name,
    /// The type.
    pub kind: DeclaredType,
    /// The value where none is given.
    pub default: Option<Expression>,
    /// Where it stands.
    pub span: Span,
}

/// The type of a parameter.
#[derive(Debug, Clone, PartialEq)]
pub enum DeclaredType {
    /// A value.
    Scalar(TypeName),
    /// A table with any columns: `(*)`.
    AnyTable,
    /// A table with at least these columns.
    Table(Vec<ParameterDeclaration>),
}

/// Columns with their types: `(a: long, b: string)`. The defaults of the declarations are empty.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RowSchema {
    /// The columns in their order.
    pub columns: Vec<ParameterDeclaration>,
    /// Where it stands.
    pub span: Span,
}
