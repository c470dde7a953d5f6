//! Values of JSON as values of events.

use serde_json::Value as Json;

use crate::raw::{Field, Value};

/// Deepest nesting followed inside an event's data; shippers nest two deep.
const DEEPEST: usize = 8;

/// The most fields of one event.
const MOST_FIELDS: usize = 1_024;

/// A value of an event; `None` for null, arrays and objects.
pub(super) fn value(json: &Json) -> Option<Value<'_>> {
    match json {
        Json::String(text) => Some(Value::Text(text.as_str().into())),
        Json::Number(number) => Some(match number.as_u64() {
            Some(number) => Value::Unsigned(number),
            None => Value::Text(number.to_string().into()),
        }),
        Json::Bool(flag) => Some(Value::Text(if *flag { "true" } else { "false" }.into())),
        Json::Null | Json::Array(_) | Json::Object(_) => None,
    }
}

/// A text or a number as text.
pub(super) fn text(json: &Json) -> Option<String> {
    Some(value(json)?.into_text().into_owned()).filter(|text| !text.is_empty())
}

/// A number, also as text.
pub(super) fn number(json: &Json) -> Option<u64> {
    value(json)?.number()
}

/// The value at a path of keys.
pub(super) fn at<'j>(json: &'j Json, path: &[&str]) -> Option<&'j Json> {
    path.iter().try_fold(json, |json, key| json.get(key))
}

/// Adds the leaves of an object as fields, whatever they are nested in.
pub(super) fn add_leaves<'j>(json: &'j Json, fields: &mut Vec<Field<'j>>) {
    add_leaves_below(json, fields, 0);
}

fn add_leaves_below<'j>(json: &'j Json, fields: &mut Vec<Field<'j>>, depth: usize) {
    let Json::Object(members) = json else {
        return;
    };
    for (name, member) in members {
        if fields.len() >= MOST_FIELDS || depth >= DEEPEST {
            return;
        }
        match value(member) {
            // Attributes (`xmlns` and the like) are no data.
            _ if name == "#attributes" || name.ends_with("_attributes") => {}
            Some(value) => fields.push(Field {
                name: name.as_str().into(),
                value,
            }),
            None => add_leaves_below(member, fields, depth + 1),
        }
    }
}
