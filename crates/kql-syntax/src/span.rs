//! Where something stands in a text.

use std::fmt;

/// A part of a text: byte offsets from `start` to before `end`; both lie on character boundaries.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Span {
    /// Where it begins.
    pub start: usize,
    /// Where it has ended.
    pub end: usize,
}

impl Span {
    /// From `start` to before `end`; empty where `end` comes first.
    pub fn new(start: usize, end: usize) -> Self {
        Self {
            start,
            end: end.max(start),
        }
    }

    /// The part of `text` that it covers; empty where it covers none.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }

    /// From the beginning of this one to the end of the other.
    pub(crate) fn to(self, other: Self) -> Self {
        Self::new(self.start, other.end)
    }
}

/// Short, because every node of a dumped tree has one.
impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "@{}..{}", self.start, self.end)
    }
}

/// A place as people count: from one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The line, from one.
    pub line: usize,
    /// The character in the line, from one; counted in Unicode scalar values.
    pub column: usize,
}

/// Where the lines of a text begin, so that many offsets can be told as positions quickly.
#[derive(Debug, Clone)]
pub struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

impl<'t> Lines<'t> {
    /// Finds the lines of a text; a line ends at a line feed.
    pub fn new(text: &'t str) -> Self {
        let feeds = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts = std::iter::once(0).chain(feeds.map(|(index, _)| index + 1)).collect();
        Self { text, starts }
    }

    /// The position of a byte offset; one behind the text counts as its end.
    pub fn position(&self, offset: usize) -> Position {
        let line = self.starts.partition_point(|start| *start <= offset).max(1);
        let start = self.starts.get(line - 1).copied().unwrap_or(0);
        let before = self.text.get(start..offset.min(self.text.len())).unwrap_or_default();
        Position {
            line,
            column: before.chars().count() + 1,
        }
    }

    /// The text of a line counted from one, without its line break; empty for a line that is not there.
    pub fn line(&self, line: usize) -> &'t str {
        let start = line.checked_sub(1).and_then(|index| self.starts.get(index));
        let rest = start.and_then(|start| self.text.get(*start..)).unwrap_or_default();
        rest.lines().next().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_lines_and_characters_from_one() {
        let lines = Lines::new("ä b\nT | x\r\n");
        let at = |offset| {
            let position = lines.position(offset);
            (position.line, position.column)
        };
        assert_eq!((at(0), at(2), at(4), at(8)), ((1, 1), (1, 2), (1, 4), (2, 4)));
        assert_eq!((at(12), at(99)), ((3, 1), (3, 1)));
        assert_eq!((lines.line(2), lines.line(9)), ("T | x", ""));
    }
}
