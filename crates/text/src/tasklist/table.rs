//! The default format: fixed columns under a rule of equals signs.

use unicode_width::UnicodeWidthChar;
use whotalks_record::Pid;

use super::process::{self, Process};
use crate::lines::Line;

/// The widths of the first two columns in every version: image and pid.
const IMAGE_WIDTH: usize = 25;
const PID_WIDTH: usize = 8;

/// No variant of the tool has more columns.
const MOST_COLUMNS: usize = 16;

/// The columns of a table, in display cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Table {
    columns: Vec<Column>,
    ended: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Column {
    start: usize,
    width: usize,
}

/// What a line under the rule is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Parsed {
    /// A process.
    Process(Process),
    /// More services of the process before.
    MoreServices(String),
    /// Not of the table.
    Other,
}

impl Table {
    /// Reads the rule. Its first two widths are always the same; where they are not, the titles above must say PID.
    pub(crate) fn start(text: &str, titles: Option<&str>) -> Option<Self> {
        let columns = rule(text)?;
        let widths: Vec<usize> = columns.iter().map(|column| column.width).collect();
        let usual = matches!(widths.as_slice(), [IMAGE_WIDTH, PID_WIDTH, _, ..]);
        let titled = titles.is_some_and(|titles| titles.split_whitespace().any(|word| word == "PID"));
        (usual || titled).then_some(Self { columns, ended: false })
    }

    /// A blank line came: what follows may be prose, and is a row only where every column stands in its place.
    pub(crate) fn end_of_block(&mut self) {
        self.ended = true;
    }

    /// Reads a line by the columns of the rule, counted in cells as the tool does, else in characters, since text that was
    /// pasted through other programs may have lost its alignment; else by its words.
    pub(crate) fn row(&self, line: &Line) -> Parsed {
        for width in [cells, characters] {
            let parts = self.cut(&line.text, width);
            let parts: Vec<&str> = parts.iter().map(|part| part.trim()).collect();
            if let Some(mut process) = Process::from_columns(line.span, &parts) {
                self.mark_cut_name(&mut process);
                return Parsed::Process(process);
            }
            if let ["", "", more] = parts.as_slice()
                && !more.is_empty()
            {
                return Parsed::MoreServices((*more).to_owned());
            }
        }
        self.by_words(line).map_or(Parsed::Other, Parsed::Process)
    }

    /// The table cuts a longer name without a sign; the dots say that more followed.
    fn mark_cut_name(&self, process: &mut Process) {
        let width: usize = process.image.chars().map(cells).sum();
        let full = self.columns.first().is_some_and(|column| width >= column.width);
        let has_extension = process
            .image
            .rsplit_once('.')
            .is_some_and(|(_, extension)| extension.len() == 3);
        if full && !has_extension {
            process.image.push('…');
        }
    }

    fn cut<'a>(&self, text: &'a str, width: fn(char) -> usize) -> Vec<&'a str> {
        let last = self.columns.len().saturating_sub(1);
        let columns = self.columns.iter().enumerate();
        columns
            .map(|(index, column)| {
                let end = if index == last {
                    usize::MAX
                } else {
                    column.start.saturating_add(column.width)
                };
                slice(text, column.start, end, width)
            })
            .collect()
    }

    /// A name, a number and, where there are three columns, the services.
    fn by_words(&self, line: &Line) -> Option<Process> {
        let words: Vec<&str> = line.text.split_whitespace().filter(|_| !self.ended).collect();
        let at = words
            .iter()
            .skip(1)
            .position(|word| process::pid(word).is_some())?
            .saturating_add(1);
        let name = words.get(..at)?.join(" ");
        let number: Pid = process::pid(words.get(at)?)?;
        let rest = words.get(at.saturating_add(1)..)?.join(" ");
        if !name.to_ascii_lowercase().ends_with(".exe") {
            return None;
        }
        let number = number.to_string();
        match self.columns.len() {
            3 => Process::from_columns(line.span, &[&name, &number, &rest]),
            _ => Process::from_columns(line.span, &[&name, &number]),
        }
    }
}

fn rule(text: &str) -> Option<Vec<Column>> {
    if !text.contains("===") || !text.chars().all(|c| c == '=' || c == ' ' || c == '\t') {
        return None;
    }
    let mut columns = Vec::new();
    let mut start = 0;
    for part in text.split(' ') {
        if !part.is_empty() {
            columns.push(Column {
                start,
                width: part.len(),
            });
        }
        start = start.saturating_add(part.len()).saturating_add(1);
    }
    (3..=MOST_COLUMNS).contains(&columns.len()).then_some(columns)
}

fn cells(c: char) -> usize {
    c.width().unwrap_or(0)
}

fn characters(_: char) -> usize {
    1
}

/// The part of `text` between two places counted by `width`.
fn slice(text: &str, start: usize, end: usize, width: fn(char) -> usize) -> &str {
    let (mut place, mut first, mut last) = (0_usize, None, text.len());
    for (index, c) in text.char_indices() {
        if place >= start && first.is_none() {
            first = Some(index);
        }
        if place >= end {
            last = index;
            break;
        }
        place = place.saturating_add(width(c));
    }
    first.and_then(|first| text.get(first..last)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_counted_in_cells() {
        assert_eq!(slice("日本x yz", 4, 5, cells), "x");
        assert_eq!(slice("日本x yz", 6, usize::MAX, cells), "yz");
        assert_eq!(slice("ab", 5, 6, cells), "");
    }

    #[test]
    fn a_rule_of_other_widths_needs_its_titles() {
        let other = "==== ===== ====";
        assert!(Table::start(other, None).is_none());
        assert!(Table::start(other, Some("Name PID Services")).is_some());
        assert!(Table::start("========================= ======== ====", None).is_some());
        assert!(Table::start("=====", Some("PID")).is_none());
    }
}
