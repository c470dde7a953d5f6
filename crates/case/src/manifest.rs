//! The manifest as questions see it.

use whotalks_correlate::{CoverageLine, EvidenceFacts};
use whotalks_evidence::{Format, ManifestEntry, Status};
use whotalks_record::{EvidenceId, Text};
use whotalks_report::{EvidenceLine, EvidenceStatus};

/// One line, with the coverage that its sources turned out to have.
pub(crate) fn line(entry: &ManifestEntry, coverage: &[CoverageLine]) -> EvidenceLine {
    EvidenceLine {
        id: entry.piece.id,
        path: Text::clone(&entry.piece.path),
        format: entry.piece.format.word().into(),
        bytes: entry.bytes,
        sha256: entry.sha256.map(|digest| digest.to_string().into()),
        status: status(entry.status),
        coverage: coverage
            .iter()
            .filter(|line| line.evidence == entry.piece.id)
            .cloned()
            .collect(),
        issues: entry.issues.clone(),
    }
}

fn status(status: Status) -> EvidenceStatus {
    match status {
        Status::Read => EvidenceStatus::Read,
        Status::ReadInPart => EvidenceStatus::ReadInPart,
        Status::Duplicate(first) => EvidenceStatus::Duplicate(first),
        Status::NotUnderstood => EvidenceStatus::NotUnderstood,
        Status::Failed => EvidenceStatus::Failed,
        Status::Container => EvidenceStatus::Container,
    }
}

/// What correlation needs to know of a piece.
pub(crate) fn facts(id: EvidenceId, path: &str, format: Format, first_record: Option<u64>) -> EvidenceFacts {
    EvidenceFacts {
        id,
        folder: folder(path).into(),
        is_event_log: format == Format::Evtx,
        first_record,
    }
}

/// The folder of a path, inside an archive the folder there.
fn folder(path: &str) -> &str {
    let end = path.rfind(['/', '\\', '!']).unwrap_or(0);
    path.get(..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_of_one_archive_folder_lie_together() {
        assert_eq!(folder("a/b.zip!PC1/netstat.txt"), folder("a/b.zip!PC1/Security.evtx"));
        assert_ne!(folder("a/b.zip!PC1/netstat.txt"), folder("a/b.zip!PC2/Security.evtx"));
        assert_eq!(folder("netstat.txt"), "");
    }
}
