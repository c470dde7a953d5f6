//! Functions over all rows in their order, evaluated in one go.

mod evaluate;

use std::sync::Arc;

use datafusion::arrow::array::ArrayRef;
use datafusion::arrow::datatypes::{DataType, Field, FieldRef};
use datafusion::error::Result as EngineResult;
use datafusion::logical_expr::function::{PartitionEvaluatorArgs, WindowUDFFieldArgs};
use datafusion::logical_expr::{PartitionEvaluator, Signature, Volatility, WindowUDF, WindowUDFImpl};
use serde::{Deserialize, Serialize};
use whotalks_kql_values::KustoType;

use crate::error::{PlanProblem, Result};
use crate::phrase::Phrase;
use crate::physical::{ColumnBuilder, ColumnReader, data_type};

/// Which function it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) enum RowFunctionKind {
    /// `prev(value, rows, default)`.
    Previous,
    /// `next(value, rows, default)`.
    Next,
    /// `row_number(first, restart)`.
    Number,
    /// `row_cumsum(value, restart)`.
    CumulativeSum,
    /// `row_rank_dense(value, restart)`.
    RankDense,
    /// `row_rank_min(value, restart)`.
    RankMinimum,
    /// `row_window_session(time, most from first, most between neighbours, restart)`.
    Session,
}

impl RowFunctionKind {
    /// What it is called in a query.
    fn name(self) -> &'static str {
        match self {
            Self::Previous => "prev",
            Self::Next => "next",
            Self::Number => "row_number",
            Self::CumulativeSum => "row_cumsum",
            Self::RankDense => "row_rank_dense",
            Self::RankMinimum => "row_rank_min",
            Self::Session => "row_window_session",
        }
    }

    /// The fewest and the most arguments.
    fn arity(self) -> (usize, usize) {
        match self {
            Self::Previous | Self::Next => (1, 3),
            Self::Number | Self::CumulativeSum | Self::RankDense | Self::RankMinimum => (1, 2),
            Self::Session => (3, 4),
        }
    }

    fn result(self, first: KustoType) -> Option<KustoType> {
        match self {
            Self::Previous | Self::Next => Some(first),
            Self::Number | Self::RankDense | Self::RankMinimum => Some(KustoType::Long),
            Self::CumulativeSum => match first {
                KustoType::Int | KustoType::Long | KustoType::Real | KustoType::TimeSpan => Some(first),
                _ => None,
            },
            Self::Session => (first == KustoType::DateTime).then_some(first),
        }
    }
}

/// A function with the types that it is called with.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct RowFunction {
    pub(crate) kind: RowFunctionKind,
    pub(crate) arguments: Vec<KustoType>,
    /// The type of what it gives.
    pub(crate) result: KustoType,
    signature: Signature,
}

impl RowFunction {
    /// The function for arguments of these types; an error where it does not take them.
    pub(crate) fn new(kind: RowFunctionKind, arguments: Vec<KustoType>) -> Result<Self> {
        let refused = |reason: Phrase| PlanProblem::Argument {
            function: kind.name().to_owned(),
            reason,
        };
        let (fewest, most) = kind.arity();
        let count = arguments.len();
        let first = arguments.first().copied().filter(|_| (fewest..=most).contains(&count));
        let first = first.ok_or_else(|| refused(Phrase::TakesBetween(fewest, most, count)))?;
        let result = kind
            .result(first)
            .ok_or_else(|| refused(Phrase::DoesNotTake(first.to_string())))?;
        Ok(Self {
            kind,
            arguments,
            result,
            signature: Signature::variadic_any(Volatility::Immutable),
        })
    }

    /// The function as the engine takes it.
    pub(crate) fn into_engine_function(self) -> Arc<WindowUDF> {
        Arc::new(WindowUDF::new_from_impl(self))
    }
}

impl WindowUDFImpl for RowFunction {
    fn name(&self) -> &str {
        self.kind.name()
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn partition_evaluator(&self, _: PartitionEvaluatorArgs<'_>) -> EngineResult<Box<dyn PartitionEvaluator>> {
        Ok(Box::new(Rows(self.clone())))
    }

    fn field(&self, arguments: WindowUDFFieldArgs<'_>) -> EngineResult<FieldRef> {
        Ok(Arc::new(Field::new(arguments.name(), data_type(self.result), true)))
    }

    fn coerce_types(&self, argument_types: &[DataType]) -> EngineResult<Vec<DataType>> {
        Ok(argument_types.to_vec())
    }
}

/// All rows at once.
#[derive(Debug)]
struct Rows(RowFunction);

impl PartitionEvaluator for Rows {
    fn evaluate_all(&mut self, values: &[ArrayRef], row_count: usize) -> EngineResult<ArrayRef> {
        let columns: Vec<_> = values
            .iter()
            .zip(&self.0.arguments)
            .map(|(array, kusto_type)| ColumnReader::new(array, *kusto_type))
            .collect();
        let mut result = ColumnBuilder::new(self.0.result, row_count);
        evaluate::evaluate(self.0.kind, &columns, row_count, &mut |value| result.append(&value));
        Ok(result.finish())
    }
}
