//! What the plugins about users have in common: who did something when, part by part of the time and of the dimensions.

use std::collections::BTreeMap;

use whotalks_kql_syntax::tree::{Call, Expression};
use whotalks_kql_values::{DateTime, DynamicBuilder, KustoType, TimeSpan, Value, convert};

use super::{in_place, refused};
use crate::bind::{Binder, Expressions, Row, simple_name};
use crate::error::Result;
use crate::operator::held::HeldRow;
use crate::phrase::Phrase;
use crate::relation::{Column, Relation};

/// The most parts of the time that an answer may have.
const MAX_STEPS: i64 = 1_000_000;

/// Arguments of a plugin, taken one after the other.
pub(super) struct Given<'c> {
    call: &'c Call,
    left: std::collections::VecDeque<&'c Expression>,
}

impl<'c> Given<'c> {
    pub(super) fn new(call: &'c Call) -> Self {
        Self {
            call,
            left: in_place(call).into(),
        }
    }

    pub(super) fn next(&mut self) -> Result<&'c Expression> {
        let missing = || refused(self.call, Phrase::NeedsMore);
        self.left.pop_front().ok_or_else(missing)
    }

    /// The next argument as a column of the table: its place and itself.
    pub(super) fn column(&mut self, input: &Relation) -> Result<(usize, Column)> {
        let written = self.next()?;
        let found = place_of(input, written);
        let missing = || refused(self.call, Phrase::TakesNameOfColumn).or_at(written.span);
        found.ok_or_else(missing)
    }

    /// What is left as columns: the dimensions.
    pub(super) fn dimensions(&mut self, input: &Relation) -> Result<Vec<(usize, Column)>> {
        let mut dimensions = Vec::new();
        while !self.left.is_empty() {
            dimensions.push(self.column(input)?);
        }
        Ok(dimensions)
    }

    /// Whether the next argument is no column of the table.
    pub(super) fn is_value(&self, input: &Relation) -> bool {
        self.left
            .front()
            .is_some_and(|written| place_of(input, written).is_none())
    }

    /// The next argument as a constant.
    pub(super) fn value(&mut self, binder: &mut Binder<'_>) -> Result<Value<'static>> {
        let written = self.next()?;
        let value = Expressions::new(binder, Row::None).constant(written, Phrase::ThisArgument)?;
        Ok(value.0)
    }

    /// The next argument as a place on the axis, or a length on it.
    pub(super) fn number(&mut self, binder: &mut Binder<'_>) -> Result<i64> {
        let value = self.value(binder)?;
        axis(&value).ok_or_else(|| refused(self.call, Phrase::TakesPlaceOnAxis))
    }

    /// The next argument, without taking it.
    pub(super) fn peek(&self) -> Option<&'c Expression> {
        self.left.front().copied()
    }

    /// A value as a place on the axis.
    pub(super) fn position(value: &Value<'_>) -> Option<i64> {
        axis(value)
    }

    /// A value as a place on the axis or a length above zero.
    pub(super) fn place(value: &Value<'_>, call: &Call) -> Result<i64> {
        axis(value)
            .filter(|place| *place > 0)
            .ok_or_else(|| refused(call, Phrase::TakesPlaceOnAxis))
    }

    /// The next argument as a length that is not zero.
    pub(super) fn length(&mut self, binder: &mut Binder<'_>) -> Result<i64> {
        let length = self.number(binder)?;
        if length > 0 {
            return Ok(length);
        }
        Err(refused(self.call, Phrase::TakesLength))
    }
}

fn place_of(input: &Relation, written: &Expression) -> Option<(usize, Column)> {
    let name = simple_name(written)?;
    let place = input.columns.iter().position(|column| column.name == name.text)?;
    Some((place, input.columns.get(place)?.clone()))
}

/// A time, a length of time or a whole number as a number.
fn axis(value: &Value<'_>) -> Option<i64> {
    match value {
        Value::DateTime(time) => Some(time.ticks()),
        Value::TimeSpan(span) => Some(span.ticks()),
        other => convert::to_long(other),
    }
}

/// A place on the axis as a value of its type.
pub(super) fn axis_value(place: i64, kusto_type: KustoType) -> Value<'static> {
    match kusto_type {
        KustoType::DateTime => DateTime::from_ticks(place).map_or(Value::Null, Value::DateTime),
        KustoType::TimeSpan => Value::TimeSpan(TimeSpan::from_ticks(place)),
        other => convert::cast(&Value::Long(place), other).into_owned(),
    }
}

/// Something that somebody did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Event {
    /// The place on the axis.
    pub(super) at: i64,
    /// Who: a number for each identifier.
    pub(super) who: usize,
}

/// The events of one combination of dimensions, in the order of the axis.
#[derive(Debug, Default)]
pub(super) struct Part {
    /// The values of the dimensions.
    pub(super) dimensions: Vec<Value<'static>>,
    /// What was done.
    pub(super) events: Vec<Event>,
}

/// Numbers for identifiers.
#[derive(Debug, Default)]
pub(super) struct People(BTreeMap<Vec<u8>, usize>);

impl People {
    pub(super) fn number(&mut self, id: &Value<'_>) -> usize {
        let next = self.0.len();
        *self.0.entry(DynamicBuilder::value(id)).or_insert(next)
    }
}

/// The events of a table, part by part.
pub(super) fn parts(
    rows: &[HeldRow],
    id: usize,
    timeline: usize,
    dimensions: &[(usize, Column)],
    people: &mut People,
) -> Vec<Part> {
    let mut found: BTreeMap<Vec<u8>, Part> = BTreeMap::new();
    for row in rows {
        let Some(at) = row.get(timeline).and_then(axis) else {
            continue;
        };
        let values: Vec<_> = dimensions
            .iter()
            .map(|(place, _)| row.get(*place).cloned().unwrap_or(Value::Null))
            .collect();
        let key = DynamicBuilder::array(values.iter().map(DynamicBuilder::value));
        let who = people.number(row.get(id).unwrap_or(&Value::Null));
        let part = found.entry(key).or_insert_with(|| Part {
            dimensions: values,
            events: Vec::new(),
        });
        part.events.push(Event { at, who });
    }
    let mut parts: Vec<Part> = found.into_values().collect();
    parts
        .iter_mut()
        .for_each(|part| part.events.sort_by_key(|event| event.at));
    parts
}

/// The beginnings of the steps from a start to an end, both included; an error where they are too many.
pub(super) fn steps(call: &Call, start: i64, end: i64, step: i64) -> Result<Vec<i64>> {
    let count = end.saturating_sub(start).checked_div(step).unwrap_or(0);
    if !(0..MAX_STEPS).contains(&count) {
        return Err(refused(call, Phrase::RangeEmptyOrLong));
    }
    Ok((0..=count)
        .map(|index| start.saturating_add(index.saturating_mul(step)))
        .collect())
}

/// The events from one place of the axis up to another, which is not included.
pub(super) fn between(events: &[Event], from: i64, to: i64) -> &[Event] {
    let first = events.partition_point(|event| event.at < from);
    let last = events.partition_point(|event| event.at < to);
    events.get(first..last).unwrap_or_default()
}
