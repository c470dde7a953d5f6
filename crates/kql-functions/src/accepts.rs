use std::fmt;

use whotalks_kql_values::KustoType;

use crate::argument::Argument;

/// Which types a parameter takes, and into which one it turns them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Accepts {
    /// One type, and those that widen to it: int to long, both to real, all of them to decimal.
    Type(KustoType),
    /// Any type, as it is.
    Scalar,
    /// Any type but dynamic, as it is.
    NotDynamic,
    /// Any type, as its text.
    AnyText,
    /// Text or dynamic, as text.
    TextOrDynamic,
    /// Text or dynamic, as it is.
    StringOrDynamic,
    /// A whole number, as long.
    Integer,
    /// A number, as it is.
    Number,
    /// A number, as real.
    NumberAsReal,
    /// A number, a time or a length of time, as it is.
    Summable,
    /// An array or an expression that may be one.
    Array,
    /// A bag or an expression that may be one.
    Bag,
    /// Whole numbers or arrays of them, as they are.
    IntegerOrArray,
    /// A truth value or dynamic, as a truth value.
    BoolOrDynamic,
    /// A number, a length of time or dynamic, as it is.
    NumberOrSpan,
    /// An identifier, text or dynamic, as it is.
    GuidOrText,
    /// `typeof(…)`.
    TypeName,
}

impl Accepts {
    /// Bool alone.
    pub const BOOL: Self = Self::Type(KustoType::Bool);
    /// Long alone.
    pub const LONG: Self = Self::Type(KustoType::Long);
    /// Real alone.
    pub const REAL: Self = Self::Type(KustoType::Real);
    /// String alone.
    pub const STRING: Self = Self::Type(KustoType::String);
    /// DateTime alone.
    pub const DATETIME: Self = Self::Type(KustoType::DateTime);
    /// TimeSpan alone.
    pub const TIMESPAN: Self = Self::Type(KustoType::TimeSpan);
    /// Guid alone.
    pub const GUID: Self = Self::Type(KustoType::Guid);

    /// The type into which an argument is turned; none where it is not accepted.
    #[must_use]
    pub fn turns(self, argument: &Argument) -> Option<KustoType> {
        let given = argument.kusto_type;
        if argument.names_type || self == Self::TypeName {
            return (argument.names_type && self == Self::TypeName).then_some(given);
        }
        let same = |accepted: bool| accepted.then_some(given);
        let into = |accepted: bool, to: KustoType| accepted.then_some(to);
        match self {
            Self::Type(wanted) => into(widens(given, wanted), wanted),
            Self::Scalar => Some(given),
            Self::NotDynamic => same(given != KustoType::Dynamic),
            Self::AnyText => Some(KustoType::String),
            Self::TextOrDynamic => into(is_text_or_dynamic(given), KustoType::String),
            Self::StringOrDynamic => same(is_text_or_dynamic(given)),
            Self::Integer => into(given.is_integer(), KustoType::Long),
            Self::Number => same(given.is_number()),
            Self::NumberAsReal => into(given.is_number(), KustoType::Real),
            Self::Summable => same(given.is_number() || matches!(given, KustoType::DateTime | KustoType::TimeSpan)),
            Self::Array | Self::Bag => same(given == KustoType::Dynamic),
            Self::IntegerOrArray => same(given.is_integer() || given == KustoType::Dynamic),
            Self::BoolOrDynamic => into(matches!(given, KustoType::Bool | KustoType::Dynamic), KustoType::Bool),
            Self::NumberOrSpan => same(given.is_number() || matches!(given, KustoType::TimeSpan | KustoType::Dynamic)),
            Self::GuidOrText => same(given == KustoType::Guid || is_text_or_dynamic(given)),
            Self::TypeName => None,
        }
    }
}

fn is_text_or_dynamic(given: KustoType) -> bool {
    matches!(given, KustoType::String | KustoType::Dynamic)
}

fn widens(given: KustoType, wanted: KustoType) -> bool {
    given == wanted || given.wider(wanted) == Some(wanted)
}

impl fmt::Display for Accepts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Type(wanted) => wanted.name(),
            Self::Scalar | Self::AnyText => "any type",
            Self::NotDynamic => "any type but dynamic",
            Self::TextOrDynamic | Self::StringOrDynamic => "string or dynamic",
            Self::Integer => "int or long",
            Self::Number | Self::NumberAsReal => "int, long, real or decimal",
            Self::Summable => "a number, datetime or timespan",
            Self::Array => "dynamic (array)",
            Self::Bag => "dynamic (bag)",
            Self::IntegerOrArray => "int, long or dynamic (array)",
            Self::BoolOrDynamic => "bool or dynamic",
            Self::NumberOrSpan => "a number, timespan or dynamic",
            Self::GuidOrText => "guid, string or dynamic",
            Self::TypeName => "typeof(…)",
        })
    }
}
