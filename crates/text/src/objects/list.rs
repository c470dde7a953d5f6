//! `Format-List`: one `Name : value` per line, a blank line between objects.

use whotalks_record::Span;

use super::{Fields, Kind};
use crate::lines::Line;
use crate::output::joined;

/// Properties of one object; `Get-MpPreference` has some hundred.
const MOST_FIELDS: usize = 1_024;
/// The most of one value that is kept, in bytes: an exclusion list may go on for pages, and no rule needs it.
const LONGEST_VALUE_BYTES: usize = 8_192;

/// The object that is coming in.
#[derive(Debug, Default)]
pub(super) struct List {
    span: Option<Span>,
    values: Vec<(String, String)>,
    kind: Option<Kind>,
    /// Where the values begin, in characters.
    value_column: usize,
}

impl List {
    /// Whether a line is a property that the object has already, so that another object begins.
    pub(super) fn repeats(&self, line: &Line) -> bool {
        let name = property(&line.text).map(|(name, ..)| name);
        name.is_some_and(|name| self.values.iter().any(|(known, _)| known == name))
    }

    /// Takes a property, or the rest of the value before.
    pub(super) fn take(&mut self, line: &Line) -> bool {
        let Some((name, value, column)) = property(&line.text) else {
            return self.continues(line);
        };
        self.value_column = column;
        if self.values.len() < MOST_FIELDS {
            self.values.push((name.to_owned(), value.to_owned()));
        }
        self.extend(line.span);
        if self.kind.is_none() {
            let has = |wanted: &str| self.values.iter().any(|(name, _)| name.eq_ignore_ascii_case(wanted));
            // Sockets without a far end are known only when the object is complete.
            self.kind = Kind::of(&has).filter(|kind| *kind != Kind::UdpEndpoint);
        }
        true
    }

    /// What the object is, as far as its properties tell yet.
    pub(super) const fn kind(&self) -> Option<Kind> {
        self.kind
    }

    /// The complete object; none where it is of no known kind.
    pub(super) fn finish(self) -> Option<(Kind, Fields)> {
        let has = |wanted: &str| self.values.iter().any(|(name, _)| name.eq_ignore_ascii_case(wanted));
        let kind = Kind::of(&has)?;
        let span = self.span?;
        let values = self.values;
        Some((kind, Fields { span, values }))
    }

    fn continues(&mut self, line: &Line) -> bool {
        let blanks = line.text.chars().take_while(|c| *c == ' ').count();
        let more = line.text.trim();
        let Some((_, value)) = self.values.last_mut() else {
            return false;
        };
        if more.is_empty() || blanks < self.value_column {
            return false;
        }
        if value.len().saturating_add(more.len()) < LONGEST_VALUE_BYTES {
            value.push_str(more);
        }
        self.extend(line.span);
        true
    }

    fn extend(&mut self, line: Span) {
        self.span = Some(self.span.map_or(line, |first| joined(first, line)));
    }
}

/// Name, value and the column of the value in `Name   : value`.
fn property(text: &str) -> Option<(&str, &str, usize)> {
    let (name, value) = text.split_once(':')?;
    let bare = name.trim_end();
    let starts = bare.starts_with(|c: char| c.is_ascii_alphabetic());
    let fits = bare.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let spaced = name.ends_with(' ') && (value.starts_with(' ') || value.is_empty());
    let column = name.chars().count().saturating_add(2);
    (starts && fits && spaced).then(|| (bare, value.trim(), column))
}
