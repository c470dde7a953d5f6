//! The manifest as questions see it, and as a case keeps it.

use std::collections::BTreeMap;

use whotalks_correlate::{CoverageLine, EvidenceFacts};
use whotalks_evidence::{Format, ManifestEntry, Phase, Piece, Status, collected};
use whotalks_record::{Issue, IssueKind, Text};
use whotalks_report::{Collected, EvidenceLine, EvidenceStatus};
use whotalks_tables::{EvidenceRow, IssueItem, IssueKindWord};

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
        collected: collected(&entry.piece.path).map(of_collector),
    }
}

fn of_collector(collected: whotalks_evidence::Collected) -> Collected {
    Collected {
        computer: collected.computer,
        stamp: collected.stamp,
        at_start: collected.phase.map(|phase| phase == Phase::Start),
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
pub(crate) fn facts(piece: &Piece, first_record: Option<u64>) -> EvidenceFacts {
    let is_event_log = piece.format == Format::Evtx;
    EvidenceFacts {
        id: piece.id,
        folder: folder(&piece.path).into(),
        computer: collected(&piece.path).map(|collected| collected.computer),
        is_event_log,
        is_trace: piece.format == Format::Etl,
        first_record,
    }
}

/// The folder of a path, inside an archive the folder there.
fn folder(path: &str) -> &str {
    let end = path.rfind(['/', '\\', '!']).unwrap_or(0);
    path.get(..end).unwrap_or_default()
}

/// The words of [`Status`] in a case.
const STATUS_WORDS: [(&str, Status); 5] = [
    ("read", Status::Read),
    ("read-in-part", Status::ReadInPart),
    ("not-understood", Status::NotUnderstood),
    ("failed", Status::Failed),
    ("container", Status::Container),
];

/// The word of a piece that doubles another one.
const DUPLICATE: &str = "duplicate";

/// The row that a case keeps.
pub(crate) fn row(entry: &ManifestEntry, facts: &EvidenceFacts) -> EvidenceRow {
    let word = STATUS_WORDS
        .iter()
        .find(|(_, status)| *status == entry.status)
        .map_or(DUPLICATE, |(word, _)| word);
    let duplicate_of = match entry.status {
        Status::Duplicate(first) => Some(first),
        _ => None,
    };
    EvidenceRow {
        id: entry.piece.id,
        path: Text::clone(&entry.piece.path),
        folder: Text::clone(&facts.folder),
        container: entry.piece.container,
        format: entry.piece.format.word().into(),
        status: word.into(),
        duplicate_of,
        bytes: entry.bytes,
        sha256: entry.sha256.map(|digest| digest.to_string().into()),
        modified: entry.piece.modified,
        host_hint: entry.piece.host_hint.clone(),
        is_event_log: facts.is_event_log,
        first_record: facts.first_record,
        packets: entry.packets,
        records: entry.records,
        issues: entry.issues.iter().map(IssueItem::from).collect(),
    }
}

/// The line of the manifest and the facts that a row of a case holds.
pub(crate) fn restore(row: &EvidenceRow, words: &mut Words) -> (ManifestEntry, EvidenceFacts) {
    let piece = Piece {
        id: row.id,
        path: Text::clone(&row.path),
        container: row.container,
        format: Format::from_word(&row.format).unwrap_or(Format::Binary),
        expected_bytes: Some(row.bytes),
        modified: row.modified,
        host_hint: row.host_hint.clone(),
    };
    let facts = facts(&piece, row.first_record);
    let known = STATUS_WORDS
        .iter()
        .find(|(word, _)| **word == *row.status)
        .map(|(_, status)| *status);
    let status = row
        .duplicate_of
        .map(Status::Duplicate)
        .or(known)
        .unwrap_or(Status::Failed);
    let entry = ManifestEntry {
        piece,
        bytes: row.bytes,
        sha256: row.sha256.as_deref().and_then(|digest| digest.parse().ok()),
        status,
        packets: row.packets,
        records: row.records,
        issues: row.issues.iter().map(|item| issue(item, words)).collect(),
    };
    (entry, facts)
}

/// The names of structures, units and bounds that issues of an opened case speak of. They are constants of the readers; read
/// back they are given the life of the process, once each and bounded, since a hostile case could hold any number.
#[derive(Default)]
pub(crate) struct Words {
    known: BTreeMap<String, &'static str>,
}

/// The most different words; the readers have about two hundred.
const MOST_WORDS: usize = 2_000;

impl Words {
    fn word(&mut self, text: &str) -> &'static str {
        if let Some(known) = self.known.get(text) {
            return known;
        }
        if self.known.len() >= MOST_WORDS {
            return "unknown";
        }
        let word: &'static str = Box::leak(text.to_owned().into_boxed_str());
        self.known.insert(text.to_owned(), word);
        word
    }
}

fn issue(item: &IssueItem, words: &mut Words) -> Issue {
    let subject = words.word(item.subject.as_deref().unwrap_or_default());
    let found = || item.found.clone().unwrap_or_else(|| "".into());
    let (needed, available, count) = (
        item.needed.unwrap_or(0),
        item.available.unwrap_or(0),
        item.count.unwrap_or(0),
    );
    let kind = match item.kind {
        IssueKindWord::Truncated => IssueKind::Truncated {
            field: subject,
            needed,
            available,
        },
        IssueKindWord::Malformed => IssueKind::Malformed {
            field: subject,
            found: found(),
        },
        IssueKindWord::Unsupported => IssueKind::Unsupported {
            field: subject,
            found: found(),
        },
        IssueKindWord::Skipped => IssueKind::Skipped { unit: subject, count },
        IssueKindWord::Lost => IssueKind::Lost { unit: subject, count },
        IssueKindWord::BoundReached => IssueKind::BoundReached {
            bound: subject,
            limit: needed,
            count,
        },
        IssueKindWord::Io => IssueKind::Io { message: found() },
    };
    Issue { span: item.span, kind }
}

#[cfg(test)]
mod tests {
    use whotalks_record::{EvidenceId, Span, Timestamp};

    use super::*;

    #[test]
    fn members_of_one_archive_folder_lie_together() {
        assert_eq!(folder("a/b.zip!PC1/netstat.txt"), folder("a/b.zip!PC1/Security.evtx"));
        assert_ne!(folder("a/b.zip!PC1/netstat.txt"), folder("a/b.zip!PC2/Security.evtx"));
        assert_eq!(folder("netstat.txt"), "");
    }

    #[test]
    fn a_line_of_the_manifest_comes_back_from_a_case_as_it_was() {
        for status in STATUS_WORDS
            .iter()
            .map(|(_, status)| *status)
            .chain([Status::Duplicate(EvidenceId(1))])
        {
            let entry = entry(status);
            let facts = facts(&entry.piece, Some(7));
            assert_eq!(restore(&row(&entry, &facts), &mut Words::default()), (entry, facts));
        }
    }

    fn entry(status: Status) -> ManifestEntry {
        let piece = Piece {
            id: EvidenceId(2),
            path: "a.zip!Security.evtx".into(),
            container: Some(EvidenceId(1)),
            format: Format::Evtx,
            expected_bytes: Some(9),
            modified: Some(Timestamp::from_seconds(1, 0)),
            host_hint: Some("PC1".into()),
        };
        let whole = Span::whole(EvidenceId(2));
        let kinds = [
            IssueKind::Truncated {
                field: "chunk.header",
                needed: 2,
                available: 1,
            },
            IssueKind::BoundReached {
                bound: "flows",
                limit: 3,
                count: 4,
            },
            IssueKind::Io { message: "gone".into() },
        ];
        ManifestEntry {
            piece,
            bytes: 9,
            sha256: None,
            status,
            packets: 1,
            records: 2,
            issues: kinds.into_iter().map(|kind| Issue { span: whole, kind }).collect(),
        }
    }
}
