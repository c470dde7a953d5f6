//! `evaluate rolling_percentile(…)` and `rows_near(…)`: what stands around a row.

use std::collections::BTreeMap;

use whotalks_kql_syntax::tree::{Call, Expression};
use whotalks_kql_values::{DynamicBuilder, Value, compare, convert};

use super::refused;
use super::timeline::{Given, axis_value};
use crate::bind::Binder;
use crate::error::{PlanProblem, Result};
use crate::operator::data_table::table_of_rows;
use crate::operator::held::HeldRow;
use crate::operator::{extend::extended, over_rows, project::Assigned};
use crate::phrase::Phrase;
use crate::physical::Cell;
use crate::relation::{Column, Relation};

/// The column that says whether a row is asked for; no query can write its name.
const WANTED: &str = "$wanted";

/// Values by the beginnings of their bins.
type Steps = BTreeMap<i64, Vec<Value<'static>>>;

impl Binder<'_> {
    /// `rolling_percentile(Value, Percentile, Index, BinSize, BinsPerWindow, dimensions…)`.
    pub(super) fn rolling_percentile(&mut self, input: &Relation, call: &Call) -> Result<Relation> {
        let mut given = Given::new(call);
        let (value, value_column) = given.column(input)?;
        let percent = given.value(self)?;
        let rank = convert::to_real(&percent).filter(|rank| (0.0..=100.0).contains(rank));
        let rank = rank.ok_or_else(|| refused(call, Phrase::PercentileFrom0To100))?;
        let (index, index_column) = given.column(input)?;
        let (bin, bins) = (given.length(self)?, given.length(self)?);
        let dimensions = given.dimensions(input)?;
        let mut parts: BTreeMap<Vec<u8>, (HeldRow, Steps)> = BTreeMap::new();
        for row in self.held(input, "rolling_percentile")? {
            let cell = |place: usize| row.get(place).cloned().unwrap_or(Value::Null);
            let key: HeldRow = dimensions.iter().map(|(place, _)| cell(*place)).collect();
            let Some(at) = Given::position(&cell(index)) else {
                continue;
            };
            let encoded = DynamicBuilder::array(key.iter().map(DynamicBuilder::value));
            let (_, steps) = parts.entry(encoded).or_insert_with(|| (key, BTreeMap::new()));
            steps
                .entry(at.div_euclid(bin).saturating_mul(bin))
                .or_default()
                .push(cell(value));
        }
        let mut rows = Vec::new();
        for (key, steps) in parts.into_values() {
            for at in steps.keys() {
                let first = at.saturating_sub(bin.saturating_mul(bins - 1));
                let window = steps.range(first..=*at).flat_map(|(_, values)| values.iter().cloned());
                let mut row = key.clone();
                row.push(axis_value(*at, index_column.kusto_type));
                row.push(nearest_rank(window.collect(), rank));
                rows.push(row);
            }
        }
        let mut columns: Vec<Column> = dimensions.into_iter().map(|(_, column)| column).collect();
        columns.push(index_column);
        let name = format!(
            "rolling_{}_percentile_{}",
            value_column.name,
            convert::to_text(&percent)
        );
        columns.push(Column::new(name, value_column.kusto_type));
        table_of_rows(columns, &rows)
    }

    /// `rows_near(condition, before [, after])`: rows for which a condition is true, and those around them.
    pub(super) fn rows_near(&mut self, input: Relation, call: &Call) -> Result<Relation> {
        if !input.serialized {
            return Err(PlanProblem::NotSerialized(call.name.text.clone()).at(call.name.span));
        }
        let mut given = Given::new(call);
        let condition: &Expression = given.next()?;
        let before = given.number(self)?;
        let after = if given.peek().is_some() {
            given.number(self)?
        } else {
            before
        };
        let columns = input.columns.clone();
        let (input, wanted) = over_rows(self, input, |expressions| expressions.truth(condition))?;
        let marked = extended(
            input,
            vec![Assigned {
                name: WANTED.to_owned(),
                value: wanted,
            }],
        )?;
        let rows = self.held(&marked, "rows_near")?;
        let place = |index: usize| i64::try_from(index).unwrap_or(i64::MAX);
        let hits: Vec<i64> = rows
            .iter()
            .enumerate()
            .filter(|(_, row)| row.get(columns.len()).and_then(Cell::as_bool) == Some(true))
            .map(|(index, _)| place(index))
            .collect();
        let near = |index: usize| {
            let next = hits.partition_point(|hit| *hit < place(index));
            let is_before = hits.get(next).is_some_and(|hit| hit - place(index) <= before);
            let last = next.checked_sub(1).and_then(|last| hits.get(last));
            is_before || last.is_some_and(|hit| place(index) - hit <= after)
        };
        let kept: Vec<HeldRow> = rows
            .iter()
            .enumerate()
            .filter(|(index, _)| near(*index))
            .map(|(_, row)| row.get(..columns.len()).unwrap_or_default().to_vec())
            .collect();
        let mut relation = table_of_rows(columns, &kept)?;
        relation.serialized = true;
        Ok(relation)
    }
}

/// The value at or below which so many percent of the values lie.
fn nearest_rank(mut values: Vec<Value<'static>>, rank: f64) -> Value<'static> {
    values.retain(|value| !value.is_null());
    values.sort_by(|left, right| compare(left, right).unwrap_or(std::cmp::Ordering::Equal));
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a part of a count"
    )]
    let place = ((rank / 100.0 * values.len() as f64).ceil().max(1.0) as usize) - 1;
    values.into_iter().nth(place).unwrap_or(Value::Null)
}
