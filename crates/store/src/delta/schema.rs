//! The schema of a table in the words of Delta.
//!
//! Files hold only types that Delta has (`parts/stored.rs` says how the others lie in them).

use std::collections::{BTreeMap, BTreeSet};

use arrow_schema::{DataType, Field, Schema};
use serde_json::{Value, json};

/// The schema as the text that `metaData` holds. Delta does not tell names by their case, and Defender has a table with `LogonId` and
/// `LogonID`: the later of such columns stays in the files and out of the schema.
pub(super) fn text(schema: &Schema) -> String {
    let mut seen = BTreeSet::new();
    let distinct = schema
        .fields()
        .iter()
        .filter(|field| seen.insert(field.name().to_lowercase()));
    let fields: Vec<Value> = distinct.map(|field| of_field(field)).collect();
    json!({ "type": "struct", "fields": fields }).to_string()
}

/// A short mark of a schema text, by which a change is noticed.
pub(super) fn checksum(text: &str) -> String {
    format!("{:08x}", crc32fast::hash(text.as_bytes()))
}

fn of_field(field: &Field) -> Value {
    let doc = field.metadata().get("doc").map(|doc| ("comment", doc.as_str()));
    let unit = field.metadata().get("unit").map(|unit| ("unit", unit.as_str()));
    let metadata: BTreeMap<&str, &str> = doc.into_iter().chain(unit).collect();
    // A later version may leave a column out, so that none is promised to have a value.
    json!({ "name": field.name(), "type": of_type(field.data_type()), "nullable": true, "metadata": metadata })
}

fn of_type(data_type: &DataType) -> Value {
    match data_type {
        DataType::Boolean => "boolean".into(),
        DataType::Int32 => "integer".into(),
        DataType::Int64 => "long".into(),
        DataType::Float64 => "double".into(),
        DataType::Timestamp(..) => "timestamp".into(),
        DataType::List(item) => {
            json!({ "type": "array", "elementType": of_type(item.data_type()), "containsNull": true })
        }
        DataType::Struct(fields) => {
            let fields: Vec<Value> = fields.iter().map(|field| of_field(field)).collect();
            json!({ "type": "struct", "fields": fields })
        }
        // All other columns hold texts.
        _ => "string".into(),
    }
}
