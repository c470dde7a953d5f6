//! Where a template puts its values.
//!
//! Events of one kind share a template: a token stream with numbered gaps that each record fills. Reading a template once per
//! chunk tells which gap is `EventID` and which is `Data Name='DestAddress'`; then records need no rendering. Only the plain
//! shape that Windows' own providers use is understood; any other gives `None`, and the caller renders.
//!
//! Source: MS-EVEN6 2.2.12 (BinXml grammar).

use whotalks_record::Text;

use crate::texts::Texts;

/// Size of a template definition's header: next offset, GUID, data size.
const DEFINITION_HEADER_BYTES: usize = 24;

/// Deepest element nesting followed; Windows' templates nest four deep.
const DEEPEST: usize = 16;

/// What stands at one place of a template.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Content {
    /// Text of the template itself.
    Literal(Text),
    /// The record's value of this number.
    Gap(u16),
}

/// The places of one template.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Template {
    pub(super) provider: Option<Content>,
    pub(super) event_id: Option<Content>,
    pub(super) channel: Option<Content>,
    pub(super) computer: Option<Content>,
    pub(super) record_id: Option<Content>,
    pub(super) time: Option<Content>,
    pub(super) writer: Option<Content>,
    /// `Data` elements by their `Name`, or elements of `UserData` by their own name.
    pub(super) fields: Vec<(Text, Content)>,
    /// The mark of each field's name, so that asking for a name compares few names.
    marks: Vec<u16>,
    /// The gap that a nested template (`EventData`, `UserData`) fills.
    pub(super) body: Option<u16>,
}

impl Template {
    fn add_field(&mut self, name: Text, content: Content) {
        self.marks.push(mark(&name));
        self.fields.push((name, content));
    }

    /// What stands under a name; several fields may have it.
    pub(super) fn contents(&self, name: &str) -> impl Iterator<Item = &Content> {
        let asked = mark(name);
        let marked = self
            .marks
            .iter()
            .zip(&self.fields)
            .filter(move |(mark, _)| **mark == asked);
        marked.filter_map(move |(_, (own, content))| (**own == *name).then_some(content))
    }
}

/// A number that differs for most names: of their length and their first and last letters.
fn mark(name: &str) -> u16 {
    let letter = |byte: Option<&u8>| byte.copied().map_or(0, u16::from);
    let (first, last) = (letter(name.as_bytes().first()), letter(name.as_bytes().last()));
    let length = u16::try_from(name.len()).unwrap_or(u16::MAX);
    (length << 8) ^ (first << 5) ^ last
}

/// An element that is open.
struct Open {
    name: Text,
    /// The value of its `Name` attribute.
    label: Option<Content>,
    /// Its text, while it has only one piece.
    content: Option<Content>,
    has_children: bool,
}

struct Parser<'t> {
    data: &'t [u8],
    at: usize,
    texts: &'t mut Texts,
    open: Vec<Open>,
    /// The attribute whose value comes next.
    attribute: Option<Text>,
    template: Template,
}

/// Reads the template definition at `offset` of a chunk.
pub(super) fn read(chunk: &[u8], offset: u32, texts: &mut Texts) -> Option<Template> {
    let start = usize::try_from(offset).ok()?;
    let size_at = start.checked_add(DEFINITION_HEADER_BYTES - 4)?;
    let size = usize::try_from(u32_at(chunk, size_at)?).ok()?;
    let body = size_at.checked_add(4)?;
    let data = chunk.get(..body.checked_add(size)?)?;
    let mut parser = Parser {
        data,
        at: body,
        texts,
        open: Vec::new(),
        attribute: None,
        template: Template::default(),
    };
    parser.run()?;
    Some(parser.template)
}

fn u32_at(data: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*data.get(at..)?.first_chunk::<4>()?))
}

impl Parser<'_> {
    fn run(&mut self) -> Option<()> {
        while self.at < self.data.len() {
            match self.u8()? {
                0x00 => break,
                0x0f => self.skip(3)?,
                token @ (0x01 | 0x41) => self.open_element(token == 0x41)?,
                0x06 | 0x46 => self.attribute = Some(self.name()?),
                0x05 | 0x45 => {
                    let text = self.literal()?;
                    self.content(Content::Literal(text))?;
                }
                0x0d | 0x0e => {
                    let gap = self.u16()?;
                    self.skip(1)?;
                    self.content(Content::Gap(gap))?;
                }
                0x02 => self.attribute = None,
                0x03 | 0x04 => self.close_element()?,
                _ => return None,
            }
        }
        self.open.is_empty().then_some(())
    }

    fn open_element(&mut self, has_attributes: bool) -> Option<()> {
        // Dependency identifier and size of the element.
        self.skip(2 + 4)?;
        let name = self.name()?;
        if has_attributes {
            self.skip(4)?;
        }
        if let Some(parent) = self.open.last_mut() {
            parent.has_children = true;
        }
        self.attribute = None;
        self.open.push(Open {
            name,
            label: None,
            content: None,
            has_children: false,
        });
        (self.open.len() <= DEEPEST).then_some(())
    }

    fn content(&mut self, content: Content) -> Option<()> {
        match self.attribute.take() {
            Some(attribute) => self.attribute_value(&attribute, content),
            None => {
                let element = self.open.last_mut()?;
                // Text in several pieces would have to be put together.
                let first = element.content.replace(content).is_none();
                first.then_some(())
            }
        }
    }

    fn attribute_value(&mut self, attribute: &str, content: Content) -> Option<()> {
        let element = self.open.last_mut()?;
        match (&*element.name, attribute) {
            ("Provider", "Name") => self.template.provider = Some(content),
            ("TimeCreated", "SystemTime") => self.template.time = Some(content),
            ("Execution", "ProcessID") => self.template.writer = Some(content),
            ("Data", "Name") => element.label = Some(content),
            _ => {}
        }
        Some(())
    }

    fn close_element(&mut self) -> Option<()> {
        self.attribute = None;
        let element = self.open.pop()?;
        let Some(content) = element.content else {
            return Some(());
        };
        if element.has_children && !self.open.is_empty() {
            return None;
        }
        let template = &mut self.template;
        let path: Vec<&str> = self.open.iter().map(|open| &*open.name).collect();
        match (path.as_slice(), &*element.name) {
            ([], _) | (["Event"], _) => {
                // The body is a nested template, either in place of its element or inside it.
                if let Content::Gap(gap) = content {
                    template.body = Some(gap);
                }
            }
            (["Event", "System"], "EventID") => template.event_id = Some(content),
            (["Event", "System"], "EventRecordID") => template.record_id = Some(content),
            (["Event", "System"], "Channel") => template.channel = Some(content),
            (["Event", "System"], "Computer") => template.computer = Some(content),
            (["Event", "System", ..], _) => {}
            (_, "Data") => {
                let name = match element.label {
                    Some(Content::Literal(name)) => name,
                    Some(Content::Gap(_)) => return None,
                    None => self.texts.share(""),
                };
                template.add_field(name, content);
            }
            _ => template.add_field(element.name, content),
        }
        Some(())
    }

    /// A name by its offset in the chunk, which may be right here.
    fn name(&mut self) -> Option<Text> {
        let offset = usize::try_from(self.u32()?).ok()?;
        // Next name's offset and hash.
        let length_at = offset.checked_add(4 + 2)?;
        let length = u16::from_le_bytes(*self.data.get(length_at..)?.first_chunk::<2>()?);
        let start = length_at.checked_add(2)?;
        let end = start.checked_add(usize::from(length) * 2)?;
        let name = self.data.get(start..end)?;
        if offset == self.at {
            // The terminating null.
            self.at = end.checked_add(2)?;
        }
        Some(self.texts.share_any_utf16(name))
    }

    /// A text value of the template.
    fn literal(&mut self) -> Option<Text> {
        const STRING: u8 = 0x01;
        if self.u8()? != STRING {
            return None;
        }
        let length = usize::from(self.u16()?) * 2;
        let end = self.at.checked_add(length)?;
        let text = self.data.get(self.at..end)?;
        self.at = end;
        Some(self.texts.share_any_utf16(text))
    }

    fn u8(&mut self) -> Option<u8> {
        let value = *self.data.get(self.at)?;
        self.at += 1;
        Some(value)
    }

    fn u16(&mut self) -> Option<u16> {
        let bytes = self.data.get(self.at..)?.first_chunk::<2>()?;
        self.at += 2;
        Some(u16::from_le_bytes(*bytes))
    }

    fn u32(&mut self) -> Option<u32> {
        let value = u32_at(self.data, self.at)?;
        self.at += 4;
        Some(value)
    }

    fn skip(&mut self, count: usize) -> Option<()> {
        self.at = self.at.checked_add(count)?;
        (self.at <= self.data.len()).then_some(())
    }
}
