//! What was read, for whoever wants to know.

use std::collections::BTreeSet;
use std::net::IpAddr;

use whotalks_evidence::{ManifestEntry, Status};
use whotalks_record::{EvidenceId, Issue, IssueKind, Span, Text};

/// Names of addresses that are kept; each has some hundred bytes.
const MOST_NAMES: usize = 1 << 18;

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
    /// The names of addresses that the captures hold.
    pub names: BTreeSet<(IpAddr, Text)>,
    /// Names that were not kept.
    names_left_out: u64,
}

impl CapturesRead {
    /// Whether a capture was among them, of which at least something could be read.
    pub fn anything_read(&self) -> bool {
        let read = |piece: &CapturePiece| piece.is_capture && (piece.packets > 0 || piece.issues.is_empty());
        self.pieces.iter().any(read)
    }

    /// Packets of all captures.
    pub fn packets(&self) -> u64 {
        self.pieces.iter().map(|piece| piece.packets).sum()
    }

    /// What could not be read, with the piece that it belongs to.
    pub fn issues(&self) -> impl Iterator<Item = (&CapturePiece, &Issue)> {
        self.pieces
            .iter()
            .flat_map(|piece| piece.issues.iter().map(move |issue| (piece, issue)))
    }
}

impl CapturesRead {
    pub(super) fn keep_names(&mut self, names: &[(IpAddr, Text)]) {
        for name in names {
            if self.names.len() < MOST_NAMES {
                self.names.insert(name.clone());
            } else if !self.names.contains(name) {
                self.names_left_out += 1;
            }
        }
    }

    /// Says with the last piece what was not kept.
    pub(super) fn note_bounds(&mut self) {
        let Some(last) = self.pieces.last_mut().filter(|_| self.names_left_out > 0) else {
            return;
        };
        last.issues.push(Issue {
            span: Span::whole(last.id),
            kind: IssueKind::BoundReached {
                bound: "capture.names",
                limit: MOST_NAMES as u64,
                count: self.names_left_out,
            },
        });
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
