//! Names for values that an export left without names.
//!
//! Everywhere else fields are read by name. PowerShell's event objects have none, so their number decides which version of the
//! event they are, and every address, port and process identifier must look like one; else nothing is taken.

use crate::raw::{Field, Value, parse_address};

/// Identifier, a tab, the names in the order of the event's data. Several lines per identifier differ in their number of names.
const PROPERTIES: &str = include_str!("properties.tsv");

/// The same for the lines of the rendered message, whose order and number differ.
const MESSAGES: &str = include_str!("messages.tsv");

/// Names the values of `Properties`; empty where their number fits no version.
pub(crate) fn name_properties(event_id: u32, values: &[String]) -> Vec<Field<'static>> {
    name(PROPERTIES, event_id, values)
}

/// Names the values of a message's lines.
pub(super) fn name_message_lines(event_id: u32, values: &[String]) -> Vec<Field<'static>> {
    name(MESSAGES, event_id, values)
}

fn name(table: &'static str, event_id: u32, values: &[String]) -> Vec<Field<'static>> {
    let names = table
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .filter(|(id, _)| id.parse() == Ok(event_id))
        .map(|(_, names)| names.split(',').collect::<Vec<_>>())
        .find(|names| names.len() == values.len());
    let Some(names) = names else {
        return Vec::new();
    };
    let plausible = names.iter().zip(values).all(|(name, value)| is_plausible(name, value));
    if !plausible {
        return Vec::new();
    }
    names
        .into_iter()
        .zip(values)
        .map(|(name, value)| Field {
            name: name.into(),
            value: Value::Text(value.clone().into()),
        })
        .collect()
}

fn is_plausible(name: &str, value: &str) -> bool {
    let number = || Value::Text(value.into()).number().is_some();
    match name {
        "SourceAddress" | "DestAddress" => parse_address(value).is_some(),
        "SourcePort" | "DestPort" | "Protocol" | "ProcessID" | "ProcessId" | "NewProcessId" | "FilterRTID"
        | "LayerRTID" => number(),
        _ => true,
    }
}
