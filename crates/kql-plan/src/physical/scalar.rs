//! Single values as literals of a plan.

use datafusion::arrow::array::ArrayRef;
use datafusion::logical_expr::Expr;
use datafusion::scalar::ScalarValue;
use whotalks_kql_values::{KustoType, Value};

use super::{ColumnBuilder, ColumnReader, data_type};

/// A value as a literal of the type.
pub(crate) fn literal(value: &Value<'_>, kusto_type: KustoType) -> Expr {
    Expr::Literal(scalar_value(value, kusto_type), None)
}

/// A text as a literal.
pub(crate) fn text(text: &str) -> Expr {
    literal(&Value::from(text), KustoType::String)
}

/// A value as a scalar of the Arrow type that columns of the type have.
pub(crate) fn scalar_value(value: &Value<'_>, kusto_type: KustoType) -> ScalarValue {
    let array = one_row(value, kusto_type);
    // One row is there, and every type above has a scalar form; an unreadable one would be a null of the type.
    ScalarValue::try_from_array(&array, 0)
        .or_else(|_| ScalarValue::try_from(&data_type(kusto_type)))
        .unwrap_or(ScalarValue::Null)
}

/// The value of a scalar that a plan holds.
pub(crate) fn value_of_scalar(scalar: &ScalarValue, kusto_type: KustoType) -> Value<'static> {
    match scalar.to_array() {
        Ok(array) => ColumnReader::new(&array, kusto_type).value(0).into_owned(),
        Err(_) => Value::Null,
    }
}

fn one_row(value: &Value<'_>, kusto_type: KustoType) -> ArrayRef {
    let mut column = ColumnBuilder::new(kusto_type, 1);
    column.append(value);
    column.finish()
}
