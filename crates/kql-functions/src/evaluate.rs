use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use whotalks_kql_values::{DateTime, Decimal, Dynamic, DynamicView, Guid, KustoType, TimeSpan, Value, convert};

use crate::error::FunctionError;

/// Evaluates one row; the values must have the types that were promised.
type OfRow = Box<dyn for<'r> Fn(Row<'r>) -> Value<'r> + Send + Sync>;

/// How a function is evaluated: row by row, and where it can be done, a column at a time.
pub(crate) struct Evaluator {
    of_row: OfRow,
    quick: Option<Quick>,
}

/// The quick way for a function of one column and constants: it says of every row what [`Prepared::evaluate`] says, without a
/// [`Value`] for it.
pub enum Quick {
    /// Whether something is true of a text; one that is not stated is the empty one.
    Text(Box<dyn Fn(&str) -> bool + Send + Sync>),
    /// What a whole number, or the ticks of a time, becomes; none is null, and null stays null.
    Whole(Box<dyn Fn(i64) -> Option<i64> + Send + Sync>),
}

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
    /// The quick way, where the first argument is a column of this type, and all others are constants.
    #[must_use]
    pub fn quick(&self, given: KustoType) -> Option<&Quick> {
        let as_it_is = self.arguments.first() == Some(&given);
        self.evaluator.quick.as_ref().filter(|_| as_it_is)
    }

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
            (self.evaluator.of_row)(Row(arguments))
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

/// An evaluator that goes row by row.
#[expect(clippy::unnecessary_wraps, reason = "it is what making an evaluator gives")]
fn of_row(of_row: OfRow) -> Made {
    Ok(Evaluator { of_row, quick: None })
}

/// An evaluator that always has an answer.
pub(crate) fn always<A: Answer>(evaluate: impl Fn(Row<'_>) -> A + Send + Sync + 'static) -> Made {
    of_row(Box::new(move |row| evaluate(row).answer()))
}

/// An evaluator whose answer may be null.
pub(crate) fn maybe<A: Answer>(evaluate: impl Fn(Row<'_>) -> Option<A> + Send + Sync + 'static) -> Made {
    of_row(Box::new(move |row| evaluate(row).map_or(Value::Null, Answer::answer)))
}

/// An evaluator whose answer may borrow from the row.
pub(crate) fn borrowing(evaluate: impl for<'r> Fn(Row<'r>) -> Value<'r> + Send + Sync + 'static) -> Made {
    of_row(Box::new(evaluate))
}

/// An evaluator whose answer may borrow from the row, or be null.
pub(crate) fn maybe_borrowing(evaluate: impl for<'r> Fn(Row<'r>) -> Option<Value<'r>> + Send + Sync + 'static) -> Made {
    of_row(Box::new(move |row| evaluate(row).unwrap_or(Value::Null)))
}

/// An evaluator that tests the text of the first argument; all others are constants that the test knows.
#[expect(clippy::unnecessary_wraps, reason = "it is what making an evaluator gives")]
pub(crate) fn of_text(test: impl Fn(&str) -> bool + Send + Sync + 'static) -> Made {
    let test = Arc::new(test);
    let quick = Arc::clone(&test);
    Ok(Evaluator {
        of_row: Box::new(move |row| test(row.text(0)).into()),
        quick: Some(Quick::Text(Box::new(move |text| quick(text)))),
    })
}

/// An evaluator that turns the first argument, a number or a time of this type, into another one of it; all others are constants.
#[expect(clippy::unnecessary_wraps, reason = "it is what making an evaluator gives")]
pub(crate) fn of_whole(kusto_type: KustoType, turn: impl Fn(i64) -> Option<i64> + Send + Sync + 'static) -> Made {
    let turn = Arc::new(turn);
    let quick = Arc::clone(&turn);
    Ok(Evaluator {
        of_row: Box::new(move |row| {
            let turned = convert::to_long(row.value(0)).and_then(|number| turn(number));
            turned.map_or(Value::Null, |number| whole(kusto_type, number))
        }),
        quick: Some(Quick::Whole(Box::new(move |number| quick(number)))),
    })
}

/// A number, or a time of so many ticks.
fn whole(kusto_type: KustoType, number: i64) -> Value<'static> {
    match kusto_type {
        KustoType::DateTime => DateTime::from_ticks(number).map_or(Value::Null, Value::DateTime),
        KustoType::TimeSpan => TimeSpan::from_ticks(number).into(),
        _ => Value::Long(number),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Argument, find, operator};

    /// What is said of a row, and what is said of a column.
    fn both(name: &str, value: &Value<'static>, constant: &Value<'static>) -> Option<(Value<'static>, Value<'static>)> {
        let function = operator(name).or_else(|| find(name)).unwrap();
        let types = [value, constant].map(|value| value.kusto_type().unwrap());
        let arguments = [
            Argument::variable(types[0]),
            Argument::constant(types[1], constant.clone()),
        ];
        let prepared = function.prepare(&arguments).unwrap();
        let quick = match (prepared.quick(types[0])?, value) {
            (Quick::Text(test), Value::String(text)) => Value::Bool(test(text)),
            (Quick::Whole(turn), value) => {
                turn(convert::to_long(value)?).map_or(Value::Null, |number| whole(types[0], number))
            }
            (Quick::Text(_), _) => return None,
        };
        Some((
            prepared.evaluate(&[value.clone(), constant.clone()]).into_owned(),
            quick,
        ))
    }

    #[test]
    fn the_quick_way_says_of_texts_what_the_plain_one_says() {
        let tests = [
            "has",
            "!has",
            "has_cs",
            "!has_cs",
            "contains",
            "!contains",
            "contains_cs",
            "startswith",
            "endswith",
            "hasprefix",
            "hassuffix",
            "=~",
            "!~",
            "in",
            "!in",
            "in~",
            "!in~",
            "has_any",
            "has_all",
            "matches regex",
            "!matches regex",
        ];
        for name in tests {
            for (text, search) in [
                ("North America", "america"),
                ("America", "America"),
                ("", ""),
                ("aé", "É"),
                ("ab", "a"),
            ] {
                let (plain, quick) = both(name, &Value::from(text), &Value::from(search)).unwrap();
                assert_eq!(plain, quick, "{text} {name} {search}");
            }
        }
    }

    #[test]
    fn the_quick_way_says_of_numbers_and_times_what_the_plain_one_says() {
        let hour = Value::TimeSpan(TimeSpan::from_ticks(36_000_000_000));
        for (value, size) in [
            (Value::Long(-5), Value::Long(2)),
            (Value::Long(7), Value::Long(0)),
            (Value::Long(i64::MIN), Value::Long(7)),
        ] {
            let (plain, quick) = both("bin", &value, &size).unwrap();
            assert_eq!(plain, quick, "{value:?} {size:?}");
        }
        for ticks in [0, 638_000_000_000_000_001, DateTime::MAX.ticks()] {
            let time = Value::DateTime(DateTime::from_ticks(ticks).unwrap());
            for (name, by) in [
                ("bin", hour.clone()),
                ("startofday", Value::Long(-1)),
                ("endofmonth", Value::Long(1)),
                ("startofweek", Value::Long(0)),
            ] {
                let (plain, quick) = both(name, &time, &by).unwrap();
                assert_eq!(plain, quick, "{name} {ticks}");
            }
        }
    }
}
