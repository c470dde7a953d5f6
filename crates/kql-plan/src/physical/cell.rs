//! What a cell holds, asked for as one Rust type.

use whotalks_kql_values::Value;

/// Cells as plain values; none where they hold something else.
pub(crate) trait Cell {
    /// A truth value.
    fn as_bool(&self) -> Option<bool>;
    /// A whole number of 32 bits.
    fn as_int(&self) -> Option<i32>;
    /// A whole number of either size.
    fn as_long(&self) -> Option<i64>;
    /// Any number.
    fn as_real(&self) -> Option<f64>;
    /// A text.
    fn as_text(&self) -> Option<&str>;
}

impl Cell for Value<'_> {
    fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(value) => Some(*value),
            _ => None,
        }
    }

    fn as_int(&self) -> Option<i32> {
        match self {
            Self::Int(value) => Some(*value),
            _ => None,
        }
    }

    fn as_long(&self) -> Option<i64> {
        match self {
            Self::Int(value) => Some(i64::from(*value)),
            Self::Long(value) => Some(*value),
            _ => None,
        }
    }

    fn as_real(&self) -> Option<f64> {
        match self {
            #[expect(clippy::cast_precision_loss, reason = "a number that a real was asked for of")]
            Self::Long(value) => Some(*value as f64),
            Self::Int(value) => Some(f64::from(*value)),
            Self::Real(value) => Some(*value),
            _ => None,
        }
    }

    fn as_text(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }
}
