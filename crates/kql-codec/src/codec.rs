//! What DataFusion asks about functions and tables that are not its own.

use std::sync::Arc;

use datafusion::arrow::datatypes::SchemaRef;
use datafusion::catalog::TableProvider;
use datafusion::common::{TableReference, plan_datafusion_err};
use datafusion::error::Result;
use datafusion::execution::TaskContext;
use datafusion::logical_expr::{AggregateUDF, Extension, LogicalPlan, ScalarUDF, WindowUDF};
use datafusion_proto::logical_plan::LogicalExtensionCodec;
use whotalks_kql_plan::portable::{self, NoSurroundings, Surroundings};

/// The codec for plans of Kusto queries.
#[derive(Debug)]
pub struct Codec {
    here: Arc<dyn Surroundings>,
}

impl Codec {
    /// A codec that gives plans what is here.
    pub fn new(here: Arc<dyn Surroundings>) -> Self {
        Self { here }
    }
}

impl Default for Codec {
    fn default() -> Self {
        Self::new(Arc::new(NoSurroundings))
    }
}

/// What is left empty is looked up by its name among the engine's own.
fn put(bytes: Option<Vec<u8>>, buffer: &mut Vec<u8>) {
    buffer.extend(bytes.unwrap_or_default());
}

impl LogicalExtensionCodec for Codec {
    fn try_decode(&self, _: &[u8], _: &[LogicalPlan], _: &TaskContext) -> Result<Extension> {
        Err(plan_datafusion_err!(
            "a plan of a Kusto query has no operators but the engine's"
        ))
    }

    fn try_encode(&self, node: &Extension, _: &mut Vec<u8>) -> Result<()> {
        Err(plan_datafusion_err!(
            "the operator {} is not the engine's",
            node.node.name()
        ))
    }

    fn try_decode_table_provider(
        &self,
        bytes: &[u8],
        _: &TableReference,
        schema: SchemaRef,
        _: &TaskContext,
    ) -> Result<Arc<dyn TableProvider>> {
        portable::read_table(bytes, schema, self.here.as_ref())
    }

    fn try_encode_table_provider(
        &self,
        name: &TableReference,
        table: Arc<dyn TableProvider>,
        buffer: &mut Vec<u8>,
    ) -> Result<()> {
        let written = portable::write_table(table.as_ref())?;
        let written = written.ok_or_else(|| plan_datafusion_err!("the table {name} cannot be sent anywhere"))?;
        buffer.extend(written);
        Ok(())
    }

    fn try_decode_udf(&self, _: &str, bytes: &[u8]) -> Result<Arc<ScalarUDF>> {
        portable::read_scalar(bytes, self.here.as_ref())
    }

    fn try_encode_udf(&self, function: &ScalarUDF, buffer: &mut Vec<u8>) -> Result<()> {
        put(portable::write_scalar(function)?, buffer);
        Ok(())
    }

    fn try_decode_udaf(&self, _: &str, bytes: &[u8]) -> Result<Arc<AggregateUDF>> {
        portable::read_aggregation(bytes)
    }

    fn try_encode_udaf(&self, function: &AggregateUDF, buffer: &mut Vec<u8>) -> Result<()> {
        put(portable::write_aggregation(function)?, buffer);
        Ok(())
    }

    fn try_decode_udwf(&self, _: &str, bytes: &[u8]) -> Result<Arc<WindowUDF>> {
        portable::read_row_function(bytes)
    }

    fn try_encode_udwf(&self, function: &WindowUDF, buffer: &mut Vec<u8>) -> Result<()> {
        put(portable::write_row_function(function)?, buffer);
        Ok(())
    }
}
