use std::fmt;

use serde::{Deserialize, Serialize};

/// The types that a column or an expression can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum KustoType {
    /// True or false.
    Bool,
    /// A whole number of 32 bits.
    Int,
    /// A whole number of 64 bits.
    Long,
    /// A floating-point number of 64 bits.
    Real,
    /// A decimal fraction.
    Decimal,
    /// Text; it has no null, only the empty text.
    String,
    /// An instant, in ticks of 100 ns.
    DateTime,
    /// A length of time, in ticks of 100 ns.
    TimeSpan,
    /// A globally unique identifier.
    Guid,
    /// A value of any type, an array or a bag of named values.
    Dynamic,
}

impl KustoType {
    /// Every type.
    pub const ALL: [Self; 10] = [
        Self::Bool,
        Self::Int,
        Self::Long,
        Self::Real,
        Self::Decimal,
        Self::String,
        Self::DateTime,
        Self::TimeSpan,
        Self::Guid,
        Self::Dynamic,
    ];

    /// The name as `gettype()` and `getschema` print it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Bool => "bool",
            Self::Int => "int",
            Self::Long => "long",
            Self::Real => "real",
            Self::Decimal => "decimal",
            Self::String => "string",
            Self::DateTime => "datetime",
            Self::TimeSpan => "timespan",
            Self::Guid => "guid",
            Self::Dynamic => "dynamic",
        }
    }

    /// The type with that name or one of its other names (`boolean`, `double`, `date`, `time`, `uniqueid`).
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "bool" | "boolean" => Self::Bool,
            "int" | "int32" => Self::Int,
            "long" | "int64" => Self::Long,
            "real" | "double" => Self::Real,
            "decimal" => Self::Decimal,
            "string" => Self::String,
            "datetime" | "date" => Self::DateTime,
            "timespan" | "time" => Self::TimeSpan,
            "guid" | "uuid" | "uniqueid" => Self::Guid,
            "dynamic" | "object" => Self::Dynamic,
            _ => return None,
        })
    }

    /// Whether it counts: int, long, real or decimal.
    #[must_use]
    pub const fn is_number(self) -> bool {
        matches!(self, Self::Int | Self::Long | Self::Real | Self::Decimal)
    }

    /// Whether it counts whole things: int or long.
    #[must_use]
    pub const fn is_integer(self) -> bool {
        matches!(self, Self::Int | Self::Long)
    }

    /// The wider of two types of numbers: int, long, real, decimal; none where one does not count.
    #[must_use]
    pub fn wider(self, other: Self) -> Option<Self> {
        let rank = |kusto_type| match kusto_type {
            Self::Int => Some(0_u8),
            Self::Long => Some(1),
            Self::Real => Some(2),
            Self::Decimal => Some(3),
            _ => None,
        };
        Some(if rank(self)? >= rank(other)? { self } else { other })
    }
}

impl fmt::Display for KustoType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
