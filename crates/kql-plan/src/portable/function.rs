//! Functions of ours; those of the engine go by their names.

use std::any::Any;
use std::sync::Arc;

use datafusion::common::plan_datafusion_err;
use datafusion::error::Result;
use datafusion::logical_expr::{AggregateUDF, ScalarUDF, WindowUDF};
use serde::{Deserialize, Serialize};
use whotalks_kql_values::KustoType;

use super::{Surroundings, read, written};
use crate::aggregate::WrittenAggregation;
use crate::function::{ItemNumbers, Items, KustoFunction, PlaceOfAddress, Split, SplitText, WrittenCall};
use crate::row_function::{RowFunction, RowFunctionKind};

const SCALAR: &str = "a function";
const AGGREGATION: &str = "an aggregation";
const ROW_FUNCTION: &str = "a function over rows";

/// A scalar function of ours.
#[derive(Debug, Serialize, Deserialize)]
enum WrittenScalar {
    Kusto(WrittenCall),
    Split(Split),
    Items { most: Option<usize>, bags_as_arrays: bool },
    ItemNumbers,
    PlaceOfAddress,
}

impl WrittenScalar {
    fn of(function: &ScalarUDF) -> Option<Self> {
        let function: &dyn Any = function.inner().as_ref();
        if let Some(kusto) = function.downcast_ref::<KustoFunction>() {
            return Some(Self::Kusto(kusto.written()));
        }
        if let Some(text) = function.downcast_ref::<SplitText>() {
            return Some(Self::Split(text.split.clone()));
        }
        if let Some(Items {
            most, bags_as_arrays, ..
        }) = function.downcast_ref()
        {
            let (most, bags_as_arrays) = (*most, *bags_as_arrays);
            return Some(Self::Items { most, bags_as_arrays });
        }
        let numbers = function.is::<ItemNumbers>().then_some(Self::ItemNumbers);
        numbers.or_else(|| function.is::<PlaceOfAddress>().then_some(Self::PlaceOfAddress))
    }

    fn read(self, here: &dyn Surroundings) -> Result<Arc<ScalarUDF>> {
        Ok(match self {
            Self::Kusto(call) => call.read()?.into_engine_function(),
            Self::Split(split) => split.into_engine_function(),
            Self::Items { most, bags_as_arrays } => Items::new(most, bags_as_arrays).into_engine_function(),
            Self::ItemNumbers => ItemNumbers::new().into_engine_function(),
            Self::PlaceOfAddress => {
                let places = here.places();
                PlaceOfAddress::engine_function(places.ok_or_else(|| {
                    plan_datafusion_err!("the plan asks where addresses are, and there is no database of places here")
                })?)
            }
        })
    }
}

/// A scalar function as bytes; none of one of the engine's.
pub fn write_scalar(function: &ScalarUDF) -> Result<Option<Vec<u8>>> {
    let function = WrittenScalar::of(function);
    function.map(|function| written(SCALAR, &function)).transpose()
}

/// The scalar function of bytes.
pub fn read_scalar(bytes: &[u8], here: &dyn Surroundings) -> Result<Arc<ScalarUDF>> {
    read::<WrittenScalar>(SCALAR, bytes)?.read(here)
}

/// An aggregation as bytes; none of one of the engine's.
pub fn write_aggregation(function: &AggregateUDF) -> Result<Option<Vec<u8>>> {
    let function = WrittenAggregation::of(function);
    function.map(|function| written(AGGREGATION, &function)).transpose()
}

/// The aggregation of bytes.
pub fn read_aggregation(bytes: &[u8]) -> Result<Arc<AggregateUDF>> {
    Ok(read::<WrittenAggregation>(AGGREGATION, bytes)?.read())
}

/// A function over rows as bytes; none of one of the engine's.
pub fn write_row_function(function: &WindowUDF) -> Result<Option<Vec<u8>>> {
    let function: &dyn Any = function.inner().as_ref();
    let function = function.downcast_ref::<RowFunction>();
    let parts = function.map(|function| (function.kind, &function.arguments));
    parts.map(|parts| written(ROW_FUNCTION, &parts)).transpose()
}

/// The function over rows of bytes.
pub fn read_row_function(bytes: &[u8]) -> Result<Arc<WindowUDF>> {
    let (kind, arguments): (RowFunctionKind, Vec<KustoType>) = read(ROW_FUNCTION, bytes)?;
    let function = RowFunction::new(kind, arguments);
    let function = function.map_err(|error| plan_datafusion_err!("{ROW_FUNCTION} of a plan: {error}"))?;
    Ok(function.into_engine_function())
}
