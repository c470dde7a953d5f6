//! A function of `kql-functions` as a function of the engine: it is given columns and evaluates row by row.

use std::sync::Arc;

use datafusion::arrow::array::ArrayRef;
use datafusion::arrow::datatypes::DataType;
use datafusion::common::{exec_err, plan_datafusion_err};
use datafusion::error::Result;
use datafusion::logical_expr::{ColumnarValue, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, Volatility};
use whotalks_kql_functions::{Argument, Family, Function, Prepared};
use whotalks_kql_values::{KustoType, Value};

use crate::physical::{ColumnBuilder, ColumnReader, data_type, value_of_scalar};

/// A function together with the types that it is called with; Arrow types alone would not tell a time from a number.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct KustoFunction {
    /// The name under which `kql-functions` has it.
    name: &'static str,
    /// Whether it is an operator; those have names of their own.
    operator: bool,
    arguments: Vec<KustoType>,
    /// Which arguments are `typeof(…)`.
    type_names: Vec<bool>,
    result: KustoType,
    signature: Signature,
}

impl KustoFunction {
    /// The function for arguments of these types.
    pub(crate) fn new(function: &'static Function, arguments: &[Argument], result: KustoType) -> Self {
        Self {
            type_names: arguments.iter().map(|argument| argument.names_type).collect(),
            name: function.name,
            operator: function.family == Family::Operator,
            signature: Signature::variadic_any(Volatility::Immutable),
            arguments: arguments.iter().map(|argument| argument.kusto_type).collect(),
            result,
        }
    }

    /// The function as the engine takes it.
    pub(crate) fn into_engine_function(self) -> Arc<ScalarUDF> {
        Arc::new(ScalarUDF::new_from_impl(self))
    }

    fn prepared(&self, values: &[ColumnarValue]) -> Result<Prepared> {
        let arguments: Vec<_> = self
            .arguments
            .iter()
            .zip(&self.type_names)
            .zip(values)
            .map(|((kusto_type, names_type), value)| match names_type {
                true => Argument::type_name(*kusto_type),
                false => argument(*kusto_type, value),
            })
            .collect();
        let function = if self.operator {
            whotalks_kql_functions::operator(self.name)
        } else {
            whotalks_kql_functions::find(self.name)
        };
        let function = function.ok_or_else(|| plan_datafusion_err!("no function is called {}", self.name))?;
        let prepared = function.prepare(&arguments);
        prepared.map_err(|error| plan_datafusion_err!("{error}"))
    }
}

fn argument(kusto_type: KustoType, value: &ColumnarValue) -> Argument {
    match value {
        ColumnarValue::Scalar(scalar) => Argument::constant(kusto_type, value_of_scalar(scalar, kusto_type)),
        ColumnarValue::Array(_) => Argument::variable(kusto_type),
    }
}

impl ScalarUDFImpl for KustoFunction {
    fn name(&self) -> &str {
        self.name
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(data_type(self.result))
    }

    fn coerce_types(&self, argument_types: &[DataType]) -> Result<Vec<DataType>> {
        Ok(argument_types.to_vec())
    }

    fn invoke_with_args(&self, call: ScalarFunctionArgs) -> Result<ColumnarValue> {
        if call.args.len() != self.arguments.len() {
            return exec_err!("{} was planned with {} arguments", self.name, self.arguments.len());
        }
        let prepared = self.prepared(&call.args)?;
        let operands = call.args.iter().zip(&self.arguments);
        let operands: Vec<_> = operands
            .map(|(value, kusto_type)| Operand::new(value, *kusto_type))
            .collect();
        Ok(ColumnarValue::Array(self.evaluate(
            &prepared,
            &operands,
            call.number_rows,
        )))
    }
}

impl KustoFunction {
    fn evaluate(&self, prepared: &Prepared, operands: &[Operand<'_>], rows: usize) -> ArrayRef {
        let mut result = ColumnBuilder::new(self.result, rows);
        let mut arguments = Vec::with_capacity(operands.len());
        for row in 0..rows {
            arguments.clear();
            arguments.extend(operands.iter().map(|operand| operand.value(row)));
            result.append(&prepared.evaluate(&arguments));
        }
        result.finish()
    }
}

/// An argument: a column, or one value for all rows.
enum Operand<'a> {
    Column(ColumnReader<'a>),
    Constant(Value<'static>),
}

impl<'a> Operand<'a> {
    fn new(value: &'a ColumnarValue, kusto_type: KustoType) -> Self {
        match value {
            ColumnarValue::Array(array) => Self::Column(ColumnReader::new(array, kusto_type)),
            ColumnarValue::Scalar(scalar) => Self::Constant(value_of_scalar(scalar, kusto_type)),
        }
    }

    fn value(&self, row: usize) -> Value<'_> {
        match self {
            Self::Column(reader) => reader.value(row),
            Self::Constant(value) => value.borrowed(),
        }
    }
}
