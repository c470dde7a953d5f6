//! JSON text for `AdditionalFields` and `dynamic` columns.

use serde_json::{Map, Value};
use whotalks_record::Text;
use whotalks_tables::Json;

/// An object with the members that are known; those without a value are left out.
pub(crate) fn object<const N: usize>(members: [(&str, Option<Value>); N]) -> Value {
    let known = members
        .into_iter()
        .filter_map(|(name, value)| Some((name.to_owned(), value?)));
    Value::Object(known.collect::<Map<String, Value>>())
}

/// A text as a JSON value.
pub(crate) fn text(text: impl AsRef<str>) -> Option<Value> {
    Some(Value::from(text.as_ref()))
}

/// A text that may be missing as a JSON value.
pub(crate) fn some(text: Option<&Text>) -> Option<Value> {
    text.map(|text| Value::from(&**text))
}

/// The text of a JSON value.
pub(crate) fn written(value: &Value) -> Text {
    value.to_string().into()
}

/// A `dynamic` array; none where there are no items.
pub(crate) fn array(items: impl IntoIterator<Item = Value>) -> Option<Json> {
    let items: Vec<Value> = items.into_iter().collect();
    (!items.is_empty()).then(|| Json(written(&Value::Array(items))))
}

/// A `dynamic` array of texts; none where there are none.
pub(crate) fn texts<T: AsRef<str>>(items: impl IntoIterator<Item = T>) -> Option<Json> {
    array(items.into_iter().map(|item| Value::from(item.as_ref())))
}
