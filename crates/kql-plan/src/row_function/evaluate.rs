//! What each function over all rows gives.

use whotalks_kql_values::{DateTime, TimeSpan, Value};

use super::RowFunctionKind;
use crate::physical::{Cell, ColumnReader};

/// Works a function out for every row and hands the values on in order.
pub(super) fn evaluate(
    kind: RowFunctionKind,
    columns: &[ColumnReader<'_>],
    rows: usize,
    give: &mut dyn FnMut(Value<'_>),
) {
    match kind {
        RowFunctionKind::Previous => (0..rows).for_each(|row| give(neighbour(columns, row, -1, rows))),
        RowFunctionKind::Next => (0..rows).for_each(|row| give(neighbour(columns, row, 1, rows))),
        RowFunctionKind::Number => number(columns, rows, give),
        RowFunctionKind::CumulativeSum => cumulative_sum(columns, rows, give),
        RowFunctionKind::RankDense => rank(columns, rows, true, give),
        RowFunctionKind::RankMinimum => rank(columns, rows, false, give),
        RowFunctionKind::Session => session(columns, rows, give),
    }
}

fn cell<'a>(columns: &[ColumnReader<'a>], column: usize, row: usize) -> Value<'a> {
    columns.get(column).map_or(Value::Null, |reader| reader.value(row))
}

/// The value some rows before or behind; the default where there is no such row.
fn neighbour<'a>(columns: &[ColumnReader<'a>], row: usize, direction: i64, rows: usize) -> Value<'a> {
    let distance = match columns.get(1) {
        Some(reader) => reader.value(row).as_long().unwrap_or(1),
        None => 1,
    };
    let wanted = i64::try_from(row).ok().zip(distance.checked_mul(direction));
    let wanted = wanted.and_then(|(row, offset)| row.checked_add(offset));
    match wanted
        .and_then(|row| usize::try_from(row).ok())
        .filter(|row| *row < rows)
    {
        Some(row) => cell(columns, 0, row),
        None => cell(columns, 2, row),
    }
}

fn restarts(columns: &[ColumnReader<'_>], column: usize, row: usize) -> bool {
    cell(columns, column, row).as_bool() == Some(true)
}

fn number(columns: &[ColumnReader<'_>], rows: usize, give: &mut dyn FnMut(Value<'_>)) {
    let mut next = 0i64;
    for row in 0..rows {
        let first = cell(columns, 0, row).as_long().unwrap_or(1);
        if row == 0 || restarts(columns, 1, row) {
            next = first;
        }
        give(Value::Long(next));
        next = next.wrapping_add(1);
    }
}

fn cumulative_sum(columns: &[ColumnReader<'_>], rows: usize, give: &mut dyn FnMut(Value<'_>)) {
    let mut sum = Value::Null;
    for row in 0..rows {
        let value = cell(columns, 0, row);
        sum = if row == 0 || restarts(columns, 1, row) {
            value.into_owned()
        } else {
            add(&sum, &value)
        };
        give(sum.clone());
    }
}

/// The sum of two values of one type; a null adds nothing.
fn add(left: &Value<'_>, right: &Value<'_>) -> Value<'static> {
    match (left, right) {
        (Value::Int(left), Value::Int(right)) => Value::Int(left.wrapping_add(*right)),
        (Value::Long(left), Value::Long(right)) => Value::Long(left.wrapping_add(*right)),
        (Value::Real(left), Value::Real(right)) => Value::Real(left + right),
        (Value::TimeSpan(left), Value::TimeSpan(right)) => {
            Value::TimeSpan(TimeSpan::from_ticks(left.ticks().wrapping_add(right.ticks())))
        }
        (Value::Null, other) | (other, _) => other.clone().into_owned(),
    }
}

/// The rank of a value among its neighbours: without gaps, or with one for each equal value before.
fn rank(columns: &[ColumnReader<'_>], rows: usize, dense: bool, give: &mut dyn FnMut(Value<'_>)) {
    let (mut rank, mut position) = (1i64, 0i64);
    for row in 0..rows {
        if row == 0 || restarts(columns, 1, row) {
            (rank, position) = (1, 1);
        } else {
            position += 1;
            let changed = cell(columns, 0, row) != cell(columns, 0, row - 1);
            if changed {
                rank = if dense { rank + 1 } else { position };
            }
        }
        give(Value::Long(rank));
    }
}

/// The time of the first row of a session: rows that are near enough to it and to each other.
fn session(columns: &[ColumnReader<'_>], rows: usize, give: &mut dyn FnMut(Value<'_>)) {
    let mut first: Option<i64> = None;
    let mut previous: Option<i64> = None;
    for row in 0..rows {
        let Value::DateTime(time) = cell(columns, 0, row) else {
            give(Value::Null);
            continue;
        };
        let ticks = time.ticks();
        let near = |since: Option<i64>, column| match (since, cell(columns, column, row)) {
            (Some(since), Value::TimeSpan(most)) => ticks.saturating_sub(since) <= most.ticks(),
            _ => false,
        };
        let goes_on = near(first, 1) && near(previous, 2) && !restarts(columns, 3, row);
        if !goes_on {
            first = Some(ticks);
        }
        previous = Some(ticks);
        give(
            first
                .and_then(DateTime::from_ticks)
                .map_or(Value::Null, Value::DateTime),
        );
    }
}
