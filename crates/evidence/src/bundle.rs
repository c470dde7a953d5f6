//! What a user hands in.

use std::path::PathBuf;

use whotalks_record::EvidenceId;

use crate::entry::Manifest;
use crate::limits::Limits;
use crate::progress::Progress;
use crate::run::Run;
use crate::sink::EvidenceSink;
use crate::walk::{Found, FoundKind, find};

/// Files that were found and not yet read.
#[derive(Debug)]
pub struct Bundle {
    found: Vec<Found>,
    limits: Limits,
}

/// Follows `paths`: files, folders (entered whole, sorted by name; symbolic links below them are named and not followed) and
/// `-` for standard input. Whatever cannot be opened becomes a line of the manifest, so this never fails.
#[must_use]
pub fn open(paths: &[PathBuf], limits: Limits) -> Bundle {
    Bundle {
        found: find(paths, &limits),
        limits,
    }
}

impl Bundle {
    /// Bytes of all files as they lie on disk, without standard input.
    #[must_use]
    pub fn total_bytes(&self) -> u64 {
        self.found.iter().fold(0, |total, found| match found.kind {
            FoundKind::File { bytes, .. } => total.saturating_add(bytes),
            _ => total,
        })
    }

    /// Reads everything once. Pieces are numbered from `first_id` on, which is [`EvidenceId`] 1 in a new case and otherwise
    /// the next free number of the case.
    pub fn read_all(&self, first_id: EvidenceId, sink: &mut dyn EvidenceSink, progress: &mut dyn Progress) -> Manifest {
        Run::new(sink, progress, self.limits, first_id, self.total_bytes()).all(&self.found)
    }
}
