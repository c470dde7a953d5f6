//! One flat object per event, as NXLog writes it and as OTRF's data sets keep it; PowerShell's `ConvertTo-Json` has the same shape.

use serde_json::Value as Json;
use whotalks_record::{ClockBasis, Timestamp};

use super::fields::{self, add_leaves, number, text};
use crate::raw::{EventTime, RawEvent, parse_time};
use crate::rendered::{fields_of_message, name_properties};

/// Members that the exporter adds and that are no data of the event. Source: NXLog "Fields" of im_msvistalog; Logstash.
const EXPORTER_MEMBERS: [&str; 43] = [
    "@timestamp",
    "@version",
    "AccountName",
    "AccountType",
    "ActivityID",
    "Category",
    "Channel",
    "ERROR_EVT_UNRESOLVED",
    "EventID",
    "EventReceivedTime",
    "EventRecordID",
    "EventTime",
    "EventType",
    "ExecutionProcessID",
    "ExecutionThreadID",
    "Hostname",
    "Id",
    "Keywords",
    "Level",
    "LogName",
    "MachineName",
    "Message",
    "Opcode",
    "OpcodeValue",
    "Properties",
    "ProviderGuid",
    "RecordId",
    "RecordNumber",
    "RelatedActivityID",
    "Severity",
    "SeverityValue",
    "SourceModuleName",
    "SourceModuleType",
    "SourceName",
    "SystemTime",
    "Task",
    "ThreadID",
    "TimeCreated",
    "UserID",
    "Version",
    "host",
    "port",
    "tags",
];

/// Providers by their GUID, for exports that name them no other way.
const PROVIDERS: [(&str, &str); 6] = [
    (
        "{54849625-5478-4994-a5ba-3e3b0328c30d}",
        "Microsoft-Windows-Security-Auditing",
    ),
    ("{5770385f-c22a-43e0-bf4c-06f5698ffbd9}", "Microsoft-Windows-Sysmon"),
    (
        "{d1bc9aff-2abf-4d71-9146-ecb2a986eb85}",
        "Microsoft-Windows-Windows Firewall With Advanced Security",
    ),
    (
        "{11cd958a-c507-4ef3-b3f2-5fd9dfbd2c78}",
        "Microsoft-Windows-Windows Defender",
    ),
    ("{1c95126e-7eea-49a9-a3fe-a378b03ddb4d}", "Microsoft-Windows-DNS-Client"),
    (
        "{ef1cc15b-46c1-414e-bb95-e76b077bd51e}",
        "Microsoft-Windows-Bits-Client",
    ),
];

/// The number of an event in an object of PowerShell; where the exporter has another name for that, a field of the event's own.
const ID: &str = "Id";

/// Reads an event; `None` without an identifier.
pub(super) fn parse(json: &Json) -> Option<RawEvent<'_>> {
    let event_id = first(json, &["EventID", "EventId", "event_id", "Id"]).and_then(number)?;
    let mut event = RawEvent {
        event_id: u32::try_from(event_id).ok()?,
        provider: provider(json).unwrap_or_default().into(),
        channel: first_text(json, &["Channel", "LogName", "log_name"]).into(),
        computer: first_text(json, &["Hostname", "Computer", "MachineName", "computer_name"]).into(),
        record_id: first(json, &["RecordNumber", "EventRecordID", "RecordId", "record_number"]).and_then(number),
        writer: writer(json),
        time: time(json),
        fields: Vec::new(),
        unread: None,
    };
    add_leaves(json, &mut event.fields);
    let keeps_id = json.get("EventID").is_some();
    event
        .fields
        .retain(|field| !EXPORTER_MEMBERS.contains(&&*field.name) || (keeps_id && field.name == ID));
    add_unnamed(json, &mut event);
    Some(event)
}

/// NXLog's column, or the property of an event record of PowerShell, which alone has `MachineName`; elsewhere `ProcessId` is data.
fn writer(json: &Json) -> Option<u32> {
    let of_record = || json.get("MachineName").and_then(|_| json.get("ProcessId"));
    let pid = json.get("ExecutionProcessID").or_else(of_record)?;
    u32::try_from(number(pid)?).ok()
}

/// `ProviderName` is data in some events (5447: the filter's provider), so `SourceName` comes first.
fn provider(json: &Json) -> Option<String> {
    let named = first(json, &["SourceName", "source_name"]).and_then(text);
    let by_guid = || {
        let guid = json.get("ProviderGuid")?.as_str()?.to_ascii_lowercase();
        let (_, name) = PROVIDERS.into_iter().find(|(known, _)| *known == guid)?;
        Some(name.to_owned())
    };
    named
        .or_else(by_guid)
        .or_else(|| first(json, &["ProviderName", "Provider"]).and_then(text))
}

/// Where no event data came along: the list `Properties`, or the rendered message.
fn add_unnamed(json: &Json, event: &mut RawEvent<'_>) {
    let items = json.get("Properties").and_then(Json::as_array);
    let values: Vec<String> = items
        .into_iter()
        .flatten()
        .filter_map(|item| text(item.get("Value").unwrap_or(item)))
        .collect();
    let named = name_properties(event.event_id, &values);
    if !named.is_empty() {
        event.fields.extend(named);
    } else if event.fields.is_empty()
        && let Some(message) = json.get("Message").and_then(Json::as_str)
    {
        event.fields = fields_of_message(event.event_id, message);
    }
}

/// The event's own time before the exporter's columns before the collector's.
fn time(json: &Json) -> Option<EventTime> {
    const OWN: [(&str, Option<ClockBasis>); 6] = [
        ("SystemTime", None),
        ("TimeCreated", None),
        ("EventTime", None),
        ("event_time", None),
        ("@timestamp", Some(ClockBasis::Collector)),
        ("EventReceivedTime", Some(ClockBasis::Collector)),
    ];
    OWN.into_iter().find_map(|(name, basis)| {
        let (time, has_zone) = instant(json.get(name)?)?;
        let stated = if has_zone {
            ClockBasis::Event
        } else {
            ClockBasis::EventWithoutZone
        };
        Some(EventTime {
            time,
            basis: basis.unwrap_or(stated),
            exported: true,
        })
    })
}

/// A time as text, as `/Date(milliseconds)/`, or as seconds, milliseconds or microseconds since 1970; and whether its zone is
/// known.
fn instant(json: &Json) -> Option<(Timestamp, bool)> {
    if let Some(number) = json.as_u64() {
        return Some((epoch(number), true));
    }
    let text = json.as_str()?;
    if let Some(date) = text.strip_prefix("/Date(") {
        let milliseconds = date.split(')').next()?.parse().ok()?;
        return Some((epoch(milliseconds), true));
    }
    let stated = parse_time(text)?;
    Some((stated.time, stated.has_zone))
}

/// The unit shows in the size: seconds have ten digits until 2286, milliseconds thirteen, microseconds sixteen.
fn epoch(number: u64) -> Timestamp {
    let factor: i64 = match number {
        0..100_000_000_000 => 1_000_000_000,
        100_000_000_000..100_000_000_000_000 => 1_000_000,
        _ => 1_000,
    };
    let number = i64::try_from(number).unwrap_or(i64::MAX);
    Timestamp::from_nanoseconds(number.saturating_mul(factor))
}

fn first<'j>(json: &'j Json, names: &[&str]) -> Option<&'j Json> {
    names
        .iter()
        .filter_map(|name| json.get(name))
        .find(|json| fields::value(json).is_some())
}

fn first_text(json: &Json, names: &[&str]) -> String {
    first(json, names).and_then(text).unwrap_or_default()
}
