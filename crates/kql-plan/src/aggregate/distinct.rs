//! `dcount`: how many different values a group has, in bounded memory; exact up to 2,048 of them, an estimate above (see [`Hll`]).

use std::sync::Arc;

use datafusion::arrow::array::{Array, ArrayRef, AsArray, BinaryArray, BooleanArray, Int64Array};
use datafusion::arrow::datatypes::{DataType, Field, FieldRef};
use datafusion::error::Result;
use datafusion::logical_expr::expr::AggregateFunction;
use datafusion::logical_expr::function::{AccumulatorArgs, StateFieldsArgs};
use datafusion::logical_expr::{
    Accumulator, AggregateUDF, AggregateUDFImpl, EmitTo, Expr, GroupsAccumulator, Signature, Volatility,
};
use datafusion::scalar::ScalarValue;
use whotalks_kql_functions::Hll;
use whotalks_kql_values::KustoType;

use super::groups::passes;
use crate::bind::Bound;
use crate::physical::ColumnReader;

/// The call over values, of the rows where a condition holds.
pub(super) fn distinct_values(value: Bound, condition: Option<Expr>) -> Expr {
    Expr::AggregateFunction(AggregateFunction::new_udf(
        DistinctValues::engine_function(value.kusto_type),
        vec![value.expression],
        false,
        condition.map(|condition| Box::new(crate::bind::bare(condition))),
        Vec::new(),
        None,
    ))
}

#[derive(Debug, PartialEq, Eq, Hash)]
pub(super) struct DistinctValues {
    pub(super) kusto_type: KustoType,
    signature: Signature,
}

impl DistinctValues {
    /// The aggregation of values of a type as the engine takes it.
    pub(super) fn engine_function(kusto_type: KustoType) -> Arc<AggregateUDF> {
        let signature = Signature::any(1, Volatility::Immutable);
        Arc::new(AggregateUDF::new_from_impl(Self { kusto_type, signature }))
    }
}

impl AggregateUDFImpl for DistinctValues {
    fn name(&self) -> &'static str {
        "dcount"
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(DataType::Int64)
    }

    fn groups_accumulator_supported(&self, _: AccumulatorArgs<'_>) -> bool {
        true
    }

    fn create_groups_accumulator(&self, _: AccumulatorArgs<'_>) -> Result<Box<dyn GroupsAccumulator>> {
        Ok(Box::new(Groups::new(self.kusto_type)))
    }

    fn state_fields(&self, arguments: StateFieldsArgs<'_>) -> Result<Vec<FieldRef>> {
        let name = format!("{}[seen]", arguments.name);
        Ok(vec![Arc::new(Field::new(name, DataType::Binary, true))])
    }

    fn accumulator(&self, _: AccumulatorArgs<'_>) -> Result<Box<dyn Accumulator>> {
        Ok(Box::new(OneGroup(Groups::new(self.kusto_type))))
    }
}

/// What each group has seen.
#[derive(Debug)]
struct Groups {
    kusto_type: KustoType,
    seen: Vec<Hll>,
    /// The bytes that all of them hold.
    bytes: usize,
}

impl Groups {
    const fn new(kusto_type: KustoType) -> Self {
        Self {
            kusto_type,
            seen: Vec::new(),
            bytes: 0,
        }
    }

    fn with_group(&mut self, group: usize, see: impl FnOnce(&mut Hll)) {
        if let Some(seen) = self.seen.get_mut(group) {
            let before = seen.bytes();
            see(seen);
            self.bytes = self.bytes.saturating_sub(before).saturating_add(seen.bytes());
        }
    }

    fn emitted(&mut self, emit_to: EmitTo) -> Vec<Hll> {
        let emitted = emit_to.take_needed(&mut self.seen);
        let bytes: usize = emitted.iter().map(Hll::bytes).sum();
        self.bytes = self.bytes.saturating_sub(bytes);
        emitted
    }

    fn grow(&mut self, count: usize) {
        self.seen.resize_with(count.max(self.seen.len()), Hll::default);
    }
}

impl GroupsAccumulator for Groups {
    fn update_batch(
        &mut self,
        values: &[ArrayRef],
        group_indices: &[usize],
        filter: Option<&BooleanArray>,
        group_count: usize,
    ) -> Result<()> {
        self.grow(group_count);
        let Some(array) = values.first() else { return Ok(()) };
        let rows = group_indices.iter().enumerate().filter(|(row, _)| passes(filter, *row));
        if let Some(texts) = array.as_string_view_opt() {
            // A text that is not stated is the empty one.
            let text = |row| if texts.is_null(row) { "" } else { texts.value(row) };
            rows.for_each(|(row, group)| self.with_group(*group, |seen| seen.add_text(text(row))));
            return Ok(());
        }
        let reader = ColumnReader::new(array, self.kusto_type);
        rows.for_each(|(row, group)| self.with_group(*group, |seen| seen.add(&reader.value(row))));
        Ok(())
    }

    fn merge_batch(&mut self, values: &[ArrayRef], group_indices: &[usize], group_count: usize) -> Result<()> {
        self.grow(group_count);
        let states = values.first().and_then(|array| array.as_binary_opt::<i32>());
        for (state, group) in states.into_iter().flatten().zip(group_indices) {
            if let Some(state) = state {
                self.with_group(*group, |seen| seen.merge_bytes(state));
            }
        }
        Ok(())
    }

    fn evaluate(&mut self, emit_to: EmitTo) -> Result<ArrayRef> {
        let seen = self.emitted(emit_to);
        Ok(Arc::new(Int64Array::from_iter_values(
            seen.into_iter().map(Hll::into_count),
        )))
    }

    fn state(&mut self, emit_to: EmitTo) -> Result<Vec<ArrayRef>> {
        let seen = self.emitted(emit_to);
        let states = BinaryArray::from_iter_values(seen.iter().map(Hll::to_bytes));
        Ok(vec![Arc::new(states)])
    }

    fn convert_to_state(&self, values: &[ArrayRef], filter: Option<&BooleanArray>) -> Result<Vec<ArrayRef>> {
        let rows = values.first().map_or(0, |array| array.len());
        let mut each = Self::new(self.kusto_type);
        let of_their_own: Vec<usize> = (0..rows).collect();
        each.update_batch(values, &of_their_own, filter, rows)?;
        each.state(EmitTo::All)
    }

    fn size(&self) -> usize {
        let list = self.seen.capacity().saturating_mul(size_of::<Hll>());
        list.saturating_add(self.bytes)
    }
}

/// All rows as one group.
#[derive(Debug)]
struct OneGroup(Groups);

impl OneGroup {
    /// The group of every one of so many rows.
    fn zeros(values: &[ArrayRef]) -> Vec<usize> {
        vec![0; values.first().map_or(0, |array| array.len())]
    }

    fn seen(&mut self) -> Vec<Hll> {
        self.0.grow(1);
        self.0.seen.clone()
    }
}

impl Accumulator for OneGroup {
    fn update_batch(&mut self, values: &[ArrayRef]) -> Result<()> {
        self.0.update_batch(values, &Self::zeros(values), None, 1)
    }

    fn merge_batch(&mut self, states: &[ArrayRef]) -> Result<()> {
        self.0.merge_batch(states, &Self::zeros(states), 1)
    }

    fn evaluate(&mut self) -> Result<ScalarValue> {
        Ok(ScalarValue::Int64(self.seen().first().map(Hll::count)))
    }

    fn state(&mut self) -> Result<Vec<ScalarValue>> {
        Ok(vec![ScalarValue::Binary(self.seen().first().map(Hll::to_bytes))])
    }

    fn size(&self) -> usize {
        self.0.size()
    }
}
