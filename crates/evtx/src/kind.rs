//! The containers of events, told by their content.

use std::io::Read;

use whotalks_record::{Position, Reader};

use crate::text::TextStream;
use crate::{EventJsonReader, EventXmlReader, EvtxReader, evtx, json, xml};

/// A container of Windows events.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A binary log (`.evtx`).
    Evtx,
    /// Events as XML: `wevtutil qe`, `ConvertTo-Xml`.
    Xml,
    /// Events as JSON: NXLog, Winlogbeat, `evtx_dump` and others.
    Json,
}

impl Kind {
    /// The reader of this container.
    pub fn reader(self) -> &'static dyn Reader {
        match self {
            Self::Evtx => &EvtxReader,
            Self::Xml => &EventXmlReader,
            Self::Json => &EventJsonReader,
        }
    }
}

/// Namespace of rendered events. Source: MS-EVEN6 2.2.13.
const EVENT_NAMESPACE: &str = "http://schemas.microsoft.com/win/2004/08/events/event";

/// Type that `ConvertTo-Xml` names for what `Get-WinEvent` gives.
const EVENT_RECORD_TYPE: &str = "Eventing.Reader.EventLogRecord";

/// Members one of which stands in every exported event, and members one of which stands beside it; no other log has both.
const IDENTIFIERS: [&str; 4] = ["\"EventID\"", "\"event_id\"", "\"winlog\"", "\"Id\""];
const COMPANIONS: [&str; 9] = [
    "\"Channel\"",
    "\"SourceName\"",
    "\"ProviderGuid\"",
    "\"ProviderName\"",
    "\"provider_name\"",
    "\"source_name\"",
    "\"Provider\"",
    "\"LogName\"",
    "\"winlog\"",
];

/// Tells a container by the first bytes of its evidence; 4 KiB suffice for binary logs and XML, 64 KiB for JSON, whose members
/// stand in any order. `None` where it holds no Windows events.
pub fn sniff(prefix: &[u8]) -> Option<Kind> {
    if prefix.starts_with(b"ElfFile\0") || prefix.starts_with(b"ElfChnk\0") {
        return Some(Kind::Evtx);
    }
    let mut bytes = prefix;
    let mut stream = TextStream::new(&mut bytes);
    while stream.fill() {}
    let text = String::from_utf8_lossy(stream.rest());
    match text.trim_start().chars().next()? {
        '{' | '[' => is_event_json(&text).then_some(Kind::Json),
        _ => is_event_xml(&text).then_some(Kind::Xml),
    }
}

fn is_event_xml(text: &str) -> bool {
    let event = text.contains("<Event") && text.contains(EVENT_NAMESPACE);
    let object = text.contains("<Object") && (text.contains(EVENT_RECORD_TYPE) || text.contains(EVENT_NAMESPACE));
    event || object
}

fn is_event_json(text: &str) -> bool {
    let holds = |names: &[&str]| names.iter().any(|name| text.contains(name));
    holds(&IDENTIFIERS) && holds(&COMPANIONS)
}

/// The event behind a citation: XML for binary logs, the exporter's own text for others. Up to eight events where several in
/// the evidence carry the number; `None` where none does.
pub fn explain(kind: Kind, source: &mut dyn Read, position: Position) -> Option<String> {
    match kind {
        Kind::Evtx => evtx::explain(source, position),
        Kind::Xml => xml::explain(source, position),
        Kind::Json => json::explain(source, position),
    }
}
