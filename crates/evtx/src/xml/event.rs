//! One `<Event>` element.

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use whotalks_record::ClockBasis;

use crate::raw::{EventTime, Field, RawEvent, Value, parse_time};

/// Deepest element nesting followed; `UserData` of Windows' providers nests five deep.
const DEEPEST: usize = 32;

/// The most fields of one event; Windows allows 128 properties per event.
const MOST_FIELDS: usize = 1_024;

/// An open element.
struct Open {
    name: String,
    /// Its `Name` attribute.
    label: Option<String>,
    text: String,
    has_children: bool,
}

#[derive(Default)]
struct Parser {
    open: Vec<Open>,
    event: RawEvent<'static>,
    /// Levels below [`DEEPEST`] that are passed over.
    too_deep: usize,
}

/// Reads an event from the text of its element; `None` where it is no event with an identifier.
pub(crate) fn parse_event(text: &str) -> Option<RawEvent<'static>> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = false;
    let mut parser = Parser::default();
    let mut has_identifier = false;
    loop {
        match reader.read_event() {
            Ok(Event::Start(start)) => parser.start(&start),
            Ok(Event::Empty(start)) => {
                parser.start(&start);
                parser.end(&mut has_identifier);
            }
            Ok(Event::End(_)) => parser.end(&mut has_identifier),
            Ok(Event::Text(bytes)) => parser.text(&bytes),
            Ok(Event::CData(bytes)) => parser.text(&bytes),
            Ok(Event::GeneralRef(reference)) => parser.reference(&reference),
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
    has_identifier.then_some(parser.event)
}

impl Parser {
    fn start(&mut self, start: &BytesStart<'_>) {
        if self.open.len() >= DEEPEST {
            self.too_deep += 1;
            return;
        }
        if let Some(parent) = self.open.last_mut() {
            parent.has_children = true;
        }
        let name = start.local_name().as_ref().to_owned();
        let label = match name.as_str() {
            "Data" => attribute(start, "Name"),
            "Provider" => {
                self.event.provider = attribute(start, "Name").unwrap_or_default().into();
                None
            }
            "TimeCreated" => {
                self.event.time = attribute(start, "SystemTime").as_deref().and_then(system_time);
                None
            }
            "Execution" => {
                self.event.writer = attribute(start, "ProcessID").and_then(|text| text.trim().parse().ok());
                None
            }
            _ => None,
        };
        self.open.push(Open {
            name,
            label,
            text: String::new(),
            has_children: false,
        });
    }

    fn text(&mut self, text: &str) {
        if let Some(open) = self.open.last_mut().filter(|_| self.too_deep == 0) {
            open.text.push_str(text);
        }
    }

    fn reference(&mut self, reference: &BytesRef<'_>) {
        match reference.resolve_char_ref() {
            Ok(Some(character)) => self.text(character.encode_utf8(&mut [0; 4])),
            _ => match resolve_predefined_entity(reference) {
                Some(text) => self.text(text),
                // An entity that XML does not know stays as it is written.
                None => self.text(&format!("&{};", &**reference)),
            },
        }
    }

    fn end(&mut self, has_identifier: &mut bool) {
        if self.too_deep > 0 {
            self.too_deep -= 1;
            return;
        }
        let Some(element) = self.open.pop() else {
            return;
        };
        let mut path = self.open.iter().map(|open| open.name.as_str());
        match (path.next(), path.next()) {
            (Some("Event"), Some("System")) => *has_identifier |= self.system(element),
            (Some("Event"), Some("RenderingInfo")) => {}
            (Some("Event"), Some("UserData" | "EventData" | "ProcessingErrorData")) => self.field(element),
            _ => {}
        }
    }

    /// Takes an element of `System`; true for one that identifies the event.
    fn system(&mut self, element: Open) -> bool {
        let text = element.text.trim();
        match element.name.as_str() {
            "EventID" => match text.parse() {
                Ok(number) => {
                    self.event.event_id = number;
                    return true;
                }
                Err(_) => return false,
            },
            "EventRecordID" => self.event.record_id = text.parse().ok(),
            "Channel" => self.event.channel = text.to_owned().into(),
            "Computer" => self.event.computer = text.to_owned().into(),
            _ => {}
        }
        false
    }

    fn field(&mut self, element: Open) {
        if element.has_children || self.event.fields.len() >= MOST_FIELDS {
            return;
        }
        let name = match (element.label, element.name.as_str()) {
            (Some(label), _) => label,
            (None, "Data") => String::new(),
            (None, _) => element.name,
        };
        self.event.fields.push(Field {
            name: name.into(),
            value: Value::Text(element.text.into()),
        });
    }
}

/// The value of an attribute.
pub(super) fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = start.try_get_attribute(name).ok()??;
    Some(match quick_xml::escape::unescape(&attribute.value) {
        Ok(text) => text.into_owned(),
        Err(_) => attribute.value.into_owned(),
    })
}

/// The time of `TimeCreated SystemTime`, which is UTC by its schema; a text without a zone was written by something else.
fn system_time(text: &str) -> Option<EventTime> {
    let stated = parse_time(text)?;
    let basis = if stated.has_zone {
        ClockBasis::Event
    } else {
        ClockBasis::EventWithoutZone
    };
    Some(EventTime {
        time: stated.time,
        basis,
        exported: false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_from_data_or_from_user_data_elements() {
        let text = "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='P'/>\
            <EventID Qualifiers='0'>1102</EventID><EventRecordID>7</EventRecordID><Computer>PC&amp;1</Computer></System>\
            <UserData><LogFileCleared><SubjectUserName>a&lt;b&#x21;</SubjectUserName></LogFileCleared></UserData></Event>";
        let event = parse_event(text).unwrap();
        assert_eq!((event.event_id, event.record_id), (1102, Some(7)));
        assert_eq!(event.computer, "PC&1");
        assert_eq!(event.text("SubjectUserName").unwrap(), "a<b!");
    }

    #[test]
    fn an_element_without_an_identifier_is_no_event() {
        assert!(parse_event("<Event><System/></Event>").is_none());
        assert!(parse_event("<html></html>").is_none());
    }

    #[test]
    fn the_rendered_message_is_not_a_field() {
        let text =
            "<Event><System><EventID>1</EventID></System><RenderingInfo><Message>x</Message></RenderingInfo></Event>";
        assert!(parse_event(text).unwrap().fields.is_empty());
    }
}
