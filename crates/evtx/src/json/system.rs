//! The event's own structure as JSON: `evtx_dump -o jsonl` (`#attributes`, `#text`, or `…_attributes`) and Velociraptor's
//! `parse_evtx` (attributes as members, `Value`, times as seconds).

use serde_json::Value as Json;
use whotalks_record::{ClockBasis, Timestamp};

use super::fields::{add_leaves, number, text};
use crate::raw::{EventTime, Field, RawEvent, Value, parse_time};

/// Reads an object with the members `System` and `EventData` or `UserData`.
pub(super) fn parse(event: &Json) -> Option<RawEvent<'_>> {
    let system = event.get("System")?;
    Some(RawEvent {
        event_id: u32::try_from(content(system.get("EventID")?, number)?).ok()?,
        provider: attribute(system, "Provider", "Name")
            .and_then(text)
            .unwrap_or_default()
            .into(),
        channel: system.get("Channel").and_then(text).unwrap_or_default().into(),
        computer: system.get("Computer").and_then(text).unwrap_or_default().into(),
        record_id: system.get("EventRecordID").and_then(|json| content(json, number)),
        writer: attribute(system, "Execution", "ProcessID").and_then(narrow),
        time: attribute(system, "TimeCreated", "SystemTime").and_then(system_time),
        fields: fields(event),
        unread: None,
    })
}

fn narrow(json: &Json) -> Option<u32> {
    u32::try_from(number(json)?).ok()
}

/// The content of an element that may carry attributes beside it.
fn content<T>(json: &Json, read: impl Fn(&Json) -> Option<T>) -> Option<T> {
    let inner = json.get("#text").or_else(|| json.get("Value")).unwrap_or(json);
    read(inner)
}

fn attribute<'j>(system: &'j Json, element: &str, name: &str) -> Option<&'j Json> {
    let plain = system.get(element);
    let attributes = plain
        .and_then(|json| json.get("#attributes"))
        .or_else(|| system.get(format!("{element}_attributes")));
    attributes.or(plain)?.get(name)
}

fn system_time(json: &Json) -> Option<EventTime> {
    let (time, basis) = match json.as_f64() {
        Some(seconds) => (epoch_seconds(seconds)?, ClockBasis::Event),
        None => {
            let stated = parse_time(json.as_str()?)?;
            let basis = if stated.has_zone {
                ClockBasis::Event
            } else {
                ClockBasis::EventWithoutZone
            };
            (stated.time, basis)
        }
    };
    Some(EventTime {
        time,
        basis,
        exported: false,
    })
}

/// Seconds with a fraction; `None` outside the years 1970 to 2200.
fn epoch_seconds(seconds: f64) -> Option<Timestamp> {
    const LATEST: f64 = 7_258_118_400.0;
    let believable = (0.0..LATEST).contains(&seconds);
    // The range check makes both conversions exact or rounded, never out of range.
    believable.then(|| Timestamp::from_seconds(seconds as i64, (seconds.fract() * 1e9) as u32))
}

fn fields(event: &Json) -> Vec<Field<'_>> {
    let mut fields = Vec::new();
    for body in ["EventData", "UserData"].into_iter().filter_map(|name| event.get(name)) {
        add_named_data(body, &mut fields);
        add_leaves(body, &mut fields);
    }
    fields
}

/// `Data` as a list of `{"#attributes": {"Name": …}, "#text": …}`.
fn add_named_data<'j>(body: &'j Json, fields: &mut Vec<Field<'j>>) {
    let Some(Json::Array(items)) = body.get("Data") else {
        return;
    };
    for item in items {
        let name = item
            .get("#attributes")
            .and_then(|attributes| attributes.get("Name"))
            .and_then(Json::as_str);
        let value = item.get("#text").and_then(super::fields::value);
        if let (Some(name), value) = (name, value) {
            fields.push(Field {
                name: name.into(),
                value: value.unwrap_or_else(|| Value::Text("".into())),
            });
        }
    }
}
