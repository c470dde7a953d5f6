//! Who takes what the readers deliver.

use whotalks_record::{
    EvidenceId, InterfaceDescription, InterfaceId, Issue, IssueKind, Packet, PacketProcess, Record, Sink, Span,
};

use crate::digest::Sha256Digest;
use crate::entry::{ManifestEntry, Piece};
use crate::limits::MOST_ISSUES;

/// Takes records piece by piece, and says which pieces the case has already.
pub trait EvidenceSink: Sink {
    /// The number of the next piece. `next` is the next free one of this run; a sink that shares its numbers with others gives
    /// another, and none twice.
    fn number(&mut self, next: EvidenceId) -> EvidenceId {
        next
    }

    /// The reader of `piece` runs next; what the sink takes until [`EvidenceSink::ends`] belongs to it.
    fn begins(&mut self, piece: &Piece);

    /// The piece is done. Called once for every entry of the manifest, also for those that were never begun. Where a piece
    /// that was begun ends as [`crate::Status::Duplicate`], what it delivered must be thrown away: it was a stream too large to
    /// be held back until its digest was known.
    fn ends(&mut self, entry: &ManifestEntry);

    /// Whether the case holds a piece of this size from an earlier run, so that hashing before reading is worth while.
    fn has_size(&self, bytes: u64) -> bool {
        let _ = bytes;
        false
    }

    /// The piece of an earlier run with this digest.
    fn known_as(&self, sha256: &Sha256Digest) -> Option<EvidenceId> {
        let _ = sha256;
        None
    }
}

/// Counts what passes and keeps the issues for the manifest.
pub(crate) struct Watching<'a> {
    sink: &'a mut dyn EvidenceSink,
    pub(crate) packets: u64,
    pub(crate) records: u64,
    pub(crate) issues: IssueLog,
}

impl<'a> Watching<'a> {
    pub(crate) fn new(sink: &'a mut dyn EvidenceSink) -> Self {
        Self {
            sink,
            packets: 0,
            records: 0,
            issues: IssueLog::default(),
        }
    }

    /// Issues of ours, which the reader cannot know.
    pub(crate) fn own_issue(&mut self, issue: Issue) {
        self.issues.push(issue.clone());
        self.sink.issue(issue);
    }
}

impl Sink for Watching<'_> {
    fn record(&mut self, record: Record) {
        self.records = self.records.saturating_add(1);
        self.sink.record(record);
    }

    fn packet(&mut self, packet: &Packet<'_>) {
        self.packets = self.packets.saturating_add(1);
        self.sink.packet(packet);
    }

    fn issue(&mut self, issue: Issue) {
        // The bytes come from us, and we say better why they stopped.
        if !matches!(issue.kind, IssueKind::Io { .. }) {
            self.own_issue(issue);
        }
    }

    fn interface(&mut self, id: InterfaceId, description: &InterfaceDescription) {
        self.sink.interface(id, description);
    }

    fn comment(&mut self, comment: &[u8]) {
        self.sink.comment(comment);
    }

    fn process(&mut self, process: &PacketProcess) {
        self.sink.process(process);
    }

    fn secrets(&mut self, kind: u32, secrets: &[u8]) {
        self.sink.secrets(kind, secrets);
    }
}

/// The first issues of a piece, and how many more there were.
#[derive(Debug, Default)]
pub(crate) struct IssueLog {
    kept: Vec<Issue>,
    dropped: u64,
}

impl IssueLog {
    pub(crate) fn push(&mut self, issue: Issue) {
        if self.kept.len() < MOST_ISSUES {
            self.kept.push(issue);
        } else {
            self.dropped = self.dropped.saturating_add(1);
        }
    }

    pub(crate) fn finish(mut self, evidence: EvidenceId) -> Vec<Issue> {
        if self.dropped > 0 {
            self.kept.push(Issue {
                span: Span::whole(evidence),
                kind: IssueKind::BoundReached {
                    bound: "manifest.issues",
                    limit: MOST_ISSUES as u64,
                    count: self.dropped,
                },
            });
        }
        self.kept
    }
}
