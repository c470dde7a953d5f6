//! Which of the known layouts an object has.

use serde_json::Value as Json;

use super::{flat, system, winlogbeat};
use crate::raw::RawEvent;

/// Reads an event; `None` where the object is none.
pub(super) fn parse(json: &Json) -> Option<RawEvent<'_>> {
    // Search engines wrap what they export.
    let json = json.get("_source").unwrap_or(json);
    if let Some(event) = json.get("Event").filter(|event| event.get("System").is_some()) {
        return system::parse(event);
    }
    if json.get("System").is_some_and(Json::is_object) {
        return system::parse(json);
    }
    if json.get("winlog").is_some_and(Json::is_object) || json.get("event_data").is_some_and(Json::is_object) {
        return winlogbeat::parse(json);
    }
    flat::parse(json)
}
