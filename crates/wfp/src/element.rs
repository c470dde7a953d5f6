//! One item as a tree, bounded in depth and size.

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::Event;

/// A condition that holds a range of masks is six elements deep.
const DEEPEST: usize = 24;

/// An item with thousands of addresses has some ten elements for each.
const MOST_ELEMENTS: usize = 131_072;

/// The longest text of an element kept, in bytes; a security descriptor has hundreds, a blob a few thousand.
const LONGEST_TEXT_BYTES: usize = 65_536;

/// An element.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Element {
    pub(crate) name: String,
    /// Its own text, without blanks around it.
    pub(crate) text: String,
    pub(crate) children: Vec<Element>,
}

impl Element {
    /// Parses one element with all that is in it.
    ///
    /// # Errors
    /// What the parser says is wrong, in English and without a place.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let mut reader = Reader::from_str(text);
        let mut open: Vec<Self> = vec![Self::default()];
        let mut count = 0_usize;
        loop {
            match reader.read_event().map_err(|error| error.to_string())? {
                Event::Start(start) => {
                    count += 1;
                    if open.len() > DEEPEST || count > MOST_ELEMENTS {
                        return Err("too deep or too many elements".to_owned());
                    }
                    open.push(Self::named(start.name().as_ref()));
                }
                Event::Empty(start) => {
                    count += 1;
                    add_child(&mut open, Self::named(start.name().as_ref()));
                }
                Event::End(_) => {
                    let closed = open.pop().unwrap_or_default();
                    add_child(&mut open, closed);
                }
                Event::Text(text) => add_text(&mut open, &text),
                Event::CData(text) => add_text(&mut open, &text),
                Event::GeneralRef(name) => add_text(&mut open, &resolve(&name)),
                Event::Eof => break,
                _ => {}
            }
        }
        let root = open.pop().filter(|_| open.is_empty());
        let element = root.and_then(|root| root.children.into_iter().next());
        element
            .map(Self::trimmed)
            .ok_or_else(|| "no complete element".to_owned())
    }

    fn named(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            ..Self::default()
        }
    }

    fn trimmed(mut self) -> Self {
        self.text = self.text.trim().to_owned();
        self.children = self.children.into_iter().map(Self::trimmed).collect();
        self
    }

    /// The first child of that name.
    pub(crate) fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The text behind a path of child names; none where it is missing or blank.
    pub(crate) fn text_at(&self, path: &[&str]) -> Option<&str> {
        let mut element = self;
        for name in path {
            element = element.child(name)?;
        }
        Some(element.text.as_str()).filter(|text| !text.is_empty())
    }
}

fn add_child(open: &mut [Element], child: Element) {
    if let Some(parent) = open.last_mut() {
        parent.children.push(child);
    }
}

fn add_text(open: &mut [Element], text: &str) {
    if let Some(parent) = open.last_mut() {
        let room = LONGEST_TEXT_BYTES.saturating_sub(parent.text.len());
        let end = (0..=room.min(text.len()))
            .rev()
            .find(|end| text.is_char_boundary(*end))
            .unwrap_or(0);
        parent.text.push_str(text.get(..end).unwrap_or_default());
    }
}

/// A character reference; one that names no character stays as it is written.
fn resolve(name: &str) -> String {
    let written = format!("&{name};");
    unescape(&written).map(std::borrow::Cow::into_owned).unwrap_or(written)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_and_references_are_read() {
        let element = Element::parse("<a><b> x &amp; y </b><c/><d>&#x1;&bogus;\u{2}</d></a>").unwrap();
        assert_eq!(element.text_at(&["b"]), Some("x & y"));
        assert_eq!(element.text_at(&["c"]), None);
        assert!(element.text_at(&["d"]).unwrap().contains("&bogus;"));
    }

    #[test]
    fn damage_is_an_error() {
        for text in ["<a><b></a>", "<a>", "", "text", "<a></b>"] {
            assert!(Element::parse(text).is_err(), "{text}");
        }
        assert!(Element::parse(&"<a>".repeat(DEEPEST + 2)).is_err());
    }
}
