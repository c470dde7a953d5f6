//! Dynamic values taken apart into rows, as `mv-expand` does.

use std::sync::Arc;

use datafusion::arrow::array::{Array, ArrayRef, AsArray, BinaryBuilder, Int64Builder, ListBuilder};
use datafusion::arrow::datatypes::{DataType, Field};
use datafusion::common::exec_err;
use datafusion::error::Result as EngineResult;
use datafusion::logical_expr::{ColumnarValue, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, Volatility};
use whotalks_kql_values::Dynamic;

/// A dynamic value as the list of values that become rows: of an array its items, of a bag its members, of anything else itself.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Items {
    /// The most values that become rows.
    pub(crate) most: Option<usize>,
    /// Whether the members of a bag become arrays of name and value.
    pub(crate) bags_as_arrays: bool,
    signature: Signature,
}

impl Items {
    pub(crate) fn new(most: Option<usize>, bags_as_arrays: bool) -> Self {
        Self {
            most,
            bags_as_arrays,
            signature: Signature::any(1, Volatility::Immutable),
        }
    }

    /// The function as the engine takes it.
    pub(crate) fn into_engine_function(self) -> Arc<ScalarUDF> {
        Arc::new(ScalarUDF::new_from_impl(self))
    }

    fn items(&self, value: &[u8]) -> Vec<Dynamic> {
        let mut items = match Dynamic::decode(value) {
            Dynamic::Array(items) => items,
            Dynamic::Bag(members) => members.into_iter().map(|member| self.member(member)).collect(),
            other => vec![other],
        };
        items.truncate(self.most.unwrap_or(usize::MAX));
        items
    }

    fn member(&self, (name, value): (String, Dynamic)) -> Dynamic {
        if self.bags_as_arrays {
            return Dynamic::Array(vec![Dynamic::String(name), value]);
        }
        Dynamic::Bag(vec![(name, value)])
    }
}

impl ScalarUDFImpl for Items {
    fn name(&self) -> &str {
        "mv-expand"
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> EngineResult<DataType> {
        Ok(DataType::List(Arc::new(Field::new_list_field(DataType::Binary, true))))
    }

    fn invoke_with_args(&self, call: ScalarFunctionArgs) -> EngineResult<ColumnarValue> {
        let column = first_column(&call)?;
        let values = column.as_binary_opt::<i32>();
        let mut lists = ListBuilder::new(BinaryBuilder::new());
        for row in 0..call.number_rows {
            match values.filter(|values| values.is_valid(row)) {
                Some(values) => self.items(values.value(row)).into_iter().for_each(|item| match item {
                    Dynamic::Null => lists.values().append_null(),
                    item => lists.values().append_value(item.encode()),
                }),
                // A null is one row with a null.
                None => lists.values().append_null(),
            }
            lists.append(true);
        }
        Ok(ColumnarValue::Array(Arc::new(lists.finish())))
    }
}

fn first_column(call: &ScalarFunctionArgs) -> EngineResult<ArrayRef> {
    match call.args.first() {
        Some(value) => value.to_array(call.number_rows),
        None => exec_err!("mv-expand was planned without an array"),
    }
}

/// The numbers of the values in a list, from zero.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct ItemNumbers {
    signature: Signature,
}

impl ItemNumbers {
    pub(crate) fn new() -> Self {
        Self {
            signature: Signature::any(1, Volatility::Immutable),
        }
    }

    /// The function as the engine takes it.
    pub(crate) fn into_engine_function(self) -> Arc<ScalarUDF> {
        Arc::new(ScalarUDF::new_from_impl(self))
    }
}

impl ScalarUDFImpl for ItemNumbers {
    fn name(&self) -> &str {
        "with_itemindex"
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> EngineResult<DataType> {
        Ok(DataType::List(Arc::new(Field::new_list_field(DataType::Int64, true))))
    }

    fn invoke_with_args(&self, call: ScalarFunctionArgs) -> EngineResult<ColumnarValue> {
        let column = first_column(&call)?;
        let lists = column.as_list_opt::<i32>();
        let mut numbers = ListBuilder::new(Int64Builder::new());
        for row in 0..call.number_rows {
            let count = lists.map_or(0, |lists| i64::from(lists.value_length(row)));
            (0..count).for_each(|number| numbers.values().append_value(number));
            numbers.append(true);
        }
        Ok(ColumnarValue::Array(Arc::new(numbers.finish())))
    }
}
