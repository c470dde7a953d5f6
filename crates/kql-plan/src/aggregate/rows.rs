//! Aggregations of our own as aggregations of the engine: rows are taken one by one, and what was gathered of a part of the rows
//! travels as the bytes of one dynamic value.

use std::fmt::Debug;
use std::sync::Arc;

use datafusion::arrow::array::{ArrayRef, AsArray};
use datafusion::arrow::datatypes::{DataType, Field, FieldRef};
use datafusion::error::Result as EngineResult;
use datafusion::logical_expr::expr::AggregateFunction;
use datafusion::logical_expr::function::{AccumulatorArgs, StateFieldsArgs};
use datafusion::logical_expr::{
    Accumulator, AggregateUDF, AggregateUDFImpl, Expr, GroupsAccumulator, Signature, Volatility,
};
use datafusion::scalar::ScalarValue;
use serde::{Deserialize, Serialize};
use whotalks_kql_values::{DynamicView, KustoType, Value};

use super::gathering::Gathering;
use super::groups::RowGroups;
use crate::bind::Bound;
use crate::physical::{ColumnReader, data_type, scalar_value};

/// What an aggregation gathers from rows.
pub(super) trait Gather: Debug + Send + Sync + 'static {
    /// Takes one row.
    fn take(&mut self, row: &[Value<'_>]);

    /// What was gathered, for another part of the rows to take over.
    fn state(&self) -> Vec<u8>;

    /// Takes over what was gathered of other rows.
    fn merge(&mut self, state: DynamicView<'_>);

    /// What the aggregation gives.
    fn result(&self) -> Value<'static>;

    /// The bytes that are held.
    fn bytes(&self) -> usize;
}

/// An aggregation of our own with the types it is called with.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(super) struct RowAggregation {
    /// Which one it is.
    pub(super) gathering: Gathering,
    /// The types of its arguments.
    pub(super) arguments: Vec<KustoType>,
    /// The type of what it gives.
    pub(super) result: KustoType,
}

impl RowAggregation {
    /// The call over values of rows.
    pub(super) fn call(self, values: Vec<Bound>, condition: Option<Expr>) -> Expr {
        let arguments = values.into_iter().map(|value| value.expression).collect();
        let function = self.into_engine_function();
        let condition = condition.map(|condition| Box::new(crate::bind::bare(condition)));
        Expr::AggregateFunction(AggregateFunction::new_udf(
            function,
            arguments,
            false,
            condition,
            Vec::new(),
            None,
        ))
    }

    /// The aggregation as the engine takes it.
    pub(super) fn into_engine_function(self) -> Arc<AggregateUDF> {
        let signature = Signature::variadic_any(Volatility::Immutable);
        Arc::new(AggregateUDF::new_from_impl(EngineAggregation {
            aggregation: self,
            signature,
        }))
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct EngineAggregation {
    pub(super) aggregation: RowAggregation,
    signature: Signature,
}

impl AggregateUDFImpl for EngineAggregation {
    fn name(&self) -> &str {
        self.aggregation.gathering.name()
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> EngineResult<DataType> {
        Ok(data_type(self.aggregation.result))
    }

    fn coerce_types(&self, argument_types: &[DataType]) -> EngineResult<Vec<DataType>> {
        Ok(argument_types.to_vec())
    }

    fn groups_accumulator_supported(&self, _: AccumulatorArgs<'_>) -> bool {
        true
    }

    fn create_groups_accumulator(&self, _: AccumulatorArgs<'_>) -> EngineResult<Box<dyn GroupsAccumulator>> {
        Ok(Box::new(RowGroups::new(self.aggregation.clone())))
    }

    fn state_fields(&self, arguments: StateFieldsArgs<'_>) -> EngineResult<Vec<FieldRef>> {
        let name = format!("{}[gathered]", arguments.name);
        Ok(vec![Arc::new(Field::new(name, DataType::Binary, true))])
    }

    fn accumulator(&self, _: AccumulatorArgs<'_>) -> EngineResult<Box<dyn Accumulator>> {
        Ok(Box::new(RowAccumulator {
            gathered: self.aggregation.gathering.begin(),
            arguments: self.aggregation.arguments.clone(),
            result: self.aggregation.result,
        }))
    }
}

#[derive(Debug)]
struct RowAccumulator {
    gathered: Box<dyn Gather>,
    arguments: Vec<KustoType>,
    result: KustoType,
}

impl Accumulator for RowAccumulator {
    fn update_batch(&mut self, values: &[ArrayRef]) -> EngineResult<()> {
        let readers: Vec<_> = values
            .iter()
            .zip(&self.arguments)
            .map(|(array, kusto_type)| ColumnReader::new(array, *kusto_type))
            .collect();
        for row in 0..values.first().map_or(0, |array| array.len()) {
            let cells: Vec<_> = readers.iter().map(|reader| reader.value(row)).collect();
            self.gathered.take(&cells);
        }
        Ok(())
    }

    fn evaluate(&mut self) -> EngineResult<ScalarValue> {
        Ok(scalar_value(&self.gathered.result(), self.result))
    }

    fn size(&self) -> usize {
        size_of_val(self) + self.gathered.bytes()
    }

    fn state(&mut self) -> EngineResult<Vec<ScalarValue>> {
        Ok(vec![ScalarValue::Binary(Some(self.gathered.state()))])
    }

    fn merge_batch(&mut self, states: &[ArrayRef]) -> EngineResult<()> {
        let states = states.first().and_then(|array| array.as_binary_opt::<i32>());
        for state in states.into_iter().flatten().flatten() {
            self.gathered.merge(DynamicView::new(state));
        }
        Ok(())
    }
}
