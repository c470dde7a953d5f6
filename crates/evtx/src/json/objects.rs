//! Cuts a text into its outermost objects: JSON lines, concatenated or indented objects, and arrays of them, past damage.

use whotalks_record::IssueKind;

use crate::text::TextStream;

/// The longest object that is read. Windows bounds an event to 64 KiB; with its message and a shipper's additions it stays
/// below 1 MiB.
const LONGEST_OBJECT_BYTES: usize = 4 << 20;

/// The most issues kept; further damage is counted in the last.
const MOST_ISSUES: usize = 1_000;

/// How often an object that is too long, or cut off, is entered to read the objects of an array in it. Exports wrap their events
/// once or twice; a text of nothing but opening brackets must not be read over and over.
const MOST_DESCENTS: u32 = 4;

/// One outermost object.
#[derive(Debug)]
pub(super) struct Object {
    /// The line it begins on, from 1.
    pub(super) line: u64,
    /// Where it begins, in the bytes as they lie.
    pub(super) offset: u64,
    /// How long it is there.
    pub(super) length: u32,
    pub(super) text: String,
}

/// How far an object has been looked through.
#[derive(Default)]
struct Scan {
    at: usize,
    depth: usize,
    in_string: bool,
    escaped: bool,
    /// Whether the object began at the beginning of a line.
    began_line: bool,
    /// Behind the first bracket of an array in it.
    array: Option<usize>,
}

enum End {
    Here(usize),
    /// The object is broken; reading goes on at this offset.
    Broken(usize),
    Unknown,
}

/// Finds objects.
pub(super) struct Objects<'r> {
    stream: TextStream<'r>,
    at_line_start: bool,
    /// How many arrays around the objects are open.
    arrays: usize,
    descents: u32,
    issues: Vec<(u64, IssueKind)>,
    beyond_bound: u64,
}

impl<'r> Objects<'r> {
    pub(super) fn new(stream: TextStream<'r>) -> Self {
        Self {
            stream,
            at_line_start: true,
            arrays: 0,
            descents: 0,
            issues: Vec::new(),
            beyond_bound: 0,
        }
    }

    /// The next object.
    pub(super) fn next_object(&mut self) -> Option<Object> {
        while self.find_start() {
            if let Some(length) = self.find_end() {
                return Some(self.take(length));
            }
        }
        None
    }

    /// What could not be read, with offsets.
    pub(super) fn into_issues(mut self) -> Vec<(u64, IssueKind)> {
        if let Some(message) = self.stream.error() {
            let message = message.clone();
            self.issues.push((self.stream.offset(), IssueKind::Io { message }));
        }
        if self.beyond_bound > 0 {
            let count = self.beyond_bound;
            self.issues.push((0, IssueKind::Skipped { unit: "line", count }));
        }
        self.issues
    }

    fn take(&mut self, length: usize) -> Object {
        let bytes = self.stream.rest().get(..length).unwrap_or_default();
        let object = Object {
            line: self.stream.line(),
            offset: self.stream.offset(),
            length: u32::try_from(self.stream.raw_length(length)).unwrap_or(u32::MAX),
            text: String::from_utf8_lossy(bytes).into_owned(),
        };
        self.consume(length);
        object
    }

    fn consume(&mut self, count: usize) {
        if let Some(last) = count.checked_sub(1) {
            self.at_line_start = self.stream.rest().get(last) == Some(&b'\n');
        }
        self.stream.consume(count);
    }

    /// Moves to the next `{`; false at the end. Anything but white space and array punctuation before it is an issue.
    fn find_start(&mut self) -> bool {
        loop {
            let rest = self.stream.rest();
            let found = rest.iter().position(|byte| *byte == b'{');
            let skipped = rest.get(..found.unwrap_or(rest.len())).unwrap_or_default();
            let is_garbage = skipped
                .iter()
                .any(|byte| !(byte.is_ascii_whitespace() || matches!(byte, b'[' | b']' | b',' | 0)));
            let length = skipped.len();
            if is_garbage {
                self.damaged(IssueKind::Malformed {
                    field: "event",
                    found: "text between objects".into(),
                });
            } else {
                self.arrays = open_arrays(self.arrays, skipped);
            }
            self.consume(length);
            if found.is_some() {
                return true;
            }
            if !self.stream.fill() {
                self.end();
                return false;
            }
        }
    }

    /// The text has ended between objects, which is its end only where no array is open.
    fn end(&mut self) {
        let available = self.stream.offset();
        if self.arrays > 0 {
            self.damaged(IssueKind::Truncated {
                field: "event export",
                needed: available + self.arrays as u64,
                available,
            });
        }
    }

    /// The length of the object that begins here; `None` where it is broken, after moving past it.
    fn find_end(&mut self) -> Option<usize> {
        let mut scan = Scan {
            began_line: self.at_line_start,
            ..Scan::default()
        };
        loop {
            match scan.look(self.stream.rest()) {
                End::Here(length) => return Some(length),
                End::Broken(at) => {
                    self.damaged(IssueKind::Malformed {
                        field: "event",
                        found: "an object that does not end on its line".into(),
                    });
                    self.consume(at);
                    return None;
                }
                End::Unknown => {}
            }
            let available = self.stream.rest().len();
            if available > LONGEST_OBJECT_BYTES {
                self.damaged(IssueKind::BoundReached {
                    bound: "event json bytes",
                    limit: LONGEST_OBJECT_BYTES as u64,
                    count: 1,
                });
                self.descend(&scan);
                return None;
            }
            if !self.stream.fill() {
                self.damaged(IssueKind::Truncated {
                    field: "event",
                    needed: available as u64 + 1,
                    available: available as u64,
                });
                // That the text is cut off is said once.
                self.arrays = 0;
                self.descend(&scan);
                return None;
            }
        }
    }

    /// Moves into the first array of an object that has no end in reach, or past all that was looked through.
    fn descend(&mut self, scan: &Scan) {
        match scan.array.filter(|_| self.descents < MOST_DESCENTS) {
            Some(at) => {
                self.descents += 1;
                self.consume(at);
            }
            None => self.consume(scan.at),
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

/// How many arrays are open behind the punctuation between two objects.
fn open_arrays(open: usize, punctuation: &[u8]) -> usize {
    punctuation.iter().fold(open, |open, byte| match byte {
        b'[' => open + 1,
        b']' => open.saturating_sub(1),
        _ => open,
    })
}

impl Scan {
    fn look(&mut self, text: &[u8]) -> End {
        for (at, byte) in text.iter().enumerate().skip(self.at) {
            self.at = at + 1;
            if let Some(end) = self.byte(*byte, text.get(at + 1)) {
                return end;
            }
        }
        End::Unknown
    }

    fn byte(&mut self, byte: u8, next: Option<&u8>) -> Option<End> {
        match byte {
            _ if std::mem::take(&mut self.escaped) => {}
            // A line ends inside no string.
            b'\n' if self.in_string => return Some(End::Broken(self.at)),
            b'\\' if self.in_string => self.escaped = true,
            b'"' => self.in_string = !self.in_string,
            _ if self.in_string => {}
            // In JSON lines the next object begins where this one did: at the beginning of a line.
            b'\n' if self.began_line && next == Some(&b'{') => return Some(End::Broken(self.at)),
            b'{' | b'[' => {
                self.depth += 1;
                if byte == b'[' && self.array.is_none() {
                    self.array = Some(self.at);
                }
            }
            b'}' | b']' => {
                self.depth = self.depth.saturating_sub(1);
                if self.depth == 0 {
                    return Some(End::Here(self.at));
                }
            }
            _ => {}
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> (Vec<(u64, String)>, usize) {
        let mut bytes = text.as_bytes();
        let mut objects = Objects::new(TextStream::new(&mut bytes));
        let mut found = Vec::new();
        while let Some(object) = objects.next_object() {
            found.push((object.line, object.text));
        }
        (found, objects.into_issues().len())
    }

    fn lines(expected: &[(u64, &str)]) -> Vec<(u64, String)> {
        expected
            .iter()
            .map(|(line, text)| (*line, (*text).to_owned()))
            .collect()
    }

    #[test]
    fn lines_arrays_and_indented_objects_are_cut_alike() {
        let expected = lines(&[(1, r#"{"a":"}\"{"}"#), (2, r#"{"b":[{}]}"#)]);
        assert_eq!(cut("{\"a\":\"}\\\"{\"}\n{\"b\":[{}]}\n"), (expected, 0));
        assert_eq!(cut("[\n  {\"a\": 1},\n  {\"b\": {\n  }}\n]").0.len(), 2);
    }

    #[test]
    fn a_broken_line_costs_only_itself() {
        let expected = lines(&[(1, "{\"a\":1}"), (3, "{\"c\":3}")]);
        assert_eq!(cut("{\"a\":1}\n{\"b\":\"cut\n{\"c\":3}\n"), (expected.clone(), 1));
        assert_eq!(cut("{\"a\":1}\n{\"b\":{\n{\"c\":3}\n"), (expected, 1));
    }

    #[test]
    fn the_events_of_a_wrapping_object_that_is_cut_off_are_read() {
        let text = r#"{"n":2,"events":[{"a":1},{"b":2},{"c""#;
        assert_eq!(cut(text).0, lines(&[(1, r#"{"a":1}"#), (1, r#"{"b":2}"#)]));
    }

    #[test]
    fn nothing_but_opening_brackets_is_read_a_few_times_at_most() {
        let text = "{[".repeat(3 * LONGEST_OBJECT_BYTES / 2);
        let (found, issues) = cut(&text);
        assert!(found.is_empty());
        assert!(issues < 10, "{issues} issues");
    }

    #[test]
    fn an_array_that_is_cut_off_between_its_objects_is_an_issue() {
        assert_eq!(cut("[{\"a\":1},").1, 1);
        assert_eq!(cut("[{\"a\":1}]\n[{\"b\":2}]\n").1, 0);
        // A bracket of a text between objects begins no array.
        assert_eq!(cut("[note {\"a\":1}\n").1, 1);
    }

    #[test]
    fn an_object_cut_off_at_the_end_is_an_issue() {
        assert_eq!(cut("{\"a\":1}\n{\"b\":"), (lines(&[(1, "{\"a\":1}")]), 1));
    }
}
