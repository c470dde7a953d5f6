//! What says which aggregation it is, for an engine elsewhere.

use std::any::Any;
use std::sync::Arc;

use datafusion::logical_expr::AggregateUDF;
use serde::{Deserialize, Serialize};
use whotalks_kql_values::KustoType;

use super::arg::{ArgExtreme, EngineArgExtreme};
use super::distinct::DistinctValues;
use super::rows::{EngineAggregation, RowAggregation};

/// An aggregation of ours with the types it is called with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct WrittenAggregation(Kind);

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
enum Kind {
    Distinct(KustoType),
    Rows(RowAggregation),
    ArgExtreme { extreme: ArgExtreme, types: Vec<KustoType> },
}

impl WrittenAggregation {
    /// Of an aggregation of ours; none of one of the engine's.
    pub(crate) fn of(function: &AggregateUDF) -> Option<Self> {
        let function: &dyn Any = function.inner().as_ref();
        let distinct = function.downcast_ref::<DistinctValues>();
        let rows = function.downcast_ref::<EngineAggregation>();
        let arg = function.downcast_ref::<EngineArgExtreme>();
        let kind = distinct
            .map(|distinct| Kind::Distinct(distinct.kusto_type))
            .or_else(|| rows.map(|rows| Kind::Rows(rows.aggregation.clone())))
            .or_else(|| {
                arg.map(|arg| Kind::ArgExtreme {
                    extreme: arg.extreme,
                    types: arg.types.clone(),
                })
            });
        kind.map(Self)
    }

    /// The aggregation.
    pub(crate) fn read(self) -> Arc<AggregateUDF> {
        match self.0 {
            Kind::Distinct(kusto_type) => DistinctValues::engine_function(kusto_type),
            Kind::Rows(aggregation) => aggregation.into_engine_function(),
            Kind::ArgExtreme { extreme, types } => EngineArgExtreme::engine_function(extreme, types),
        }
    }
}
