use std::borrow::Cow;
use std::fmt;

use whotalks_kql_values::{DateTime, Decimal, Dynamic, DynamicView, Guid, KustoType, TimeSpan, Value, convert};

use crate::error::FunctionError;

/// Evaluates one row; the values must have the types that were promised.
pub type Evaluator = Box<dyn for<'r> Fn(Row<'r>) -> Value<'r> + Send + Sync>;

/// What making an evaluator gives.
pub(crate) type Made = Result<Evaluator, FunctionError>;

/// A function made ready for arguments of certain types.
pub struct Prepared {
    /// The type of what it gives.
    pub result: KustoType,
    pub(crate) evaluator: Evaluator,
    /// The type into which each argument is turned.
    pub(crate) arguments: Vec<KustoType>,
    /// Whether null in any argument is null as the answer.
    pub(crate) propagates_null: bool,
}

impl fmt::Debug for Prepared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Prepared")
            .field("result", &self.result)
            .finish_non_exhaustive()
    }
}

impl Prepared {
    /// The answer for one row of arguments; constants stand among them as in all other rows.
    pub fn evaluate<'r>(&self, arguments: &'r [Value<'r>]) -> Value<'r> {
        let pairs = arguments.iter().zip(&self.arguments);
        if !pairs.clone().any(|(value, to)| needs_cast(value, *to)) {
            return self.apply(arguments);
        }
        let cast: Vec<Value<'_>> = pairs.map(|(value, to)| convert::cast(value, *to)).collect();
        self.apply(&cast).into_owned()
    }

    fn apply<'r>(&self, arguments: &'r [Value<'r>]) -> Value<'r> {
        let null = |value: &Value<'_>| value.is_null();
        let answer = if self.propagates_null && arguments.iter().any(null) {
            Value::Null
        } else {
            (self.evaluator)(Row(arguments))
        };
        match answer {
            Value::Null if self.result == KustoType::String => Value::String("".into()),
            answer => answer,
        }
    }
}

/// Another type; also null as a text, which is the empty one.
fn needs_cast(value: &Value<'_>, to: KustoType) -> bool {
    value.kusto_type().map_or(to == KustoType::String, |given| given != to)
}

static NULL: Value<'static> = Value::Null;

/// The arguments of one row.
#[derive(Clone, Copy, Debug)]
pub struct Row<'r>(&'r [Value<'r>]);

impl<'r> Row<'r> {
    /// All of them.
    #[must_use]
    pub const fn values(self) -> &'r [Value<'r>] {
        self.0
    }

    /// One of them, counted from 0; null where it is not given.
    #[must_use]
    pub fn value(self, index: usize) -> &'r Value<'r> {
        self.0.get(index).unwrap_or(&NULL)
    }

    /// A text; empty where there is none.
    #[must_use]
    pub fn text(self, index: usize) -> &'r str {
        match self.value(index) {
            Value::String(text) => text,
            _ => "",
        }
    }

    /// A whole number.
    #[must_use]
    pub fn long(self, index: usize) -> Option<i64> {
        match self.value(index) {
            Value::Int(value) => Some(i64::from(*value)),
            Value::Long(value) => Some(*value),
            _ => None,
        }
    }

    /// A number as real.
    #[must_use]
    pub fn real(self, index: usize) -> Option<f64> {
        match self.value(index) {
            Value::Real(value) => Some(*value),
            Value::Decimal(value) => Some(value.to_real()),
            _ => self.long(index).map(|value| value as f64),
        }
    }

    /// A decimal fraction.
    #[must_use]
    pub fn decimal(self, index: usize) -> Option<Decimal> {
        match self.value(index) {
            Value::Decimal(value) => Some(*value),
            _ => self.long(index).map(Decimal::from_long),
        }
    }

    /// A truth value.
    #[must_use]
    pub fn bool(self, index: usize) -> Option<bool> {
        match self.value(index) {
            Value::Bool(value) => Some(*value),
            _ => None,
        }
    }

    /// An instant.
    #[must_use]
    pub fn datetime(self, index: usize) -> Option<DateTime> {
        match self.value(index) {
            Value::DateTime(value) => Some(*value),
            _ => None,
        }
    }

    /// A length of time.
    #[must_use]
    pub fn timespan(self, index: usize) -> Option<TimeSpan> {
        match self.value(index) {
            Value::TimeSpan(value) => Some(*value),
            _ => None,
        }
    }

    /// An identifier.
    #[must_use]
    pub fn guid(self, index: usize) -> Option<Guid> {
        match self.value(index) {
            Value::Guid(value) => Some(*value),
            _ => None,
        }
    }

    /// A dynamic value.
    #[must_use]
    pub fn view(self, index: usize) -> Option<DynamicView<'r>> {
        self.value(index).view()
    }
}

/// What an evaluator may give without borrowing from the row.
pub(crate) trait Answer {
    /// The answer as a value.
    fn answer(self) -> Value<'static>;
}

impl Answer for Value<'static> {
    fn answer(self) -> Value<'static> {
        self
    }
}

impl Answer for Vec<u8> {
    /// The compact bytes of a dynamic value.
    fn answer(self) -> Value<'static> {
        Value::Dynamic(Cow::Owned(self))
    }
}

macro_rules! answers {
    ($($kind:ty),*) => {
        $(impl Answer for $kind {
            fn answer(self) -> Value<'static> {
                self.into()
            }
        })*
    };
}

answers!(bool, i32, i64, f64, Decimal, String, DateTime, TimeSpan, Guid, Dynamic);

/// An evaluator that always has an answer.
#[expect(clippy::unnecessary_wraps, reason = "it is what making an evaluator gives")]
pub(crate) fn always<A: Answer>(evaluate: impl Fn(Row<'_>) -> A + Send + Sync + 'static) -> Made {
    Ok(Box::new(move |row| evaluate(row).answer()))
}

/// An evaluator whose answer may be null.
#[expect(clippy::unnecessary_wraps, reason = "it is what making an evaluator gives")]
pub(crate) fn maybe<A: Answer>(evaluate: impl Fn(Row<'_>) -> Option<A> + Send + Sync + 'static) -> Made {
    Ok(Box::new(move |row| evaluate(row).map_or(Value::Null, Answer::answer)))
}

/// An evaluator whose answer may borrow from the row.
#[expect(clippy::unnecessary_wraps, reason = "it is what making an evaluator gives")]
pub(crate) fn borrowing(evaluate: impl for<'r> Fn(Row<'r>) -> Value<'r> + Send + Sync + 'static) -> Made {
    Ok(Box::new(evaluate))
}

/// An evaluator whose answer may borrow from the row, or be null.
#[expect(clippy::unnecessary_wraps, reason = "it is what making an evaluator gives")]
pub(crate) fn maybe_borrowing(evaluate: impl for<'r> Fn(Row<'r>) -> Option<Value<'r>> + Send + Sync + 'static) -> Made {
    Ok(Box::new(move |row| evaluate(row).unwrap_or(Value::Null)))
}
