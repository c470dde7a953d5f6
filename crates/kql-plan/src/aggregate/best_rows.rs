//! `arg_max` and `arg_min` over many groups at once: a batch is gone through once, and of each group only the row that won is copied.

use std::sync::Arc;

use datafusion::arrow::array::{Array, ArrayRef, AsArray, BooleanArray, StructArray};
use datafusion::arrow::buffer::NullBuffer;
use datafusion::error::Result;
use datafusion::logical_expr::{EmitTo, GroupsAccumulator};
use whotalks_kql_values::{KustoType, Value};

use super::arg::{ArgExtreme, members};
use super::groups::passes;
use crate::physical::{Cell, ColumnBuilder, ColumnReader};

/// A row, the first value of which decides.
type Row = Vec<Value<'static>>;

/// The best row of every group.
#[derive(Debug)]
pub(super) struct BestRows {
    extreme: ArgExtreme,
    types: Vec<KustoType>,
    /// None where a group has seen no row.
    rows: Vec<Option<Row>>,
    /// Which row of the batch at hand leads each group; all none between batches.
    leading: Vec<Option<usize>>,
    /// The bytes of the texts in all rows.
    text_bytes: usize,
}

impl BestRows {
    /// No group yet.
    pub(super) const fn new(extreme: ArgExtreme, types: Vec<KustoType>) -> Self {
        Self {
            extreme,
            types,
            rows: Vec::new(),
            leading: Vec::new(),
            text_bytes: 0,
        }
    }

    fn readers<'a>(&self, columns: &'a [ArrayRef]) -> Vec<ColumnReader<'a>> {
        let columns = columns.iter().zip(&self.types);
        columns
            .map(|(array, kusto_type)| ColumnReader::new(array, *kusto_type))
            .collect()
    }

    /// Lets the rows of a batch compete; `takes` says of a row whether it does.
    fn take(&mut self, columns: &[ArrayRef], groups: &[usize], count: usize, takes: impl Fn(usize) -> bool) {
        self.rows.resize(count.max(self.rows.len()), None);
        self.leading.resize(self.rows.len(), None);
        let readers = self.readers(columns);
        let Some(keys) = readers.first() else { return };
        let mut led = Vec::new();
        for (row, group) in groups.iter().enumerate().filter(|(row, _)| takes(*row)) {
            let (Some(leading), Some(kept)) = (self.leading.get_mut(*group), self.rows.get(*group)) else {
                continue;
            };
            let wins = match (*leading, kept.as_ref().and_then(|row| row.first())) {
                (Some(best), _) => self.extreme.better(&keys.value(row), &keys.value(best)),
                (None, Some(best)) => self.extreme.better(&keys.value(row), best),
                // Where every key is null, the first row stands for all.
                (None, None) => true,
            };
            if wins && leading.replace(row).is_none() {
                led.push(*group);
            }
        }
        for group in led {
            self.keep(group, &readers);
        }
    }

    /// Copies the row that leads a group.
    fn keep(&mut self, group: usize, readers: &[ColumnReader<'_>]) {
        let leading = self.leading.get_mut(group).and_then(Option::take);
        let (Some(row), Some(kept)) = (leading, self.rows.get_mut(group)) else {
            return;
        };
        let best: Row = readers.iter().map(|reader| reader.value(row).into_owned()).collect();
        let before = kept.as_ref().map_or(0, text_bytes);
        self.text_bytes = self.text_bytes.saturating_sub(before).saturating_add(text_bytes(&best));
        *kept = Some(best);
    }

    fn emitted(&mut self, emit_to: EmitTo) -> Vec<Option<Row>> {
        let emitted = emit_to.take_needed(&mut self.rows);
        self.leading.truncate(self.rows.len());
        let bytes: usize = emitted.iter().flatten().map(text_bytes).sum();
        self.text_bytes = self.text_bytes.saturating_sub(bytes);
        emitted
    }

    /// Rows as one column.
    fn column(&self, rows: &[Option<Row>], nulls: Option<NullBuffer>) -> Result<ArrayRef> {
        let column = |(index, kusto_type): (usize, &KustoType)| {
            let mut column = ColumnBuilder::new(*kusto_type, rows.len());
            for row in rows {
                column.append(row.as_ref().and_then(|row| row.get(index)).unwrap_or(&Value::Null));
            }
            column.finish()
        };
        let columns = self.types.iter().enumerate().map(column).collect();
        Ok(Arc::new(StructArray::try_new(members(&self.types), columns, nulls)?))
    }
}

fn text_bytes(row: &Row) -> usize {
    row.iter().map(|value| value.as_text().map_or(0, str::len)).sum()
}

impl GroupsAccumulator for BestRows {
    fn update_batch(
        &mut self,
        values: &[ArrayRef],
        group_indices: &[usize],
        filter: Option<&BooleanArray>,
        group_count: usize,
    ) -> Result<()> {
        self.take(values, group_indices, group_count, |row| passes(filter, row));
        Ok(())
    }

    fn merge_batch(&mut self, values: &[ArrayRef], group_indices: &[usize], group_count: usize) -> Result<()> {
        let Some(rows) = values.first().and_then(|array| array.as_struct_opt()) else {
            return Ok(());
        };
        self.take(rows.columns(), group_indices, group_count, |row| rows.is_valid(row));
        Ok(())
    }

    fn evaluate(&mut self, emit_to: EmitTo) -> Result<ArrayRef> {
        let rows = self.emitted(emit_to);
        self.column(&rows, None)
    }

    fn state(&mut self, emit_to: EmitTo) -> Result<Vec<ArrayRef>> {
        let rows = self.emitted(emit_to);
        let seen = NullBuffer::from_iter(rows.iter().map(Option::is_some));
        Ok(vec![self.column(&rows, Some(seen))?])
    }

    fn convert_to_state(&self, values: &[ArrayRef], filter: Option<&BooleanArray>) -> Result<Vec<ArrayRef>> {
        let rows = values.first().map_or(0, |array| array.len());
        let taken = filter.map(|filter| (0..rows).map(|row| passes(Some(filter), row)).collect());
        let rows = StructArray::try_new(members(&self.types), values.to_vec(), taken)?;
        Ok(vec![Arc::new(rows)])
    }

    fn size(&self) -> usize {
        let row =
            size_of::<Option<Row>>() + size_of::<Option<usize>>() + self.types.len() * size_of::<Value<'static>>();
        self.rows.capacity().saturating_mul(row).saturating_add(self.text_bytes)
    }
}
