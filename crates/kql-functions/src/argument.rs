use whotalks_kql_values::{KustoType, Value, convert};

/// What is known of an argument before any row is seen.
#[derive(Clone, Debug, PartialEq)]
pub struct Argument {
    /// Its type; of `typeof(…)` the type that it names.
    pub kusto_type: KustoType,
    /// Its value, where it is the same in all rows; null is [`Value::Null`].
    pub constant: Option<Value<'static>>,
    /// Whether it is `typeof(…)`.
    pub names_type: bool,
}

impl Argument {
    /// An argument whose value differs from row to row.
    #[must_use]
    pub const fn variable(kusto_type: KustoType) -> Self {
        Self {
            kusto_type,
            constant: None,
            names_type: false,
        }
    }

    /// An argument whose value is known.
    #[must_use]
    pub const fn constant(kusto_type: KustoType, value: Value<'static>) -> Self {
        Self {
            kusto_type,
            constant: Some(value),
            names_type: false,
        }
    }

    /// `typeof(…)`.
    #[must_use]
    pub const fn type_name(kusto_type: KustoType) -> Self {
        Self {
            kusto_type,
            constant: Some(Value::Null),
            names_type: true,
        }
    }

    /// The constant text, where it is one.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match self.constant.as_ref()? {
            Value::String(text) => Some(text),
            Value::Null if self.kusto_type == KustoType::String => Some(""),
            _ => None,
        }
    }

    /// The constant whole number, where it is one.
    #[must_use]
    pub fn long(&self) -> Option<i64> {
        match self.constant.as_ref()? {
            Value::Int(value) => Some(i64::from(*value)),
            Value::Long(value) => Some(*value),
            _ => None,
        }
    }

    /// The constant truth value, where it is one.
    #[must_use]
    pub fn bool(&self) -> Option<bool> {
        match self.constant.as_ref()? {
            Value::Bool(value) => Some(*value),
            _ => None,
        }
    }

    /// The same argument converted to another type.
    pub(crate) fn cast(&self, to: KustoType) -> Self {
        if self.names_type || self.kusto_type == to {
            return self.clone();
        }
        let constant = self
            .constant
            .as_ref()
            .map(|value| convert::cast(value, to).into_owned());
        Self {
            kusto_type: to,
            constant,
            names_type: false,
        }
    }
}
