//! Expressions that are evaluated for one row at a time.

use std::sync::Arc;

use datafusion::arrow::array::RecordBatch;
use datafusion::arrow::datatypes::SchemaRef;
use datafusion::physical_plan::PhysicalExpr;
use whotalks_kql_values::{KustoType, Value};

use crate::Column;
use crate::error::{PlanProblem, Result};
use crate::physical::{ColumnBuilder, ColumnReader, schema};

/// An expression over columns.
#[derive(Debug)]
pub(crate) struct RowEvaluator {
    expression: Arc<dyn PhysicalExpr>,
    kusto_type: KustoType,
    types: Vec<KustoType>,
    schema: SchemaRef,
}

impl RowEvaluator {
    /// An expression that gives values of a type, over columns.
    pub(super) fn new(expression: Arc<dyn PhysicalExpr>, kusto_type: KustoType, columns: &[Column]) -> Self {
        Self {
            expression,
            kusto_type,
            types: columns.iter().map(|column| column.kusto_type).collect(),
            schema: schema(columns),
        }
    }

    /// The value for a row.
    pub(crate) fn value(&self, row: &[Value<'static>]) -> Result<Value<'static>> {
        let columns = self.types.iter().zip(row).map(|(kusto_type, value)| {
            let mut column = ColumnBuilder::new(*kusto_type, 1);
            column.append(value);
            column.finish()
        });
        let batch = RecordBatch::try_new(Arc::clone(&self.schema), columns.collect());
        let batch = batch.map_err(|error| PlanProblem::Engine(error.to_string()))?;
        let array = self.expression.evaluate(&batch)?.into_array(1)?;
        Ok(ColumnReader::new(&array, self.kusto_type).value(0).into_owned())
    }
}
