//! Members of a dynamic value as one text: JSON, or XML where the query reads it so.

use serde_json::Value;

/// The step of a path from a text in XML to the element in it.
pub(super) const XML: &str = "?xml";
/// The most elements of an array.
const MOST_ELEMENTS: usize = 64;

/// Members by their paths as one text; a step like `#2` is an element of an array.
pub(super) fn nested(members: &[(Vec<String>, String)]) -> String {
    let mut root = Value::Null;
    for (path, text) in members {
        put(&mut root, path, text);
    }
    match root.get(XML) {
        Some(element) => xml(element),
        None => root.to_string(),
    }
}

fn put(place: &mut Value, path: &[String], text: &str) {
    let Some((step, rest)) = path.split_first() else {
        *place = leaf(text);
        return;
    };
    if let Some(index) = step.strip_prefix('#').and_then(|index| index.parse::<usize>().ok()) {
        if !place.is_array() {
            *place = Value::Array(Vec::new());
        }
        if let Some(items) = place.as_array_mut() {
            let index = index.min(MOST_ELEMENTS);
            while items.len() <= index {
                items.push(Value::Null);
            }
            items.get_mut(index).into_iter().for_each(|item| put(item, rest, text));
        }
        return;
    }
    if !place.is_object() {
        *place = Value::Object(serde_json::Map::new());
    }
    if let Some(object) = place.as_object_mut() {
        put(object.entry(step.clone()).or_insert(Value::Null), rest, text);
    }
}

/// Numbers and truth values as such, everything else as a text.
fn leaf(text: &str) -> Value {
    let read = serde_json::from_str(text).ok();
    read.filter(|value: &Value| value.is_number() || value.is_boolean())
        .unwrap_or_else(|| Value::from(text))
}

/// An object as elements; members like `@name` are attributes.
fn xml(value: &Value) -> String {
    let Some(members) = value.as_object() else {
        return text(value);
    };
    members
        .iter()
        .filter(|(name, _)| !name.starts_with('@'))
        .map(|(name, inner)| {
            let attributes: String = inner
                .as_object()
                .into_iter()
                .flatten()
                .filter_map(|(name, value)| Some(format!(" {}=\"{}\"", name.strip_prefix('@')?, text(value))))
                .collect();
            match inner {
                Value::Array(items) => items
                    .iter()
                    .map(|item| format!("<{name}>{}</{name}>", xml(item)))
                    .collect(),
                _ => format!("<{name}{attributes}>{}</{name}>", xml(inner)),
            }
        })
        .collect()
}

fn text(value: &Value) -> String {
    let plain = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    plain.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(path: &[&str], text: &str) -> (Vec<String>, String) {
        (path.iter().map(|step| (*step).to_owned()).collect(), text.to_owned())
    }

    #[test]
    fn members_become_json_and_xml() {
        let json = nested(&[member(&["a", "#1", "b"], "7"), member(&["c"], "x")]);
        assert_eq!(json, r#"{"a":[null,{"b":7}],"c":"x"}"#);
        let xml = nested(&[
            member(&[XML, "Range", "@Subnet"], "10.0.0.0/8"),
            member(&[XML, "Range", "Name"], "n"),
        ]);
        assert_eq!(xml, r#"<Range Subnet="10.0.0.0/8"><Name>n</Name></Range>"#);
    }
}
