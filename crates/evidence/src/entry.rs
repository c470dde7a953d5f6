//! What is known about one piece of evidence, before and after it was read.

use whotalks_record::{EvidenceId, Issue, IssueKind, Text, Timestamp};

use crate::digest::Sha256Digest;
use crate::format::Format;

/// A piece of evidence that is about to be read.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece {
    /// Its number, in the order of the manifest.
    pub id: EvidenceId,
    /// Its path as given, with `!` before a member of an archive: `bundle.zip!logs/Security.evtx`.
    pub path: Text,
    /// The archive it lies in.
    pub container: Option<EvidenceId>,
    /// What it is.
    pub format: Format,
    /// Its size in bytes, unpacked, where known beforehand; a hint that hostile archives may falsify.
    pub expected_bytes: Option<u64>,
    /// When it was last modified: of a file its modification time, of an archive member only a time that carries its zone.
    pub modified: Option<Timestamp>,
    /// A word in its path that may name the host it was collected on; a guess, never a proof.
    pub host_hint: Option<Text>,
}

/// One line of the manifest.
#[derive(Clone, Debug, PartialEq)]
pub struct ManifestEntry {
    /// What was known beforehand.
    pub piece: Piece,
    /// How many bytes of it were seen, unpacked.
    pub bytes: u64,
    /// Its digest; none where its bytes could not be had to the end.
    pub sha256: Option<Sha256Digest>,
    /// What became of it.
    pub status: Status,
    /// How many packets its reader delivered.
    pub packets: u64,
    /// How many records its reader delivered.
    pub records: u64,
    /// What could not be read, at most a hundred; a last [`IssueKind::BoundReached`] counts the rest.
    pub issues: Vec<Issue>,
}

/// What became of a piece of evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Read whole.
    Read,
    /// Read in part; the issues say what is missing.
    ReadInPart,
    /// The same bytes as an earlier piece, and not read again.
    Duplicate(EvidenceId),
    /// Named only: there is no reader for it.
    NotUnderstood,
    /// Nothing could be had from it; the issues say why.
    Failed,
    /// A container; its members have entries of their own.
    Container,
}

/// Every piece of evidence that was met, in the order of the numbers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Manifest {
    /// The lines.
    pub entries: Vec<ManifestEntry>,
}

impl Manifest {
    /// Whether anything was read.
    #[must_use]
    pub fn anything_read(&self) -> bool {
        self.entries.iter().any(|entry| entry.status.is_read())
    }
}

impl Status {
    /// Whether records of it are in the case, from this piece or from the one it doubles.
    #[must_use]
    pub const fn is_read(self) -> bool {
        matches!(self, Self::Read | Self::ReadInPart | Self::Duplicate(_))
    }
}

impl ManifestEntry {
    /// The entry of a piece that no reader was given.
    pub(crate) const fn unread(piece: Piece, bytes: u64) -> Self {
        Self {
            piece,
            bytes,
            sha256: None,
            status: Status::NotUnderstood,
            packets: 0,
            records: 0,
            issues: Vec::new(),
        }
    }

    /// The status of a piece that a reader was given, by what it delivered and what stood in its way.
    pub(crate) fn judge(packets: u64, records: u64, issues: &[Issue]) -> Status {
        let damaged = issues.iter().any(|issue| is_damage(&issue.kind));
        match (damaged, packets.saturating_add(records)) {
            (false, _) => Status::Read,
            (true, 0) => Status::Failed,
            (true, _) => Status::ReadInPart,
        }
    }
}

/// Whether an issue means that something readable may be missing. What the source itself lost, or a structure that whotalks
/// passes over on purpose, is no damage.
const fn is_damage(kind: &IssueKind) -> bool {
    match kind {
        IssueKind::Truncated { .. }
        | IssueKind::Malformed { .. }
        | IssueKind::Skipped { .. }
        | IssueKind::BoundReached { .. }
        | IssueKind::Io { .. } => true,
        IssueKind::Unsupported { .. } | IssueKind::Lost { .. } => false,
    }
}
