//! One event as text, for whoever follows a citation.

use std::fmt::Write as _;
use std::io::Read;

use whotalks_record::{EvidenceId, Issue, Position};

use crate::template::Value;
use crate::{Event, EventSink, Origin, SelfDescription, Templates, read_events};

/// Bytes of a value that are shown; a packet is shown by other means.
const MOST_BYTES: usize = 256;

/// Values that are shown of one event.
const MOST_VALUES: usize = 256;

/// The event at `position`, with its fields where they are known.
#[must_use]
pub fn explain(bytes: &mut dyn Read, position: Position) -> Option<String> {
    let Position::Record(wanted) = position else {
        return None;
    };
    let mut finder = Finder {
        wanted: Position::Record(wanted),
        templates: Templates::default(),
        found: None,
    };
    read_events(bytes, EvidenceId(0), &mut finder);
    finder.found
}

struct Finder {
    wanted: Position,
    templates: Templates,
    found: Option<String>,
}

impl EventSink for Finder {
    fn event(&mut self, event: &Event<'_>) {
        if event.span.position == self.wanted {
            self.found = Some(text(event, &mut self.templates));
        }
    }

    fn issue(&mut self, _: Issue) {}
}

/// One line per statement: who wrote what, then the fields.
fn text(event: &Event<'_>, templates: &mut Templates) -> String {
    let mut text = String::new();
    let name = templates.provider_name(event.provider).unwrap_or("");
    line(&mut text, "provider", &format!("{} {name}", event.provider));
    let (id, version, opcode) = (event.id, event.version, event.opcode);
    line(&mut text, "event", &format!("{id} version {version} opcode {opcode}"));
    let ids = [("process", event.process_id), ("thread", event.thread_id)];
    for (name, id) in ids.into_iter().filter_map(|(name, id)| Some((name, id?))) {
        line(&mut text, name, &id.to_string());
    }
    let mut values = 0_usize;
    let mut show = |text: &mut String, name: &str, value: Value<'_>| {
        values += 1;
        if values <= MOST_VALUES {
            line(text, name, &shown(value));
        }
    };
    if let Some(description) = SelfDescription::of(event) {
        line(&mut text, "name", &String::from_utf8_lossy(description.name));
        let _ = description.values(event, &mut |name, value| {
            show(&mut text, &String::from_utf8_lossy(name), value)
        });
    } else if let Some(template) = templates.of(event) {
        line(&mut text, "name", template.name);
        template
            .fields(event)
            .map_while(Result::ok)
            .for_each(|(name, value)| show(&mut text, name, value));
    } else if event.origin != Origin::Opaque {
        show(&mut text, "payload", Value::Bytes(event.payload));
    }
    text
}

fn line(text: &mut String, name: &str, value: &str) {
    let _ = writeln!(text, "{name}: {}", value.trim_end());
}

fn shown(value: Value<'_>) -> String {
    if let Some(end) = value.socket_address() {
        return end.to_string();
    }
    match value {
        Value::Unsigned(number) => number.to_string(),
        Value::Signed(number) => number.to_string(),
        Value::Real(number) => number.to_string(),
        Value::Boolean(is_true) => is_true.to_string(),
        Value::Guid(guid) => guid.to_string(),
        Value::Time(time) => format!("{} ns since 1970-01-01 UTC", time.nanoseconds()),
        Value::Utf16(_) | Value::Ansi(_) => value.text().unwrap_or_default(),
        Value::Sid(bytes) | Value::Bytes(bytes) => hexadecimal(bytes),
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    let shown = bytes.get(..MOST_BYTES).unwrap_or(bytes);
    let mut text: String = shown.iter().map(|byte| format!("{byte:02x}")).collect();
    if shown.len() < bytes.len() {
        let _ = write!(text, "… ({} bytes)", bytes.len());
    }
    text
}
