//! Winlogbeat: `winlog.*` beside ECS fields (7 and later), or `event_data` at the top (6).
//!
//! `@timestamp` is the event's own time here, not the collector's (that is `event.created`). Elastic's Sysmon pipeline moves
//! data into ECS fields; they are read from there where `winlog.event_data` lacks them.

use serde_json::Value as Json;
use whotalks_record::ClockBasis;

use super::fields::{add_leaves, at, number, text, value};
use crate::raw::{EventTime, Field, RawEvent, Value, parse_time};

/// Name of a field of event data, a tab, the ECS path.
const ECS: &str = include_str!("ecs.tsv");

/// Reads an event; `None` without an identifier.
pub(super) fn parse(json: &Json) -> Option<RawEvent<'_>> {
    let log = json.get("winlog").unwrap_or(json);
    let event_id = log
        .get("event_id")
        .or_else(|| at(json, &["event", "code"]))
        .and_then(number)?;
    let first_text = |names: &[&str]| names.iter().find_map(|name| log.get(name).and_then(text));
    let mut event = RawEvent {
        event_id: u32::try_from(event_id).ok()?,
        provider: first_text(&["provider_name", "source_name"])
            .or_else(|| at(json, &["event", "provider"]).and_then(text))
            .unwrap_or_default()
            .into(),
        channel: first_text(&["channel", "log_name"]).unwrap_or_default().into(),
        computer: first_text(&["computer_name"])
            .or_else(|| at(json, &["host", "name"]).and_then(text))
            .unwrap_or_default()
            .into(),
        record_id: ["record_id", "record_number"]
            .iter()
            .find_map(|name| log.get(name).and_then(number)),
        writer: at(log, &["process", "pid"])
            .or_else(|| log.get("process_id"))
            .and_then(number)
            .and_then(|pid| u32::try_from(pid).ok()),
        time: time(json, log),
        fields: Vec::new(),
        unread: None,
    };
    for data in ["event_data", "user_data"].into_iter().filter_map(|name| log.get(name)) {
        add_leaves(data, &mut event.fields);
    }
    if event.provider.eq_ignore_ascii_case("Microsoft-Windows-Sysmon") {
        add_ecs(json, &mut event.fields);
    }
    Some(event)
}

fn time(json: &Json, log: &Json) -> Option<EventTime> {
    let stated = log.get("time_created").or_else(|| json.get("@timestamp"))?;
    let stated = parse_time(stated.as_str()?)?;
    Some(EventTime {
        time: stated.time,
        basis: ClockBasis::Event,
        exported: false,
    })
}

fn add_ecs<'j>(json: &'j Json, fields: &mut Vec<Field<'j>>) {
    let mapped = ECS
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'));
    for (name, path) in mapped {
        let path: Vec<&str> = path.split('.').collect();
        if let Some(value) = at(json, &path).and_then(value) {
            add_missing(name, value, fields);
        }
    }
    if let Some(initiated) = at(json, &["network", "direction"]).and_then(initiated) {
        add_missing("Initiated", Value::Text(initiated.into()), fields);
    }
    if let Some(user) = user(json) {
        add_missing("User", Value::Text(user.into()), fields);
    }
    if let Some(answers) = at(json, &["dns", "resolved_ip"]).and_then(Json::as_array) {
        let answers: Vec<&str> = answers.iter().filter_map(Json::as_str).collect();
        add_missing("QueryResults", Value::Text(answers.join(";").into()), fields);
    }
    if let Some(digest) = at(json, &["process", "hash", "sha256"]).and_then(Json::as_str) {
        add_missing("Hashes", Value::Text(format!("SHA256={digest}").into()), fields);
    }
}

fn add_missing<'j>(name: &'static str, value: Value<'j>, fields: &mut Vec<Field<'j>>) {
    if !fields.iter().any(|field| field.name == name) {
        fields.push(Field {
            name: name.into(),
            value,
        });
    }
}

/// ECS words for who opened a connection. Source: ECS `network.direction`.
fn initiated(direction: &Json) -> Option<&'static str> {
    match direction.as_str()? {
        "egress" | "outbound" => Some("true"),
        "ingress" | "inbound" => Some("false"),
        _ => None,
    }
}

fn user(json: &Json) -> Option<String> {
    let name = at(json, &["user", "name"]).and_then(text)?;
    Some(match at(json, &["user", "domain"]).and_then(text) {
        Some(domain) => format!("{domain}\\{name}"),
        None => name,
    })
}
