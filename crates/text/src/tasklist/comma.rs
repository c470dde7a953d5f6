//! `tasklist /fo csv`: every field in quotes, titles in the language of Windows.

use super::process::{self, Process};
use crate::lines::Line;

/// The columns of a plain and of a verbose listing, by which rows without titles (`/nh`) are known.
const PLAIN_COLUMNS: usize = 5;
const VERBOSE_COLUMNS: usize = 9;

/// The format, proved by its titles or by a first row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Comma {
    columns: usize,
}

impl Comma {
    /// The titles: the second is `PID` in every language.
    pub(crate) fn start(text: &str) -> Option<Self> {
        let fields = fields(text)?;
        let titled = fields.len() >= 3 && fields.get(1) == Some(&"PID");
        titled.then_some(Self { columns: fields.len() })
    }

    /// The format that a row without titles shows.
    pub(crate) fn of_row(line: &Line) -> Option<Self> {
        fields(&line.text).map(|fields| Self { columns: fields.len() })
    }

    /// A row. A window title may hold the separator itself; it is the last field.
    pub(crate) fn row(self, line: &Line) -> Option<Process> {
        let mut fields = fields(&line.text)?;
        if fields.len() < self.columns {
            return None;
        }
        fields.truncate(self.columns);
        Process::from_columns(line.span, &fields)
    }

    /// A row without titles before it, as `/nh` leaves them out: pid and session are numbers, memory begins with one.
    pub(crate) fn untitled(line: &Line) -> Option<Process> {
        let fields = fields(&line.text)?;
        let shape = [PLAIN_COLUMNS, VERBOSE_COLUMNS].contains(&fields.len());
        let session = fields.get(3).and_then(|session| process::pid(session))?;
        let memory = fields.get(4)?.starts_with(|c: char| c.is_ascii_digit());
        (shape && memory && session.0 < 65_536)
            .then(|| Process::from_columns(line.span, &fields))
            .flatten()
    }
}

fn fields(text: &str) -> Option<Vec<&str>> {
    let inner = text.trim().strip_prefix('"')?.strip_suffix('"')?;
    Some(inner.split("\",\"").collect())
}
