//! Cuts a text into `<Event>` and `<Object>` elements, whatever stands around them, past damage.

use whotalks_record::IssueKind;

use super::root::{Root, is_start};
use crate::text::TextStream;

/// The longest element that is read. Windows bounds an event to 64 KiB; as XML with its message it stays below 1 MiB.
const LONGEST_ELEMENT_BYTES: usize = 4 << 20;

/// The most issues kept; further damage is counted in the last.
const MOST_ISSUES: usize = 1_000;

/// What an element is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ElementKind {
    /// An event as Windows renders it.
    Event,
    /// An object as `ConvertTo-Xml` writes it.
    Object,
}

/// One element.
#[derive(Debug)]
pub(super) struct Element {
    pub(super) kind: ElementKind,
    /// Its number in the file, from 1.
    pub(super) number: u64,
    /// Where it begins, in the bytes as they lie.
    pub(super) offset: u64,
    /// How long it is there.
    pub(super) length: u32,
    pub(super) text: String,
}

/// Finds elements.
pub(super) struct Elements<'r> {
    stream: TextStream<'r>,
    root: Root,
    count: u64,
    issues: Vec<(u64, IssueKind)>,
    beyond_bound: u64,
}

/// What ends the search for an element's end.
enum End {
    /// The element ends before this offset.
    Here(usize),
    /// Another begins at this offset, so this one has no end.
    Another(usize),
    /// Not found yet; search on from this offset.
    Unknown(usize),
}

impl ElementKind {
    const ALL: [Self; 2] = [Self::Event, Self::Object];

    const fn start(self) -> &'static [u8] {
        match self {
            Self::Event => b"<Event",
            Self::Object => b"<Object",
        }
    }

    const fn end(self) -> &'static [u8] {
        match self {
            Self::Event => b"</Event>",
            Self::Object => b"</Object>",
        }
    }

    /// Whether `text` begins with a start tag of this kind: `<Event>` or `<Event …`, not `<EventData>` or `<Events>`.
    fn starts(self, text: &[u8]) -> bool {
        is_start(text, self.start())
    }
}

/// Longest piece of a tag that may be cut off at the end of what is read.
const LONGEST_TAG: usize = 16;

impl<'r> Elements<'r> {
    pub(super) fn new(stream: TextStream<'r>) -> Self {
        Self {
            stream,
            root: Root::default(),
            count: 0,
            issues: Vec::new(),
            beyond_bound: 0,
        }
    }

    /// The next element.
    pub(super) fn next_element(&mut self) -> Option<Element> {
        loop {
            let kind = self.find_start()?;
            if let Some(length) = self.find_end(kind) {
                return Some(self.take(kind, length));
            }
        }
    }

    /// What could not be read, with offsets.
    pub(super) fn into_issues(mut self) -> Vec<(u64, IssueKind)> {
        if let Some(message) = self.stream.error() {
            let message = message.clone();
            self.issues.push((self.stream.offset(), IssueKind::Io { message }));
        }
        if self.beyond_bound > 0 {
            let count = self.beyond_bound;
            self.issues.push((0, IssueKind::Skipped { unit: "event", count }));
        }
        self.issues
    }

    fn take(&mut self, kind: ElementKind, length: usize) -> Element {
        self.count += 1;
        let bytes = self.stream.rest().get(..length).unwrap_or_default();
        let element = Element {
            kind,
            number: self.count,
            offset: self.stream.offset(),
            length: u32::try_from(self.stream.raw_length(length)).unwrap_or(u32::MAX),
            text: String::from_utf8_lossy(bytes).into_owned(),
        };
        self.stream.consume(length);
        element
    }

    /// Moves to the next start tag.
    fn find_start(&mut self) -> Option<ElementKind> {
        loop {
            let rest = self.stream.rest();
            let found = tags(rest, 0).find_map(|at| {
                let text = rest.get(at..)?;
                let kind = ElementKind::ALL.into_iter().find(|kind| kind.starts(text))?;
                Some((at, kind))
            });
            if let Some((at, kind)) = found {
                self.pass(at);
                self.root.element();
                return Some(kind);
            }
            let keep = rest.len().min(LONGEST_TAG);
            self.pass(rest.len() - keep);
            if !self.stream.fill() {
                self.end();
                return None;
            }
        }
    }

    /// Moves past what stands between elements.
    fn pass(&mut self, count: usize) {
        let rest = self.stream.rest();
        for at in tags(rest, 0).take_while(|at| *at < count) {
            self.root.tag(rest.get(at..).unwrap_or_default());
        }
        self.stream.consume(count);
    }

    /// The text has ended between elements, which is its end only where no tag and no root is open.
    fn end(&mut self) {
        let rest = self.stream.rest();
        let in_tag = rest.iter().rev().find(|byte| matches!(byte, b'<' | b'>')) == Some(&b'<');
        self.pass(rest.len());
        let available = self.stream.offset();
        if let Some(missing) = self.root.missing().or(in_tag.then_some(1)) {
            self.damaged(IssueKind::Truncated {
                field: "event export",
                needed: available + missing,
                available,
            });
        }
    }

    /// The length of the element that begins here; `None` where it has no end, after moving past it.
    fn find_end(&mut self, kind: ElementKind) -> Option<usize> {
        let mut from = 1;
        loop {
            match look_for_end(self.stream.rest(), kind, from) {
                End::Here(length) => return Some(length),
                End::Another(at) => {
                    self.damaged(IssueKind::Malformed {
                        field: "event",
                        found: "another event begins before the end of this one".into(),
                    });
                    self.stream.consume(at);
                    return None;
                }
                End::Unknown(searched) => from = searched,
            }
            let available = self.stream.rest().len();
            if available > LONGEST_ELEMENT_BYTES {
                self.damaged(IssueKind::BoundReached {
                    bound: "event xml bytes",
                    limit: LONGEST_ELEMENT_BYTES as u64,
                    count: 1,
                });
                self.stream.consume(1);
                return None;
            }
            if !self.stream.fill() {
                self.damaged(IssueKind::Truncated {
                    field: "event",
                    needed: available as u64 + kind.end().len() as u64,
                    available: available as u64,
                });
                self.root = Root::Closed;
                self.stream.consume(available);
                return None;
            }
        }
    }

    fn damaged(&mut self, kind: IssueKind) {
        if self.issues.len() < MOST_ISSUES {
            self.issues.push((self.stream.offset(), kind));
        } else {
            self.beyond_bound += 1;
        }
    }
}

fn look_for_end(text: &[u8], kind: ElementKind, from: usize) -> End {
    for at in tags(text, from) {
        let rest = text.get(at..).unwrap_or_default();
        if rest.starts_with(kind.end()) {
            return End::Here(at + kind.end().len());
        }
        if kind.starts(rest) {
            return End::Another(at);
        }
    }
    End::Unknown(text.len().saturating_sub(LONGEST_TAG).max(from))
}

/// Where tags begin.
fn tags(text: &[u8], from: usize) -> impl Iterator<Item = usize> + '_ {
    let rest = text.get(from..).unwrap_or_default();
    rest.iter()
        .enumerate()
        .filter(|(_, byte)| **byte == b'<')
        .map(move |(at, _)| from + at)
}
