//! Linux `netstat` (net-tools): `-tunap` and its mixtures with `-e` and `-o`.

mod row;

use whotalks_record::{Issue, IssueKind, ListingTool, Record, Socket, Span};

use crate::lines::Line;
use crate::output::{Listing, Output};
use crate::recogniser::{End, Recogniser};
use row::{Parsed, Row};

/// Reads listings of Linux netstat.
#[derive(Default)]
pub(crate) struct LinuxNetstat {
    header: Option<Header>,
    listing: Option<Listing>,
    pending: Option<(Span, Row)>,
    wide: bool,
    last: Option<Span>,
}

struct Header {
    span: Span,
    has_owners: bool,
}

impl Recogniser for LinuxNetstat {
    fn line(&mut self, line: &Line, output: &mut Output<'_>) -> bool {
        if line.text.trim().is_empty() {
            return self.listing.is_some() || self.pending.is_some();
        }
        if is_header(&line.text) {
            let was_open = self.listing.is_some() || self.pending.is_some();
            self.close(End::Listing, output);
            self.header = Some(Header {
                span: line.span,
                has_owners: line.text.contains("PID/"),
            });
            return was_open;
        }
        match row::parse(&line.text) {
            Parsed::Row(row) => {
                self.flush(output);
                self.wide |= row.is_wide;
                self.pending = Some((line.span, row));
                self.last = Some(line.span);
                true
            }
            // Sockets of other protocols and of the host itself are rows all the same.
            Parsed::Skipped => self.listing.is_some() || self.pending.is_some(),
            Parsed::Other => false,
        }
    }

    fn close(&mut self, _: End, output: &mut Output<'_>) {
        self.flush(output);
        self.header = None;
        self.wide = false;
        if let (Some(listing), Some(last)) = (self.listing.take(), self.last) {
            output.close(listing, last);
        }
    }
}

impl LinuxNetstat {
    /// Rows go out one line late, so that another listing's end is never behind this one's beginning.
    fn flush(&mut self, output: &mut Output<'_>) {
        let Some((span, row)) = self.pending.take() else {
            return;
        };
        let mut listing = self.listing.take().unwrap_or_else(|| {
            let header = self.header.take();
            let owners = header.as_ref().is_some_and(|header| header.has_owners) || row.owner_column;
            output.open(
                ListingTool::LinuxNetstat,
                header.map_or(span, |header| header.span),
                owners,
            )
        });
        emit(span, row, self.wide, &mut listing, output);
        self.listing = Some(listing);
    }
}

fn emit(span: Span, row: Row, wide: bool, listing: &mut Listing, output: &mut Output<'_>) {
    let certain = wide || !row.may_be_cut;
    let (Some(local), Some(remote), true) = (row.local.local(), row.remote(), certain) else {
        let found = row.ends.into();
        let kind = IssueKind::Unsupported {
            field: "socket.address",
            found,
        };
        return output.unreadable_row(listing, Issue { span, kind });
    };
    let socket = Socket {
        span,
        snapshot: listing.number,
        protocol: row.protocol,
        local,
        remote,
        state: row.state,
        pid: row.pid,
        image: row.program.map(|program| output.shared.share(&program)),
        component: None,
        modules: Vec::new(),
    };
    output.row(listing, Record::Socket(socket));
}

/// `Proto Recv-Q Send-Q …`; some translations keep only the first word and the letters Q.
fn is_header(text: &str) -> bool {
    let mut words = text.split_whitespace();
    words.next() == Some("Proto") && words.next().is_some_and(|word| word.ends_with("-Q"))
}
