//! The counter listings: `netstat -s`, `-e` and `-es`.

use whotalks_record::{Counter, Issue, IssueKind, ListingTool, Record, Span};

use super::layouts::Section;
use crate::lines::Line;
use crate::output::{Listing, Output, joined};
use crate::recogniser::{End, Recogniser};

/// A title is followed by its first row within so many lines: a blank one, the titles of two columns, a blank one.
const MOST_LINES_AFTER_TITLE: u8 = 4;

/// A title is a few words; a longer line that mentions a protocol is prose.
const MOST_WORDS_OF_TITLE: usize = 6;

/// `netstat -e` has no protocol word in its title: it is known by five rows with two numbers and one with one.
const INTERFACE_SHAPE: [usize; 6] = [2, 2, 2, 2, 2, 1];

/// Reads counter listings.
#[derive(Default)]
pub(crate) struct Statistics {
    listing: Option<Listing>,
    seen: Vec<Section>,
    open: Option<Open>,
    interface: Vec<Row>,
    last: Option<Span>,
}

/// A section whose rows are coming in.
struct Open {
    section: Section,
    title: Span,
    lines_since: u8,
    rows: Vec<Row>,
    overflow: bool,
    /// Whether a blank line came after the last row.
    ended: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Row {
    span: Span,
    values: Vec<u64>,
}

impl Recogniser for Statistics {
    fn line(&mut self, line: &Line, output: &mut Output<'_>) -> bool {
        if line.text.trim().is_empty() {
            if let Some(open) = self.open.as_mut().filter(|open| !open.rows.is_empty()) {
                open.ended |= line.terminated;
            }
            return self.listing.is_some();
        }
        if let Some(section) = title(&line.text) {
            self.end_section(End::Listing, output);
            self.interface.clear();
            self.open = Some(Open {
                section,
                title: line.span,
                lines_since: 0,
                rows: Vec::new(),
                overflow: false,
                ended: false,
            });
            return self.listing.is_some();
        }
        self.row(line, output)
    }

    fn close(&mut self, end: End, output: &mut Output<'_>) {
        self.end_section(end, output);
        self.interface.clear();
        self.end_listing(output);
    }
}

impl Statistics {
    fn row(&mut self, line: &Line, output: &mut Output<'_>) -> bool {
        if let Some(open) = &mut self.open {
            if let Some(values) = values(&line.text, open.section) {
                self.last = Some(line.span);
                open.push(Row {
                    span: line.span,
                    values,
                });
                return true;
            }
            if !line.terminated && !open.rows.is_empty() {
                // The beginning of a row that was cut off.
                return true;
            }
            open.lines_since += 1;
            if open.rows.is_empty() && open.lines_since < MOST_LINES_AFTER_TITLE {
                return self.listing.is_some();
            }
            self.end_section(End::Listing, output);
        }
        self.interface_row(line, output)
    }

    /// A row that may belong to the six of `netstat -e`. Nothing is claimed before the last of them.
    fn interface_row(&mut self, line: &Line, output: &mut Output<'_>) -> bool {
        let wanted = INTERFACE_SHAPE.get(self.interface.len()).copied().unwrap_or_default();
        match numbers_at_end(&line.text).filter(|values| values.len() == wanted) {
            Some(values) => self.interface.push(Row {
                span: line.span,
                values,
            }),
            None => self.interface.clear(),
        }
        if self.interface.len() < INTERFACE_SHAPE.len() {
            return false;
        }
        self.last = Some(line.span);
        let rows = std::mem::take(&mut self.interface);
        let first = rows.first().map_or(line.span, |row| row.span);
        let names = Section::INTERFACE.layout(rows.len()).unwrap_or_default();
        self.emit(Section::INTERFACE, first, &names, &rows, output);
        true
    }

    /// The section is complete: out with its rows, if their number proves which is which.
    fn end_section(&mut self, end: End, output: &mut Output<'_>) {
        let Some(open) = self.open.take().filter(|open| !open.rows.is_empty()) else {
            return;
        };
        let count = open.rows.len();
        // A cut section may have as many rows as a complete one of another version, in another order.
        let cut = end == End::Text && count < open.section.most_rows() && !open.ended;
        if let Some(names) = open.section.layout(count).filter(|_| !open.overflow && !cut) {
            return self.emit(open.section, open.title, &names, &open.rows, output);
        }
        if cut {
            let names = open.section.common_start(count);
            self.emit(open.section, open.title, &names, &open.rows, output);
            return output.issue(open.truncated());
        }
        // Two lines under a title that mentions a protocol are no section that went wrong.
        if self.listing.is_some() || count.saturating_mul(2) >= open.section.most_rows() {
            output.issue(open.unknown_shape());
        }
    }

    fn emit(&mut self, section: Section, title: Span, names: &[&str], rows: &[Row], output: &mut Output<'_>) {
        if names.is_empty() {
            return;
        }
        if self.seen.contains(&section) {
            self.end_listing(output);
        }
        let listing = self.listing.take();
        let mut listing = listing.unwrap_or_else(|| output.open(ListingTool::WindowsNetstatStatistics, title, false));
        self.seen.push(section);
        for (name, row) in names.iter().zip(rows) {
            emit_row(section, name, row, &mut listing, output);
        }
        self.listing = Some(listing);
    }

    fn end_listing(&mut self, output: &mut Output<'_>) {
        self.seen.clear();
        if let (Some(listing), Some(last)) = (self.listing.take(), self.last) {
            output.close(listing, last);
        }
    }
}

impl Open {
    fn push(&mut self, row: Row) {
        if self.rows.len() < self.section.most_rows() {
            self.rows.push(row);
        } else {
            self.overflow = true;
        }
    }

    fn span(&self) -> Span {
        joined(self.title, self.rows.last().map_or(self.title, |row| row.span))
    }

    fn truncated(&self) -> Issue {
        Issue {
            span: self.span(),
            kind: IssueKind::Truncated {
                field: "netstat.section",
                needed: self.section.most_rows() as u64,
                available: self.rows.len() as u64,
            },
        }
    }

    fn unknown_shape(&self) -> Issue {
        let more = if self.overflow { "more than " } else { "" };
        Issue {
            span: self.span(),
            kind: IssueKind::Unsupported {
                field: "netstat.section",
                found: format!("{} with {more}{} rows", self.section.0, self.rows.len()).into(),
            },
        }
    }
}

fn emit_row(section: Section, name: &str, row: &Row, listing: &mut Listing, output: &mut Output<'_>) {
    // The interface's unknown protocols are only received.
    let columns = if section.has_two_columns() { 2 } else { 1 };
    for (column, value) in row.values.iter().enumerate() {
        let name = section.counter(name, column, columns);
        let counter = Counter {
            span: row.span,
            snapshot: listing.number,
            section: section.0,
            name: output.shared.share(&name),
            value: *value,
        };
        output.row(listing, Record::Counter(counter));
    }
}

/// The section that a line opens, if it is a title: a few words, no value.
fn title(text: &str) -> Option<Section> {
    let short = text.split_whitespace().count() <= MOST_WORDS_OF_TITLE;
    let valueless = !text.contains(['=', ':', '[']);
    (short && valueless && numbers_at_end(text).is_none())
        .then(|| Section::of_title(text))
        .flatten()
}

/// The values of a row of `section`.
fn values(text: &str, section: Section) -> Option<Vec<u64>> {
    if section.has_two_columns() {
        return numbers_at_end(text).filter(|values| values.len() == 2);
    }
    let (label, value) = text.rsplit_once('=')?;
    let value = value.trim();
    let decimal = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
    (decimal && !label.trim().is_empty())
        .then(|| value.parse().ok().map(|value| vec![value]))
        .flatten()
}

/// The one or two numbers behind a label.
fn numbers_at_end(text: &str) -> Option<Vec<u64>> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_number = |word: &&&str| word.bytes().all(|byte| byte.is_ascii_digit());
    let count = words.iter().rev().take_while(is_number).count();
    let label = words.len().checked_sub(count).filter(|label| *label > 0)?;
    if !(1..=2).contains(&count) {
        return None;
    }
    words.get(label..)?.iter().map(|word| word.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_read_by_their_shape() {
        assert_eq!(values("  セグメント   = 12", Section("tcp-ipv4")), Some(vec![12]));
        assert_eq!(values("  Messages   3  4", Section("icmpv4")), Some(vec![3, 4]));
        assert_eq!(values("  Messages   3", Section("icmpv4")), None);
        assert_eq!(values("  x = 12 of 13", Section("tcp-ipv4")), None);
        assert_eq!(values("  x = 99999999999999999999", Section("tcp-ipv4")), None);
    }

    #[test]
    fn prose_opens_no_section() {
        for text in [
            "TCP 10.0.0.1:1",
            "TCP = 4",
            "the TCP connections were all closed by the user",
            "TCP 12 13",
        ] {
            assert_eq!(title(text), None, "{text}");
        }
        assert_eq!(title("TCP Statistics for IPv4"), Some(Section("tcp-ipv4")));
    }
}
