//! `arg_max` and `arg_min`: values of the row in which another is greatest or smallest.

use std::cmp::Ordering;
use std::sync::Arc;

use datafusion::arrow::array::{Array, ArrayRef, AsArray, StructArray};
use datafusion::arrow::datatypes::{DataType, Field, FieldRef, Fields};
use datafusion::error::Result as EngineResult;
use datafusion::logical_expr::expr::AggregateFunction;
use datafusion::logical_expr::function::{AccumulatorArgs, StateFieldsArgs};
use datafusion::logical_expr::{
    Accumulator, AggregateUDF, AggregateUDFImpl, Expr, GroupsAccumulator, Signature, Volatility,
};
use datafusion::scalar::ScalarValue;
use serde::{Deserialize, Serialize};
use whotalks_kql_values::{KustoType, Value};

use super::Aggregations;
use super::best_rows::BestRows;
use super::extreme::beats;
use crate::bind::Bound;
use crate::physical::{Cell, ColumnBuilder, ColumnReader, data_type};

/// Whether a name is one of these aggregations.
pub(super) fn is_name(name: &str) -> bool {
    ArgExtreme::named(name).is_some()
}

/// Which row is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) enum ArgExtreme {
    /// The one with the greatest value.
    Greatest,
    /// The one with the smallest value.
    Smallest,
}

impl ArgExtreme {
    /// The aggregation of a name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        match name {
            "arg_max" | "argmax" => Some(Self::Greatest),
            "arg_min" | "argmin" => Some(Self::Smallest),
            _ => None,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Greatest => "arg_max",
            Self::Smallest => "arg_min",
        }
    }

    /// How the column is called where what decides has no name.
    pub(crate) fn nameless(self) -> &'static str {
        match self {
            Self::Greatest => "max_",
            Self::Smallest => "min_",
        }
    }

    /// Whether a value takes the place of the best one so far.
    pub(super) fn better(self, new: &Value<'_>, best: &Value<'_>) -> bool {
        let wanted = match self {
            Self::Greatest => Ordering::Greater,
            Self::Smallest => Ordering::Less,
        };
        beats(new, best, wanted)
    }
}

/// Collects the aggregation over values, the first of which decides; gives each value of the row that was found.
pub(crate) fn arg_extreme(extreme: ArgExtreme, values: Vec<Bound>, aggregations: &mut Aggregations) -> Vec<Bound> {
    let types: Vec<_> = values.iter().map(|value| value.kusto_type).collect();
    let function = EngineArgExtreme::engine_function(extreme, types.clone());
    let arguments = values.into_iter().map(|value| value.expression).collect();
    let call = AggregateFunction::new_udf(function, arguments, false, None, Vec::new(), None);
    let row = aggregations.add(Expr::AggregateFunction(call));
    let member = |index: usize| datafusion::functions::expr_fn::get_field(row.clone(), index.to_string());
    types
        .into_iter()
        .enumerate()
        .map(|(index, kusto_type)| Bound::computed(member(index), kusto_type))
        .collect()
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct EngineArgExtreme {
    pub(super) extreme: ArgExtreme,
    pub(super) types: Vec<KustoType>,
    signature: Signature,
}

impl EngineArgExtreme {
    /// The aggregation of values of these types as the engine takes it.
    pub(super) fn engine_function(extreme: ArgExtreme, types: Vec<KustoType>) -> Arc<AggregateUDF> {
        Arc::new(AggregateUDF::new_from_impl(Self {
            extreme,
            types,
            signature: Signature::variadic_any(Volatility::Immutable),
        }))
    }
}

/// The members of a row are named by their numbers.
pub(super) fn members(types: &[KustoType]) -> Fields {
    let member = |(index, kusto_type): (usize, &KustoType)| Field::new(index.to_string(), data_type(*kusto_type), true);
    types.iter().enumerate().map(member).collect()
}

impl AggregateUDFImpl for EngineArgExtreme {
    fn name(&self) -> &str {
        self.extreme.name()
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> EngineResult<DataType> {
        Ok(DataType::Struct(members(&self.types)))
    }

    fn coerce_types(&self, argument_types: &[DataType]) -> EngineResult<Vec<DataType>> {
        Ok(argument_types.to_vec())
    }

    fn state_fields(&self, arguments: StateFieldsArgs<'_>) -> EngineResult<Vec<FieldRef>> {
        let kept = DataType::Struct(members(&self.types));
        Ok(vec![Arc::new(Field::new(
            format!("{}[row]", arguments.name),
            kept,
            true,
        ))])
    }

    fn groups_accumulator_supported(&self, _: AccumulatorArgs<'_>) -> bool {
        true
    }

    fn create_groups_accumulator(&self, _: AccumulatorArgs<'_>) -> EngineResult<Box<dyn GroupsAccumulator>> {
        Ok(Box::new(BestRows::new(self.extreme, self.types.clone())))
    }

    fn accumulator(&self, _: AccumulatorArgs<'_>) -> EngineResult<Box<dyn Accumulator>> {
        Ok(Box::new(BestRow {
            extreme: self.extreme,
            types: self.types.clone(),
            best: None,
        }))
    }
}

/// The best row so far.
#[derive(Debug)]
struct BestRow {
    extreme: ArgExtreme,
    types: Vec<KustoType>,
    best: Option<Vec<Value<'static>>>,
}

impl BestRow {
    fn take(&mut self, columns: &[ArrayRef]) {
        let readers: Vec<_> = columns
            .iter()
            .zip(&self.types)
            .map(|(array, kusto_type)| ColumnReader::new(array, *kusto_type))
            .collect();
        let (Some(keys), Some(rows)) = (readers.first(), columns.first().map(|array| array.len())) else {
            return;
        };
        let mut found = None;
        let mut best = self
            .best
            .as_ref()
            .and_then(|row| row.first().cloned())
            .unwrap_or(Value::Null);
        for row in 0..rows {
            let key = keys.value(row);
            let wanted = self.extreme.better(&key, &best);
            if wanted {
                best = key;
                found = Some(row);
            }
        }
        // Where every key is null, the first row stands for all.
        let found = found.or_else(|| (self.best.is_none() && rows > 0).then_some(0));
        if let Some(row) = found {
            self.best = Some(readers.iter().map(|reader| reader.value(row).into_owned()).collect());
        }
    }

    fn row(&self) -> EngineResult<ScalarValue> {
        let nothing = vec![Value::Null; self.types.len()];
        let values = self.best.as_ref().unwrap_or(&nothing);
        let columns = self.types.iter().zip(values).map(|(kusto_type, value)| {
            let mut column = ColumnBuilder::new(*kusto_type, 1);
            column.append(value);
            column.finish()
        });
        let row = StructArray::try_new(members(&self.types), columns.collect(), None)?;
        Ok(ScalarValue::Struct(Arc::new(row)))
    }
}

impl Accumulator for BestRow {
    fn update_batch(&mut self, values: &[ArrayRef]) -> EngineResult<()> {
        self.take(values);
        Ok(())
    }

    fn evaluate(&mut self) -> EngineResult<ScalarValue> {
        self.row()
    }

    fn size(&self) -> usize {
        let texts = self
            .best
            .iter()
            .flatten()
            .map(|value| value.as_text().map_or(0, str::len));
        size_of_val(self) + texts.sum::<usize>() + self.types.len() * size_of::<Value<'static>>()
    }

    fn state(&mut self) -> EngineResult<Vec<ScalarValue>> {
        match self.best {
            Some(_) => Ok(vec![self.row()?]),
            None => Ok(vec![ScalarValue::try_from(&DataType::Struct(members(&self.types)))?]),
        }
    }

    fn merge_batch(&mut self, states: &[ArrayRef]) -> EngineResult<()> {
        let Some(rows) = states.first().and_then(|array| array.as_struct_opt()) else {
            return Ok(());
        };
        for row in (0..rows.len()).filter(|row| rows.is_valid(*row)) {
            let columns: Vec<_> = rows.columns().iter().map(|column| column.slice(row, 1)).collect();
            self.take(&columns);
        }
        Ok(())
    }
}
