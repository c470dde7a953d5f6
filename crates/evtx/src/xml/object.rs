//! One `<Object>` of PowerShell's `ConvertTo-Xml`.
//!
//! `Get-WinEvent | ConvertTo-Xml` writes an event record's properties (`Id`, `MachineName`, `TimeCreated`, `Message`, …). The
//! event's data lie in `Properties`, without names and only with `-Depth 2` or more, and in the rendered `Message`. Where the
//! user kept `ToXml()` the whole event is there as text.

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use whotalks_record::ClockBasis;

use super::event::{attribute, parse_event};
use crate::raw::{EventTime, Field, RawEvent, parse_time};
use crate::rendered::{fields_of_message, name_properties};

/// Deepest nesting of properties followed; `ConvertTo-Xml -Depth` rarely exceeds three.
const DEEPEST: usize = 16;

/// The most properties kept.
const MOST_PROPERTIES: usize = 2_048;

/// What PowerShell writes for a value whose own properties lie deeper than `-Depth`.
const NOT_EXPANDED: &str = "System.Diagnostics.Eventing.Reader.EventProperty";

/// An open element.
#[derive(Default)]
struct Open {
    name: String,
    text: String,
    has_children: bool,
}

/// The properties of one object.
#[derive(Default)]
struct Properties {
    /// Texts of the object and its direct properties, by name.
    named: Vec<(String, String)>,
    /// The items of `Properties`, in order.
    values: Vec<String>,
}

/// Reads an object; `None` where it is no event record.
pub(super) fn parse(text: &str) -> Option<RawEvent<'static>> {
    let properties = Properties::read(text);
    let whole = properties
        .named
        .iter()
        .find(|(_, text)| text.trim_start().starts_with("<Event"));
    match whole {
        Some((_, text)) => parse_event(text),
        None => properties.event(),
    }
}

impl Properties {
    fn read(text: &str) -> Self {
        let mut reader = Reader::from_str(text);
        reader.config_mut().check_end_names = false;
        let mut properties = Self::default();
        let mut open: Vec<Open> = Vec::new();
        // Levels below the deepest that is followed.
        let mut too_deep = 0_usize;
        loop {
            match reader.read_event() {
                Ok(Event::Start(start)) if open.len() < DEEPEST => push(&mut open, &start),
                Ok(Event::Start(_)) => too_deep += 1,
                Ok(Event::End(_)) if too_deep > 0 => too_deep -= 1,
                Ok(Event::Empty(start)) if open.len() < DEEPEST => {
                    push(&mut open, &start);
                    properties.close(&mut open);
                }
                Ok(Event::End(_)) => properties.close(&mut open),
                Ok(Event::Text(bytes)) => append(&mut open, &bytes),
                Ok(Event::CData(bytes)) => append(&mut open, &bytes),
                Ok(Event::GeneralRef(reference)) => match reference.resolve_char_ref() {
                    Ok(Some(character)) => append(&mut open, character.encode_utf8(&mut [0; 4])),
                    _ => append(&mut open, resolve_predefined_entity(&reference).unwrap_or_default()),
                },
                Ok(Event::Eof) | Err(_) => return properties,
                Ok(_) => {}
            }
        }
    }

    fn close(&mut self, open: &mut Vec<Open>) {
        let Some(element) = open.pop() else {
            return;
        };
        if self.named.len() + self.values.len() >= MOST_PROPERTIES {
            return;
        }
        let in_properties = open.get(1).is_some_and(|outer| outer.name == "Properties");
        if in_properties && !element.has_children {
            self.value(&element);
        } else if open.len() <= 1 {
            self.named.push((element.name, element.text));
        }
    }

    fn value(&mut self, element: &Open) {
        let is_value = element.name.is_empty() || element.name == "Value";
        if is_value && element.text != NOT_EXPANDED {
            self.values.push(element.text.clone());
        }
    }

    fn named(&self, name: &str) -> Option<&str> {
        let (_, text) = self.named.iter().find(|(found, _)| found == name)?;
        Some(text.trim()).filter(|text| !text.is_empty())
    }

    fn event(&self) -> Option<RawEvent<'static>> {
        let mut event = RawEvent {
            event_id: self.named("Id")?.parse().ok()?,
            provider: self.named("ProviderName").unwrap_or_default().to_owned().into(),
            channel: self.named("LogName").unwrap_or_default().to_owned().into(),
            computer: self.named("MachineName").unwrap_or_default().to_owned().into(),
            record_id: self.named("RecordId").and_then(|text| text.parse().ok()),
            writer: self.named("ProcessId").and_then(|text| text.parse().ok()),
            time: self.named("TimeCreated").and_then(exported_time),
            fields: Vec::new(),
            unread: None,
        };
        event.fields = self.fields(event.event_id);
        Some(event)
    }

    fn fields(&self, event_id: u32) -> Vec<Field<'static>> {
        let named = name_properties(event_id, &self.values);
        if !named.is_empty() {
            return named;
        }
        self.named("Message")
            .map(|text| fields_of_message(event_id, text))
            .unwrap_or_default()
    }
}

fn push(open: &mut Vec<Open>, start: &BytesStart<'_>) {
    if let Some(parent) = open.last_mut() {
        parent.has_children = true;
    }
    open.push(Open {
        name: attribute(start, "Name").unwrap_or_default(),
        ..Open::default()
    });
}

fn append(open: &mut [Open], text: &str) {
    if let Some(element) = open.last_mut() {
        element.text.push_str(text);
    }
}

/// PowerShell writes local time without a zone.
fn exported_time(text: &str) -> Option<EventTime> {
    let stated = parse_time(text)?;
    Some(EventTime {
        time: stated.time,
        basis: if stated.has_zone {
            ClockBasis::Event
        } else {
            ClockBasis::EventWithoutZone
        },
        exported: true,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_kept_as_text_is_read_as_it_is() {
        let text = "<Object Type=\"System.String\">&lt;Event xmlns='x'&gt;&lt;System&gt;&lt;EventID&gt;5156&lt;/EventID&gt;&lt;/System&gt;\
            &lt;EventData&gt;&lt;Data Name='Application'&gt;a&amp;amp;b&lt;/Data&gt;&lt;/EventData&gt;&lt;/Event&gt;</Object>";
        let event = parse(text).unwrap();
        assert_eq!(event.text("Application").unwrap(), "a&b");
    }

    #[test]
    fn expanded_properties_get_their_names_by_their_number() {
        let values = [
            "System",
            "%%14593",
            "192.0.2.1",
            "50000",
            "203.0.113.7",
            "443",
            "6",
            "7",
            "%%14611",
            "48",
        ];
        let items: String = std::iter::once("4")
            .chain(values)
            .map(|value| {
                format!("<Property Type=\"E\"><Property Name=\"Value\" Type=\"S\">{value}</Property></Property>")
            })
            .collect();
        let text = format!(
            "<Object Type=\"R\"><Property Name=\"Id\">5156</Property><Property Name=\"MachineName\">pc</Property>\
             <Property Name=\"TimeCreated\">02/13/2019 18:01:47</Property><Property Name=\"Properties\">{items}</Property></Object>"
        );
        let event = parse(&text).unwrap();
        assert_eq!(event.number("ProcessID"), Some(4));
        assert_eq!(event.text("DestAddress").unwrap(), "203.0.113.7");
        assert_eq!(event.time.unwrap().basis, ClockBasis::EventWithoutZone);
    }
}
