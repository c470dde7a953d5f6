use crate::prelude::*;
use quick_xml::Reader;
use quick_xml::escape::{resolve_predefined_entity, unescape};
use quick_xml::events::{BytesStart, Event};

pub(super) static FUNCTION: Function = Function::new("parse_xml", Family::Parsing, PARAMETERS, Returns::DYNAMIC, make)
    .does("Reads XML as a bag: attributes as `@name`, text beside them as `#text`, equal elements as an array.")
    .differs("Texts stay texts, also where they look like numbers.")
    .examples(&[
        example(
            "print parse_xml('<e a=\"1\">t</e>')",
            "{\"e\":{\"@a\":\"1\",\"#text\":\"t\"}}",
        ),
        example(
            "print parse_xml('<e><a>x</a><a>y</a><b/></e>')",
            "{\"e\":{\"a\":[\"x\",\"y\"],\"b\":null}}",
        ),
        example("print parse_xml('<e>')", "null"),
    ]);

/// The limit of the real engine, in bytes.
const LONGEST_TEXT: usize = 1 << 20;
/// Deeper elements make the text unreadable, so that hostile evidence cannot exhaust the stack.
const DEEPEST: usize = 100;

static PARAMETERS: &[Parameter] = &[Parameter::new("xml", Accepts::TextOrDynamic, "the XML")];

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        Some(row.text(0))
            .filter(|text| text.len() <= LONGEST_TEXT)
            .and_then(parse)
    })
}

#[derive(Default)]
struct Element {
    name: String,
    properties: Vec<(String, Dynamic)>,
    text: String,
}

impl Element {
    fn open(start: &BytesStart<'_>) -> Option<Self> {
        let mut element = Self {
            name: start.name().as_ref().to_owned(),
            ..Self::default()
        };
        for attribute in start.attributes() {
            let attribute = attribute.ok()?;
            let value = unescape(&attribute.value).ok()?.into_owned();
            element
                .properties
                .push((format!("@{}", attribute.key.as_ref()), Dynamic::String(value)));
        }
        Some(element)
    }

    /// Adds a child; a second one of the same name makes an array.
    fn add(&mut self, name: String, value: Dynamic) {
        match self.properties.iter_mut().find(|(known, _)| *known == name) {
            Some((_, Dynamic::Array(elements))) => elements.push(value),
            Some((_, first)) => {
                let only = std::mem::replace(first, Dynamic::Null);
                *first = Dynamic::Array(vec![only, value]);
            }
            None => self.properties.push((name, value)),
        }
    }

    fn close(mut self) -> (String, Dynamic) {
        let text = self.text.trim();
        let text = (!text.is_empty()).then(|| Dynamic::String(text.to_owned()));
        if self.properties.is_empty() {
            return (self.name, text.unwrap_or(Dynamic::Null));
        }
        self.properties.extend(text.map(|text| ("#text".to_owned(), text)));
        (self.name, Dynamic::Bag(self.properties))
    }
}

fn parse(text: &str) -> Option<Dynamic> {
    let mut reader = Reader::from_str(text);
    let mut open = vec![Element::default()];
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) => open.push(Element::open(&start).filter(|_| open.len() < DEEPEST)?),
            Event::Empty(start) => {
                let (name, value) = Element::open(&start)?.close();
                open.last_mut()?.add(name, value);
            }
            Event::End(_) => {
                let (name, value) = open.pop()?.close();
                open.last_mut()?.add(name, value);
            }
            Event::Text(text) => open.last_mut()?.text.push_str(&text),
            Event::CData(text) => open.last_mut()?.text.push_str(&text),
            Event::GeneralRef(reference) => match reference.resolve_char_ref() {
                Ok(Some(character)) => open.last_mut()?.text.push(character),
                _ => open.last_mut()?.text.push_str(resolve_predefined_entity(&reference)?),
            },
            Event::Eof => break,
            _ => {}
        }
    }
    let root = open.pop().filter(|_| open.is_empty())?;
    (root.properties.len() == 1 && root.text.trim().is_empty()).then_some(Dynamic::Bag(root.properties))
}
