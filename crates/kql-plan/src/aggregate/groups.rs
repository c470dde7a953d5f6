//! Aggregations of our own over many groups at once: what each group gathers lies in one list, and a batch is gone through once.

use std::sync::Arc;

use datafusion::arrow::array::{Array, ArrayRef, AsArray, BinaryArray, BooleanArray};
use datafusion::error::Result;
use datafusion::logical_expr::{EmitTo, GroupsAccumulator};
use whotalks_kql_values::DynamicView;

use super::rows::{Gather, RowAggregation};
use crate::physical::{ColumnBuilder, ColumnReader};

/// What all groups have gathered.
#[derive(Debug)]
pub(super) struct RowGroups {
    aggregation: RowAggregation,
    groups: Vec<Group>,
    /// The bytes that all groups hold, as far as they were asked.
    bytes: usize,
}

/// One group.
#[derive(Debug)]
struct Group {
    gathered: Box<dyn Gather>,
    /// How often it took something.
    taken: u64,
    /// The bytes that it held when it was last asked.
    bytes: usize,
}

impl RowGroups {
    /// No group yet.
    pub(super) const fn new(aggregation: RowAggregation) -> Self {
        Self {
            aggregation,
            groups: Vec::new(),
            bytes: 0,
        }
    }

    fn grow(&mut self, count: usize) {
        let gathering = &self.aggregation.gathering;
        self.groups.resize_with(count.max(self.groups.len()), || Group {
            gathered: gathering.begin(),
            taken: 0,
            bytes: 0,
        });
    }

    /// Has a group take something. What it holds is counted each time it has taken twice as much: counting goes through all that it
    /// holds, and must not be done for every row.
    fn with_group(&mut self, group: usize, take: impl FnOnce(&mut dyn Gather)) {
        let Some(group) = self.groups.get_mut(group) else {
            return;
        };
        take(group.gathered.as_mut());
        group.taken = group.taken.saturating_add(1);
        if group.taken.is_power_of_two() {
            let bytes = group.gathered.bytes();
            self.bytes = self.bytes.saturating_sub(group.bytes).saturating_add(bytes);
            group.bytes = bytes;
        }
    }

    fn emitted(&mut self, emit_to: EmitTo) -> Vec<Group> {
        let emitted = emit_to.take_needed(&mut self.groups);
        let bytes: usize = emitted.iter().map(|group| group.bytes).sum();
        self.bytes = self.bytes.saturating_sub(bytes);
        emitted
    }
}

/// Whether a row counts.
pub(super) fn passes(filter: Option<&BooleanArray>, row: usize) -> bool {
    filter.is_none_or(|filter| filter.is_valid(row) && filter.value(row))
}

impl GroupsAccumulator for RowGroups {
    fn update_batch(
        &mut self,
        values: &[ArrayRef],
        group_indices: &[usize],
        filter: Option<&BooleanArray>,
        group_count: usize,
    ) -> Result<()> {
        self.grow(group_count);
        let types = self.aggregation.arguments.clone();
        let readers = values.iter().zip(types);
        let readers: Vec<_> = readers
            .map(|(array, kusto_type)| ColumnReader::new(array, kusto_type))
            .collect();
        let mut cells = Vec::with_capacity(readers.len());
        for (row, group) in group_indices.iter().enumerate().filter(|(row, _)| passes(filter, *row)) {
            cells.clear();
            cells.extend(readers.iter().map(|reader| reader.value(row)));
            self.with_group(*group, |gathered| gathered.take(&cells));
        }
        Ok(())
    }

    fn merge_batch(&mut self, values: &[ArrayRef], group_indices: &[usize], group_count: usize) -> Result<()> {
        self.grow(group_count);
        let Some(states) = values.first().and_then(|array| array.as_binary_opt::<i32>()) else {
            return Ok(());
        };
        for (row, group) in group_indices.iter().enumerate() {
            if states.is_valid(row) {
                self.with_group(*group, |gathered| gathered.merge(DynamicView::new(states.value(row))));
            }
        }
        Ok(())
    }

    fn evaluate(&mut self, emit_to: EmitTo) -> Result<ArrayRef> {
        let groups = self.emitted(emit_to);
        let mut column = ColumnBuilder::new(self.aggregation.result, groups.len());
        for group in &groups {
            column.append(&group.gathered.result());
        }
        Ok(column.finish())
    }

    fn state(&mut self, emit_to: EmitTo) -> Result<Vec<ArrayRef>> {
        let groups = self.emitted(emit_to);
        let states: BinaryArray = groups.iter().map(|group| Some(group.gathered.state())).collect();
        Ok(vec![Arc::new(states)])
    }

    fn convert_to_state(&self, values: &[ArrayRef], filter: Option<&BooleanArray>) -> Result<Vec<ArrayRef>> {
        let rows = values.first().map_or(0, |array| array.len());
        let mut each = Self::new(self.aggregation.clone());
        let of_their_own: Vec<usize> = (0..rows).collect();
        each.update_batch(values, &of_their_own, filter, rows)?;
        each.state(EmitTo::All)
    }

    fn size(&self) -> usize {
        let list = self.groups.capacity().saturating_mul(size_of::<Group>());
        list.saturating_add(self.bytes)
    }
}
