//! Whether a text holds listings, found by reading its beginning.

use whotalks_record::{EvidenceId, Issue, IssueKind, ListingTool, Packet, Reader, Record, Sink, Source};

use crate::reader::TextReader;

/// Rows that leave no doubt.
const CERTAIN_ROWS: u64 = 3;

/// What the beginning of a text holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sniff {
    /// The tool of the first listing.
    pub tool: ListingTool,
    /// How sure that is.
    pub certainty: Certainty,
}

/// How sure a guess by content is, weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Certainty {
    /// One or two rows: an excerpt in a longer text, perhaps.
    Unsure,
    /// Several rows.
    Certain,
}

/// Looks for a listing in the first bytes of a text; some tens of kilobytes are enough, since it is read as the reader
/// itself would read it. A listing that begins later is not seen: the reader finds it all the same.
pub fn sniff(prefix: &[u8]) -> Option<Sniff> {
    let mut found = Found::default();
    let mut bytes = prefix;
    let source = Source {
        evidence: EvidenceId(0),
        bytes: &mut bytes,
        length: None,
        modified: None,
    };
    TextReader.read(source, &mut found);
    let certainty = if found.rows >= CERTAIN_ROWS {
        Certainty::Certain
    } else {
        Certainty::Unsure
    };
    found
        .tool
        .filter(|_| found.rows > 0)
        .map(|tool| Sniff { tool, certainty })
}

#[derive(Default)]
struct Found {
    tool: Option<ListingTool>,
    rows: u64,
}

impl Sink for Found {
    fn record(&mut self, record: Record) {
        match record {
            Record::Snapshot(snapshot) => self.tool = self.tool.or(Some(snapshot.tool)),
            Record::Range(_) => {}
            _ => self.rows = self.rows.saturating_add(1),
        }
    }

    fn packet(&mut self, _: &Packet<'_>) {}

    /// A row whose addresses are names cannot be used and is a row all the same.
    fn issue(&mut self, issue: Issue) {
        if let IssueKind::Unsupported {
            field: "socket.address",
            ..
        } = issue.kind
        {
            self.rows = self.rows.saturating_add(1);
        }
    }
}
