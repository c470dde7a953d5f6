//! A function of `kql-functions` as a function of the engine: it is given columns and evaluates row by row.

use std::hash::{Hash, Hasher};
use std::sync::{Arc, OnceLock};

use datafusion::arrow::array::{Array, ArrayRef, AsArray, BooleanArray};
use datafusion::arrow::buffer::BooleanBuffer;
use datafusion::arrow::datatypes::{DataType, Int64Type};
use datafusion::common::{exec_err, plan_datafusion_err};
use datafusion::error::Result;
use datafusion::logical_expr::{ColumnarValue, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, Volatility};
use datafusion::scalar::ScalarValue;
use serde::{Deserialize, Serialize};
use whotalks_kql_functions::{Argument, Family, Function, Prepared, Quick};
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
    ready: Ready,
}

/// What says which function it is, for an engine elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct WrittenCall {
    name: String,
    operator: bool,
    arguments: Vec<KustoType>,
    type_names: Vec<bool>,
    result: KustoType,
}

impl WrittenCall {
    /// The function; an error where this program has none of the name.
    pub(crate) fn read(self) -> Result<KustoFunction> {
        let function = function_of(&self.name, self.operator)?;
        let arguments = self.arguments.into_iter().zip(self.type_names);
        let arguments: Vec<_> = arguments
            .map(|(kusto_type, names_type)| match names_type {
                true => Argument::type_name(kusto_type),
                false => Argument::variable(kusto_type),
            })
            .collect();
        Ok(KustoFunction::new(function, &arguments, self.result))
    }
}

fn function_of(name: &str, operator: bool) -> Result<&'static Function> {
    let function = match operator {
        true => whotalks_kql_functions::operator(name),
        false => whotalks_kql_functions::find(name),
    };
    function.ok_or_else(|| plan_datafusion_err!("no function is called {name}"))
}

/// A function made ready for the constants that it was first called with; every batch of a query brings the same. It says nothing of
/// which function it is.
#[derive(Debug, Default)]
struct Ready(OnceLock<(Vec<Option<ScalarValue>>, Arc<Prepared>)>);

impl Clone for Ready {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl PartialEq for Ready {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Ready {}

impl Hash for Ready {
    fn hash<H: Hasher>(&self, _: &mut H) {}
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
            ready: Ready::default(),
        }
    }

    /// What says which function it is.
    pub(crate) fn written(&self) -> WrittenCall {
        WrittenCall {
            name: self.name.to_owned(),
            operator: self.operator,
            arguments: self.arguments.clone(),
            type_names: self.type_names.clone(),
            result: self.result,
        }
    }

    /// The function as the engine takes it.
    pub(crate) fn into_engine_function(self) -> Arc<ScalarUDF> {
        Arc::new(ScalarUDF::new_from_impl(self))
    }

    /// The function made ready for constants: once, where they stay the same.
    fn ready(&self, values: &[ColumnarValue]) -> Result<Arc<Prepared>> {
        if let Some((constants, prepared)) = self.ready.0.get()
            && constants.iter().map(Option::as_ref).eq(values.iter().map(scalar))
        {
            return Ok(Arc::clone(prepared));
        }
        let prepared = Arc::new(self.prepared(values)?);
        let constants = values.iter().map(|value| scalar(value).cloned()).collect();
        // Where another part of the query was first, what it made serves from the next batch on.
        self.ready.0.get_or_init(|| (constants, Arc::clone(&prepared)));
        Ok(prepared)
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
        let prepared = function_of(self.name, self.operator)?.prepare(&arguments);
        prepared.map_err(|error| plan_datafusion_err!("{error}"))
    }
}

fn scalar(value: &ColumnarValue) -> Option<&ScalarValue> {
    match value {
        ColumnarValue::Scalar(scalar) => Some(scalar),
        ColumnarValue::Array(_) => None,
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
        let prepared = self.ready(&call.args)?;
        if let Some(column) = self.quickly(&prepared, &call.args) {
            return Ok(ColumnarValue::Array(column));
        }
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
    /// The answer over one column where all other arguments are constants, without a value for each row.
    fn quickly(&self, prepared: &Prepared, values: &[ColumnarValue]) -> Option<ArrayRef> {
        let (ColumnarValue::Array(column), constants) = values.split_first()? else {
            return None;
        };
        if constants.iter().any(|value| scalar(value).is_none()) {
            return None;
        }
        match prepared.quick(*self.arguments.first()?)? {
            Quick::Text(test) => Some(Arc::new(tested(column, test)?)),
            Quick::Whole(turn) => {
                let numbers = column.as_primitive_opt::<Int64Type>()?;
                Some(Arc::new(numbers.unary_opt::<_, Int64Type>(turn)))
            }
        }
    }

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

/// Tests the texts of a column; one that is not stated is the empty one.
fn tested(column: &ArrayRef, test: impl Fn(&str) -> bool) -> Option<BooleanArray> {
    let texts = column.as_string_view_opt()?;
    let said = match texts.nulls() {
        None => BooleanBuffer::collect_bool(texts.len(), |row| test(texts.value(row))),
        Some(nulls) => {
            let of_nothing = test("");
            BooleanBuffer::collect_bool(texts.len(), |row| {
                if nulls.is_valid(row) {
                    test(texts.value(row))
                } else {
                    of_nothing
                }
            })
        }
    };
    Some(BooleanArray::new(said, None))
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
