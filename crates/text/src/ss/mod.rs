//! Linux `ss` (iproute2): `-tunap` and its mixtures, on wide and on narrow terminals.

mod row;
mod users;

use whotalks_record::{Issue, IssueKind, ListingTool, Record, Socket, Span};

use crate::lines::Line;
use crate::output::{Listing, Output, joined};
use crate::recogniser::{End, Recogniser};
use row::{Parsed, Row};

/// A row on a terminal of 80 columns takes two or three lines; one with hundreds of owners many more.
const MOST_LINES_OF_A_ROW: u32 = 400;

/// A joined row is no longer than this; see the bound on lines.
const LONGEST_ROW_BYTES: usize = 65_536;

/// Reads listings of ss.
#[derive(Default)]
pub(crate) struct Ss {
    header: Option<Header>,
    listing: Option<Listing>,
    pending: Option<Pending>,
    saw_udp: bool,
    last: Option<Span>,
}

struct Header {
    span: Span,
    has_owners: bool,
}

struct Pending {
    span: Span,
    last_line: Span,
    text: String,
    lines: u32,
}

impl Recogniser for Ss {
    fn line(&mut self, line: &Line, output: &mut Output<'_>) -> bool {
        if line.text.trim().is_empty() {
            return self.listing.is_some() || self.pending.is_some();
        }
        if is_header(&line.text) {
            let was_open = self.listing.is_some() || self.pending.is_some();
            self.close(End::Listing, output);
            self.header = Some(Header {
                span: line.span,
                has_owners: line.text.contains("Process"),
            });
            return was_open;
        }
        if row::begins(&line.text) {
            self.begin(line, output);
            return true;
        }
        if row::is_other_family(&line.text) {
            self.flush(output);
            return self.listing.is_some();
        }
        self.pending.as_mut().is_some_and(|pending| pending.join(line))
    }

    fn close(&mut self, _: End, output: &mut Output<'_>) {
        self.flush(output);
        self.header = None;
        self.saw_udp = false;
        if let (Some(listing), Some(last)) = (self.listing.take(), self.last) {
            output.close(listing, last);
        }
    }
}

impl Ss {
    fn begin(&mut self, line: &Line, output: &mut Output<'_>) {
        self.flush(output);
        self.last = Some(line.span);
        self.pending = Some(Pending {
            span: line.span,
            last_line: line.span,
            text: line.text.trim().to_owned(),
            lines: 1,
        });
    }

    /// The pending row is complete: out with it.
    fn flush(&mut self, output: &mut Output<'_>) {
        let Some(pending) = self.pending.take() else {
            return;
        };
        let span = joined(pending.span, pending.last_line);
        let udp = self.saw_udp || (output.command.has(&['u']) && !output.command.has(&['t']));
        match row::parse(&pending.text, udp) {
            Parsed::Row(row) => {
                self.saw_udp |= row.shows_udp;
                let mut listing = self.listing.take().unwrap_or_else(|| self.open(span, &row, output));
                emit(span, &row, &mut listing, output);
                self.listing = Some(listing);
            }
            Parsed::Other if self.listing.is_some() => output.issue(Issue {
                span,
                kind: IssueKind::Malformed {
                    field: "ss.row",
                    found: pending.text.into(),
                },
            }),
            Parsed::Other => {}
        }
    }

    fn open(&mut self, span: Span, row: &Row, output: &mut Output<'_>) -> Listing {
        let header = self.header.take();
        let titled = header.as_ref().is_some_and(|header| header.has_owners);
        let owners = titled || !row.users.is_empty() || output.command.has(&['p']);
        output.open(ListingTool::Ss, header.map_or(span, |header| header.span), owners)
    }
}

impl Pending {
    /// Takes the rest of a row that a terminal broke: the missing far end, the owners, or what is missing of a word.
    fn join(&mut self, line: &Line) -> bool {
        let rest = line.text.trim();
        if self.lines >= MOST_LINES_OF_A_ROW || self.text.len().saturating_add(rest.len()) > LONGEST_ROW_BYTES {
            return false;
        }
        let unbalanced = users::is_open(&self.text);
        let complete = matches!(row::parse(&self.text, false), Parsed::Row(_));
        if unbalanced {
            self.text.push_str(rest);
        } else if rest.starts_with("users:((") || !complete {
            self.text.push(' ');
            self.text.push_str(rest);
        } else {
            // Details of -e, -i, -m and -o stand on lines of their own behind a blank.
            return line.text.starts_with(char::is_whitespace);
        }
        self.lines += 1;
        self.last_line = line.span;
        true
    }
}

fn emit(span: Span, row: &Row, listing: &mut Listing, output: &mut Output<'_>) {
    let (Some(local), Some(remote)) = (row.local.local(), row.remote()) else {
        let found = row.ends.as_str().into();
        let kind = IssueKind::Unsupported {
            field: "socket.address",
            found,
        };
        return output.unreadable_row(listing, Issue { span, kind });
    };
    let mut socket = Socket {
        span,
        snapshot: listing.number,
        protocol: row.protocol,
        local,
        remote,
        state: row.state,
        pid: None,
        image: None,
        component: None,
        modules: Vec::new(),
    };
    if row.users.is_empty() {
        return output.row(listing, Record::Socket(socket));
    }
    for user in &row.users {
        socket.pid = Some(user.pid);
        socket.image = Some(output.shared.share(&user.name));
        output.row(listing, Record::Socket(socket.clone()));
    }
}

/// `[Netid] State Recv-Q Send-Q …`, which no translation exists of.
fn is_header(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().take(4).collect();
    matches!(
        words.as_slice(),
        ["Netid", "State", "Recv-Q", "Send-Q"] | ["State", "Recv-Q", "Send-Q", ..]
    )
}
