use std::borrow::Cow;

use crate::{DateTime, Decimal, Dynamic, DynamicView, Guid, KustoType, TimeSpan};

/// One cell.
///
/// A text is never null: where a text is asked for, null reads as the empty text. A dynamic null is [`Value::Null`]
/// or a [`Value::Dynamic`] whose bytes say null; [`Value::is_null`] knows both.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'a> {
    /// No value.
    Null,
    /// True or false.
    Bool(bool),
    /// A whole number of 32 bits.
    Int(i32),
    /// A whole number of 64 bits.
    Long(i64),
    /// A floating-point number.
    Real(f64),
    /// A decimal fraction.
    Decimal(Decimal),
    /// Text.
    String(Cow<'a, str>),
    /// An instant.
    DateTime(DateTime),
    /// A length of time.
    TimeSpan(TimeSpan),
    /// An identifier.
    Guid(Guid),
    /// The compact bytes of a dynamic value.
    Dynamic(Cow<'a, [u8]>),
}

impl<'a> Value<'a> {
    /// Whether it is null.
    #[must_use]
    pub fn is_null(&self) -> bool {
        match self {
            Self::Null => true,
            Self::Dynamic(bytes) => DynamicView::new(bytes).is_null(),
            _ => false,
        }
    }

    /// Its type; none for null, which may be of any type.
    #[must_use]
    pub const fn kusto_type(&self) -> Option<KustoType> {
        Some(match self {
            Self::Null => return None,
            Self::Bool(_) => KustoType::Bool,
            Self::Int(_) => KustoType::Int,
            Self::Long(_) => KustoType::Long,
            Self::Real(_) => KustoType::Real,
            Self::Decimal(_) => KustoType::Decimal,
            Self::String(_) => KustoType::String,
            Self::DateTime(_) => KustoType::DateTime,
            Self::TimeSpan(_) => KustoType::TimeSpan,
            Self::Guid(_) => KustoType::Guid,
            Self::Dynamic(_) => KustoType::Dynamic,
        })
    }

    /// The same value, borrowing nothing.
    #[must_use]
    pub fn into_owned(self) -> Value<'static> {
        match self {
            Value::Null => Value::Null,
            Value::Bool(value) => Value::Bool(value),
            Value::Int(value) => Value::Int(value),
            Value::Long(value) => Value::Long(value),
            Value::Real(value) => Value::Real(value),
            Value::Decimal(value) => Value::Decimal(value),
            Value::String(value) => Value::String(Cow::Owned(value.into_owned())),
            Value::DateTime(value) => Value::DateTime(value),
            Value::TimeSpan(value) => Value::TimeSpan(value),
            Value::Guid(value) => Value::Guid(value),
            Value::Dynamic(value) => Value::Dynamic(Cow::Owned(value.into_owned())),
        }
    }

    /// The same value, borrowed from this one.
    #[must_use]
    pub fn borrowed(&self) -> Value<'_> {
        match self {
            Value::String(value) => Value::String(Cow::Borrowed(value)),
            Value::Dynamic(value) => Value::Dynamic(Cow::Borrowed(value)),
            Value::Null => Value::Null,
            Value::Bool(value) => Value::Bool(*value),
            Value::Int(value) => Value::Int(*value),
            Value::Long(value) => Value::Long(*value),
            Value::Real(value) => Value::Real(*value),
            Value::Decimal(value) => Value::Decimal(*value),
            Value::DateTime(value) => Value::DateTime(*value),
            Value::TimeSpan(value) => Value::TimeSpan(*value),
            Value::Guid(value) => Value::Guid(*value),
        }
    }

    /// The view of a dynamic value; none for others.
    #[must_use]
    pub fn view(&self) -> Option<DynamicView<'_>> {
        match self {
            Self::Dynamic(bytes) => Some(DynamicView::new(bytes)),
            _ => None,
        }
    }

    /// What lies in a dynamic value as a value of its own type; others as they are.
    #[must_use]
    pub fn unpacked(&'a self) -> Value<'a> {
        self.view().map_or_else(|| self.borrowed(), DynamicView::to_value)
    }
}

impl From<bool> for Value<'_> {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<i32> for Value<'_> {
    fn from(value: i32) -> Self {
        Self::Int(value)
    }
}

impl From<i64> for Value<'_> {
    fn from(value: i64) -> Self {
        Self::Long(value)
    }
}

impl From<f64> for Value<'_> {
    fn from(value: f64) -> Self {
        Self::Real(value)
    }
}

impl From<Decimal> for Value<'_> {
    fn from(value: Decimal) -> Self {
        Self::Decimal(value)
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(value: &'a str) -> Self {
        Self::String(Cow::Borrowed(value))
    }
}

impl From<String> for Value<'_> {
    fn from(value: String) -> Self {
        Self::String(Cow::Owned(value))
    }
}

impl<'a> From<Cow<'a, str>> for Value<'a> {
    fn from(value: Cow<'a, str>) -> Self {
        Self::String(value)
    }
}

impl From<DateTime> for Value<'_> {
    fn from(value: DateTime) -> Self {
        Self::DateTime(value)
    }
}

impl From<TimeSpan> for Value<'_> {
    fn from(value: TimeSpan) -> Self {
        Self::TimeSpan(value)
    }
}

impl From<Guid> for Value<'_> {
    fn from(value: Guid) -> Self {
        Self::Guid(value)
    }
}

impl From<Dynamic> for Value<'_> {
    fn from(value: Dynamic) -> Self {
        Self::Dynamic(Cow::Owned(value.encode()))
    }
}

impl<'a> From<DynamicView<'a>> for Value<'a> {
    /// Stays dynamic, also where it is a scalar.
    fn from(value: DynamicView<'a>) -> Self {
        Self::Dynamic(Cow::Borrowed(value.bytes()))
    }
}
