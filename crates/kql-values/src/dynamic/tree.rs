use super::{DynamicBuilder, DynamicView, Kind, MOST_NESTED, json, print};
use crate::{DateTime, Decimal, Guid, TimeSpan};

/// A dynamic value as a tree.
#[derive(Clone, Debug, PartialEq)]
pub enum Dynamic {
    /// No value.
    Null,
    /// True or false.
    Bool(bool),
    /// A whole number.
    Long(i64),
    /// A floating-point number.
    Real(f64),
    /// A decimal fraction.
    Decimal(Decimal),
    /// Text.
    String(String),
    /// An instant.
    DateTime(DateTime),
    /// A length of time.
    TimeSpan(TimeSpan),
    /// An identifier.
    Guid(Guid),
    /// Values in order.
    Array(Vec<Dynamic>),
    /// Named values, in the order in which the names first came; a name is there once.
    Bag(Vec<(String, Dynamic)>),
}

impl Dynamic {
    /// Reads JSON as `parse_json()` does: text that is no JSON is a string, empty text is null.
    #[must_use]
    pub fn parse_json(text: &str) -> Self {
        if text.is_empty() {
            return Self::Null;
        }
        json::parse(text).unwrap_or_else(|| Self::String(text.to_owned()))
    }

    /// Reads strict JSON; none where it is not, or nested deeper than [`MOST_NESTED`].
    #[must_use]
    pub fn from_json(text: &str) -> Option<Self> {
        json::parse(text)
    }

    /// The compact bytes, which a column of dynamic values holds.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        match self {
            Self::Null => DynamicBuilder::null(),
            Self::Bool(value) => DynamicBuilder::bool(*value),
            Self::Long(value) => DynamicBuilder::long(*value),
            Self::Real(value) => DynamicBuilder::real(*value),
            Self::Decimal(value) => DynamicBuilder::decimal(*value),
            Self::String(value) => DynamicBuilder::string(value),
            Self::DateTime(value) => DynamicBuilder::datetime(*value),
            Self::TimeSpan(value) => DynamicBuilder::timespan(*value),
            Self::Guid(value) => DynamicBuilder::guid(*value),
            Self::Array(elements) => DynamicBuilder::array(elements.iter().map(Self::encode)),
            Self::Bag(properties) => {
                DynamicBuilder::bag(properties.iter().map(|(name, value)| (name.as_str(), value.encode())))
            }
        }
    }

    /// Reads compact bytes; what is damaged or nested too deep is null.
    #[must_use]
    pub fn decode(bytes: &[u8]) -> Self {
        from_view(DynamicView::new(bytes), MOST_NESTED)
    }

    /// JSON without blanks, as `dynamic_to_json()` and `tostring()` print arrays and bags.
    #[must_use]
    pub fn to_json(&self) -> String {
        print::json(DynamicView::new(&self.encode()))
    }
}

fn from_view(view: DynamicView<'_>, depth: usize) -> Dynamic {
    let Some(deeper) = depth.checked_sub(1) else {
        return Dynamic::Null;
    };
    match view.kind() {
        Kind::Null => Dynamic::Null,
        Kind::Bool(value) => Dynamic::Bool(value),
        Kind::Long(value) => Dynamic::Long(value),
        Kind::Real(value) => Dynamic::Real(value),
        Kind::Decimal(value) => Dynamic::Decimal(value),
        Kind::String(value) => Dynamic::String(value.to_owned()),
        Kind::DateTime(value) => Dynamic::DateTime(value),
        Kind::TimeSpan(value) => Dynamic::TimeSpan(value),
        Kind::Guid(value) => Dynamic::Guid(value),
        Kind::Array(elements) => Dynamic::Array(elements.map(|element| from_view(element, deeper)).collect()),
        Kind::Bag(properties) => {
            let decoded = properties.map(|(name, value)| (name.to_owned(), from_view(value, deeper)));
            Dynamic::Bag(decoded.collect())
        }
    }
}
