//! Windows `tasklist` in its three formats, and the `pid(0xhex) name` lines that support collectors put before it.

mod comma;
mod heading;
mod list;
mod process;
mod table;

use whotalks_record::{ListingTool, Span};

use crate::lines::Line;
use crate::output::{Listing, Output};
use crate::recogniser::{End, Recogniser};
use comma::Comma;
use list::List;
use process::Process;
use table::Table;

/// Reads process listings.
#[derive(Default)]
pub(crate) struct Tasklist {
    header: Option<Span>,
    previous: Option<(Span, String)>,
    listing: Option<Listing>,
    format: Option<Format>,
    list: List,
    pending: Option<Process>,
    none_word: Option<String>,
    last: Option<Span>,
}

enum Format {
    Table(Table),
    Comma(Comma),
    List,
}

impl Recogniser for Tasklist {
    fn line(&mut self, line: &Line, output: &mut Output<'_>) -> bool {
        let claimed = self.take(line, output);
        if claimed {
            self.last = Some(line.span);
        }
        if !line.text.trim().is_empty() {
            self.previous = Some((line.span, line.text.clone()));
        }
        claimed
    }

    fn close(&mut self, _: End, output: &mut Output<'_>) {
        self.end_list(output);
        self.flush(output);
        self.format = None;
        self.header = None;
        self.previous = None;
        self.none_word = None;
        if let (Some(listing), Some(last)) = (self.listing.take(), self.last) {
            output.close(listing, last);
        }
    }
}

impl Tasklist {
    fn take(&mut self, line: &Line, output: &mut Output<'_>) -> bool {
        if self.start(line, output) || self.continue_format(line, output) {
            return true;
        }
        if let Some(process) = heading::parse(line).or_else(|| self.untitled(line)) {
            self.push(process, output);
            return true;
        }
        if line.text.trim().is_empty() {
            self.end_list(output);
            if let Some(Format::Table(table)) = &mut self.format {
                table.end_of_block();
            }
            return self.listing.is_some() || self.pending.is_some();
        }
        self.take_list(line)
    }

    /// A row in quotes without titles, as `/nh` leaves them out.
    fn untitled(&mut self, line: &Line) -> Option<Process> {
        let process = Comma::untitled(line).filter(|_| self.format.is_none())?;
        self.format = Comma::of_row(line).map(Format::Comma);
        Some(process)
    }

    /// The line that shows the format: the rule under the titles, or the titles in quotes.
    fn start(&mut self, line: &Line, output: &mut Output<'_>) -> bool {
        let titles = self.previous.as_ref().map(|(_, text)| text.as_str());
        let format = Table::start(&line.text, titles)
            .map(Format::Table)
            .or_else(|| Comma::start(&line.text).map(Format::Comma));
        let Some(format) = format else {
            return false;
        };
        let header = match format {
            Format::Table(_) => self.previous.as_ref().map_or(line.span, |(span, _)| *span),
            _ => line.span,
        };
        // The heading lines of a collector belong to the table after them.
        let after_headings = self.format.is_none();
        if !after_headings {
            self.close(End::Listing, output);
        }
        self.header = Some(header);
        self.format = Some(format);
        self.listing.is_some() || self.pending.is_some()
    }

    fn continue_format(&mut self, line: &Line, output: &mut Output<'_>) -> bool {
        let process = match &self.format {
            Some(Format::Table(table)) => match table.row(line) {
                table::Parsed::Process(process) => process,
                table::Parsed::MoreServices(services) => {
                    if let Some(pending) = &mut self.pending {
                        pending.add_services(&services, line.span);
                        return true;
                    }
                    return false;
                }
                table::Parsed::Other => return false,
            },
            Some(Format::Comma(comma)) => match comma.row(line) {
                Some(process) => process,
                None => return false,
            },
            Some(Format::List) | None => return false,
        };
        self.push(process, output);
        true
    }

    fn take_list(&mut self, line: &Line) -> bool {
        if !self.list.take(line) {
            return false;
        }
        if self.list.is_proved() && self.format.is_none() {
            self.format = Some(Format::List);
        }
        self.list.is_proved()
    }

    fn end_list(&mut self, output: &mut Output<'_>) {
        if let Some(process) = self.list.finish() {
            self.push(process, output);
        }
    }

    /// Rows go out one late: the next line may bring more services.
    fn push(&mut self, process: Process, output: &mut Output<'_>) {
        self.flush(output);
        self.pending = Some(process);
    }

    fn flush(&mut self, output: &mut Output<'_>) {
        let Some(process) = self.pending.take() else {
            return;
        };
        let first = self.header.take().unwrap_or(process.span);
        let listing = self.listing.take();
        let mut listing = listing.unwrap_or_else(|| output.open(ListingTool::Tasklist, first, true));
        if self.none_word.is_none() {
            self.none_word = process.word_for_none();
        }
        process.emit(self.none_word.as_deref(), &mut listing, output);
        self.listing = Some(listing);
    }
}
