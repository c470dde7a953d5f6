//! What was read, for whoever wants to know.

use whotalks_evidence::{ManifestEntry, Status};
use whotalks_record::{EvidenceId, Issue, Text};

/// A capture, or something that turned out to be none.
#[derive(Clone, Debug, PartialEq)]
pub struct CapturePiece {
    /// Its number, which issues cite.
    pub id: EvidenceId,
    /// Its path as given, with `!` before a member of an archive.
    pub path: Text,
    /// The word of its format.
    pub format: &'static str,
    /// Packets that it held.
    pub packets: u64,
    /// Whether it is a capture.
    pub is_capture: bool,
    /// What could not be read of it.
    pub issues: Vec<Issue>,
}

/// Everything that the paths led to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CapturesRead {
    /// In the order in which they were read.
    pub pieces: Vec<CapturePiece>,
}

impl CapturesRead {
    /// Whether a capture was among them, of which at least something could be read.
    pub fn anything_read(&self) -> bool {
        let read = |piece: &CapturePiece| piece.is_capture && (piece.packets > 0 || piece.issues.is_empty());
        self.pieces.iter().any(read)
    }

    /// What could not be read, with the piece that it belongs to.
    pub fn issues(&self) -> impl Iterator<Item = (&CapturePiece, &Issue)> {
        self.pieces
            .iter()
            .flat_map(|piece| piece.issues.iter().map(move |issue| (piece, issue)))
    }
}

impl CapturePiece {
    /// As the manifest of a run has it.
    pub(super) fn of(entry: ManifestEntry) -> Self {
        let is_double = matches!(entry.status, Status::Duplicate(_));
        Self {
            id: entry.piece.id,
            path: entry.piece.path,
            format: entry.piece.format.word(),
            packets: if is_double { 0 } else { entry.packets },
            is_capture: entry.piece.format.is_capture(),
            issues: entry.issues,
        }
    }
}
