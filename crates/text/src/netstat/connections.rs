//! The connection listing: `netstat -an`, `-ano`, `-anob`, `-abv`, `-anoq`, `-ant` and their mixtures.

use unicode_width::UnicodeWidthStr;
use whotalks_record::{Issue, IssueKind, ListingTool, Record, Socket, Span};

use super::owner::Owner;
use super::row::{self, Parsed, Row};
use crate::lines::Line;
use crate::output::{Listing, Output, joined};
use crate::recogniser::{End, Recogniser};

/// Widths of a console that breaks a longer line without a blank.
const CONSOLE_WIDTHS: [usize; 4] = [80, 100, 120, 132];

/// A broken row lies on at most so many lines.
const MOST_LINES_OF_A_ROW: u8 = 4;

/// A header is followed by its first row at once, or after a blank line or two.
const MOST_LINES_AFTER_HEADER: u8 = 2;

/// Reads connection listings.
#[derive(Default)]
pub(crate) struct Connections {
    header: Option<Header>,
    listing: Option<Listing>,
    has_pid: Option<bool>,
    pending: Option<Pending>,
    last: Option<Span>,
}

/// The line of column titles, in whatever language.
struct Header {
    span: Span,
    has_pid: bool,
    lines_since: u8,
}

/// The row that is still growing: by its owner lines or by the rest of a broken line.
struct Pending {
    span: Span,
    last_line: Span,
    text: String,
    row: Option<Row>,
    owner: Owner,
    lines: u8,
    detached: bool,
}

impl Recogniser for Connections {
    fn line(&mut self, line: &Line, output: &mut Output<'_>) -> bool {
        self.last = Some(line.span);
        match row::parse(&line.text) {
            Parsed::Row(row) => self.begin(line, Some(row), output),
            Parsed::Beginning => self.begin(line, None, output),
            Parsed::Other => return self.other(line, output),
        }
        true
    }

    fn close(&mut self, _: End, output: &mut Output<'_>) {
        self.flush(output);
        self.header = None;
        self.end_listing(output);
    }
}

impl Connections {
    fn begin(&mut self, line: &Line, row: Option<Row>, output: &mut Output<'_>) {
        self.flush(output);
        self.pending = Some(Pending {
            span: line.span,
            last_line: line.span,
            text: line.text.trim_end().to_owned(),
            row,
            owner: Owner::default(),
            lines: 1,
            detached: false,
        });
    }

    /// A line that begins no row.
    fn other(&mut self, line: &Line, output: &mut Output<'_>) -> bool {
        let blank = line.text.trim().is_empty();
        if let Some(pending) = &mut self.pending {
            if blank {
                pending.detached = true;
                return true;
            }
            let expects_pid = self
                .has_pid
                .or(self.header.as_ref().map(|header| header.has_pid))
                .unwrap_or(true);
            if pending.join(line, expects_pid) {
                return true;
            }
            if pending.row.is_some() && !is_header(&line.text) && pending.owner.take(line, pending.detached) {
                pending.last_line = line.span;
                return true;
            }
            // Whatever follows another text is no word about this row.
            pending.detached = true;
        }
        if blank {
            return self.listing.is_some();
        }
        self.remember_header(line, output)
    }

    /// Column titles end the listing before them; any other text only counts the distance to the last titles.
    fn remember_header(&mut self, line: &Line, output: &mut Output<'_>) -> bool {
        if !is_header(&line.text) {
            if let Some(header) = &mut self.header {
                header.lines_since += 1;
            }
            self.header = self
                .header
                .take()
                .filter(|header| header.lines_since <= MOST_LINES_AFTER_HEADER);
            return false;
        }
        let was_open = self.listing.is_some() || self.pending.is_some();
        self.flush(output);
        self.end_listing(output);
        self.header = Some(Header {
            span: line.span,
            has_pid: line.text.split_whitespace().any(|word| word == "PID"),
            lines_since: 0,
        });
        was_open
    }

    fn end_listing(&mut self, output: &mut Output<'_>) {
        self.has_pid = None;
        if let (Some(listing), Some(last)) = (self.listing.take(), self.last) {
            output.close(listing, last);
        }
    }

    /// The pending row is complete: out with it.
    fn flush(&mut self, output: &mut Output<'_>) {
        let Some(pending) = self.pending.take() else {
            return;
        };
        let Some(row) = pending.row.clone() else {
            // Half a row proves no listing; inside one it is a loss.
            if self.listing.is_some() {
                output.issue(malformed(&pending));
            }
            return;
        };
        let mut listing = self.listing.take().unwrap_or_else(|| self.open(&pending, &row, output));
        emit(&row, &pending, &mut listing, output);
        self.listing = Some(listing);
    }

    fn open(&mut self, pending: &Pending, row: &Row, output: &mut Output<'_>) -> Listing {
        let header = self.header.take();
        let has_pid = header.as_ref().is_some_and(|header| header.has_pid) || row.pid.is_some();
        self.has_pid = Some(has_pid);
        let owners = has_pid || pending.owner.is_known() || output.command.has(&['o', 'b']);
        let span = header.map_or(pending.span, |header| header.span);
        output.open(ListingTool::WindowsNetstat, span, owners)
    }
}

impl Pending {
    /// Takes the rest of a broken row, if with it the line proves to be more of a row than without.
    fn join(&mut self, line: &Line, expects_pid: bool) -> bool {
        let rest = line.text.trim();
        let image = rest.starts_with('[') && rest.ends_with(']');
        if self.lines >= MOST_LINES_OF_A_ROW || image || self.owner.is_known() || self.detached {
            return false;
        }
        let full = CONSOLE_WIDTHS.contains(&self.text.width());
        let digits = rest.bytes().all(|byte| byte.is_ascii_digit());
        let unbroken = format!("{}{rest}", self.text);
        let broken = format!("{} {rest}", self.text);
        let at_margin = !line.text.starts_with(char::is_whitespace);
        let hard = full && at_margin && self.improves(&unbroken, digits);
        let chosen = if hard {
            unbroken
        } else if (!digits || expects_pid) && self.improves(&broken, false) {
            broken
        } else if self.improves(&unbroken, false) && at_margin && !digits {
            unbroken
        } else if self.row.is_none() && rest.split_whitespace().count() <= 2 && row::parse(&broken) == Parsed::Beginning
        {
            broken
        } else {
            return false;
        };
        self.accept(chosen, line);
        true
    }

    /// Whether `text` is more of a row than what is there. A process id cut by the console's edge gains no column, so
    /// `same_will_do` lets it pass.
    fn improves(&self, text: &str, same_will_do: bool) -> bool {
        let before = self.row.as_ref().map_or(0, Row::columns);
        match row::parse(text) {
            Parsed::Row(row) => row.columns() > before || (same_will_do && row.columns() == before),
            _ => false,
        }
    }

    fn accept(&mut self, text: String, line: &Line) {
        self.row = match row::parse(&text) {
            Parsed::Row(row) => Some(row),
            _ => None,
        };
        self.text = text;
        self.last_line = line.span;
        self.lines += 1;
    }
}

fn emit(row: &Row, pending: &Pending, listing: &mut Listing, output: &mut Output<'_>) {
    let span = joined(pending.span, pending.last_line);
    let (Some(local), Some(remote)) = (row.local.local(), far_end(row)) else {
        let found = pending.text.trim().into();
        let kind = IssueKind::Unsupported {
            field: "socket.address",
            found,
        };
        return output.unreadable_row(listing, Issue { span, kind });
    };
    if let Some(word) = &row.state_word {
        let kind = IssueKind::Unsupported {
            field: "socket.state",
            found: word.as_str().into(),
        };
        output.unreadable_row(listing, Issue { span, kind });
    }
    let owner = &pending.owner;
    let socket = Socket {
        span,
        snapshot: listing.number,
        protocol: row.protocol,
        local,
        remote,
        state: row.state,
        pid: row.pid,
        image: owner.image.as_deref().map(|image| output.shared.share(image)),
        component: owner.component().map(|component| output.shared.share(component)),
        modules: owner.modules.iter().map(|module| output.shared.share(module)).collect(),
    };
    output.row(listing, Record::Socket(socket));
}

/// A listener has no far end, even where the listing puts the own host's name there (`chief:0`).
fn far_end(row: &Row) -> Option<Option<whotalks_record::Endpoint>> {
    if row.state == Some(whotalks_record::SocketState::Listen) {
        return Some(None);
    }
    row.foreign.remote()
}

fn malformed(pending: &Pending) -> Issue {
    Issue {
        span: joined(pending.span, pending.last_line),
        kind: IssueKind::Malformed {
            field: "netstat.row",
            found: pending.text.trim().into(),
        },
    }
}

/// Whether a line is one of column titles: at least three of them, apart by two blanks or a tab, or the word PID after
/// three others; no digits, no brackets, no path.
fn is_header(text: &str) -> bool {
    let plain = !text.contains(|c: char| c.is_ascii_digit() || "[]:\\/=.*".contains(c));
    let columns = text
        .trim()
        .replace('\t', "  ")
        .split("  ")
        .filter(|column| !column.trim().is_empty())
        .count();
    let words = text.split_whitespace().count();
    plain && (columns >= 3 || (words >= 4 && text.trim_end().ends_with("PID")))
}

#[cfg(test)]
mod tests {
    use super::is_header;

    #[test]
    fn column_titles_are_known_in_any_language() {
        for text in [
            "  Proto  Local Address          Foreign Address        State           PID",
            "  プロトコル  ローカル アドレス      外部アドレス           状態            PID",
            "  Proto  Lokale Adresse         Remoteadresse          Status",
            "  协议  本地地址          外部地址        状态           PID",
            "Proto Local Address Foreign Address State PID",
        ] {
            assert!(is_header(text), "{text}");
        }
    }

    #[test]
    fn titles_rows_and_owners_are_no_header() {
        for text in [
            "Active Connections",
            "アクティブな接続",
            " Can not obtain ownership information",
            "  TCP    0.0.0.0:135            0.0.0.0:0              LISTENING",
            " [svchost.exe]",
            "  C:\\Program Files  x  y",
        ] {
            assert!(!is_header(text), "{text}");
        }
    }
}
