//! Texts taken apart, as `parse` and `parse-kv` do: one function of the engine that gives the parts as an array of texts, or null
//! where the text does not fit.

mod key_value;
mod pattern;

pub(crate) use key_value::KeyValue;
pub(crate) use pattern::{Pattern, PatternKind, PatternPart};

use std::sync::Arc;

use datafusion::arrow::array::BinaryBuilder;
use datafusion::arrow::datatypes::DataType;
use datafusion::common::exec_datafusion_err;
use datafusion::error::Result as EngineResult;
use datafusion::logical_expr::{
    ColumnarValue, Expr, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, Volatility,
};
use serde::{Deserialize, Serialize};
use whotalks_kql_values::{DynamicBuilder, KustoType, Value};

use crate::physical::ColumnReader;

/// How a text is taken apart.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) enum Split {
    /// By a pattern, as `parse` has it.
    Pattern(Pattern),
    /// By names and values, as `parse-kv` has it.
    KeyValue(KeyValue),
}

/// The parts of one text; none where it does not fit, none for a part that is not there.
type Parts = Option<Vec<Option<String>>>;
/// What takes texts apart, made ready once for many rows.
type Splitter<'s> = Box<dyn Fn(&str) -> Parts + 's>;

impl Split {
    /// The call over a text.
    pub(crate) fn call(self, text: Expr) -> Expr {
        self.into_engine_function().call(vec![text])
    }

    /// The function as the engine takes it.
    pub(crate) fn into_engine_function(self) -> Arc<ScalarUDF> {
        let signature = Signature::any(1, Volatility::Immutable);
        Arc::new(ScalarUDF::new_from_impl(SplitText { split: self, signature }))
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct SplitText {
    pub(crate) split: Split,
    signature: Signature,
}

impl SplitText {
    fn splitter(&self) -> Result<Splitter<'_>, regex::Error> {
        Ok(match &self.split {
            Split::Pattern(pattern) => Box::new(pattern.splitter()?),
            Split::KeyValue(key_value) => Box::new(key_value.splitter()?),
        })
    }
}

impl ScalarUDFImpl for SplitText {
    fn name(&self) -> &str {
        match self.split {
            Split::Pattern(_) => "parse",
            Split::KeyValue(_) => "parse-kv",
        }
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> EngineResult<DataType> {
        Ok(DataType::Binary)
    }

    fn invoke_with_args(&self, call: ScalarFunctionArgs) -> EngineResult<ColumnarValue> {
        let split = self.splitter().map_err(|error| exec_datafusion_err!("{error}"))?;
        let column = match call.args.first() {
            Some(text) => text.to_array(call.number_rows)?,
            None => return datafusion::common::exec_err!("{} was planned without a text", self.name()),
        };
        let texts = ColumnReader::new(&column, KustoType::String);
        let mut parts = BinaryBuilder::new();
        for row in 0..call.number_rows {
            match texts.value(row) {
                Value::String(text) => parts.append_option(split(&text).map(array)),
                _ => parts.append_null(),
            }
        }
        Ok(ColumnarValue::Array(Arc::new(parts.finish())))
    }
}

fn array(parts: Vec<Option<String>>) -> Vec<u8> {
    let part = |part: Option<String>| part.map_or_else(DynamicBuilder::null, |text| DynamicBuilder::string(&text));
    DynamicBuilder::array(parts.into_iter().map(part))
}
