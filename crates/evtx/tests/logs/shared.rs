//! A sink that keeps everything, and its text.

use std::path::{Path, PathBuf};

use whotalks_evtx::Kind;
use whotalks_record::{EvidenceId, Issue, Packet, Record, Sink, Source};

/// What a reader delivered.
#[derive(Debug, Default)]
pub(crate) struct Kept {
    pub(crate) records: Vec<Record>,
    pub(crate) issues: Vec<Issue>,
}

impl Sink for Kept {
    fn record(&mut self, record: Record) {
        self.records.push(record);
    }

    fn packet(&mut self, _packet: &Packet<'_>) {
        panic!("an event log holds no packets");
    }

    fn issue(&mut self, issue: Issue) {
        self.issues.push(issue);
    }
}

impl Kept {
    /// One line per record and issue.
    pub(crate) fn text(&self) -> String {
        let records = self.records.iter().map(|record| format!("{record:?}\n"));
        let issues = self.issues.iter().map(|issue| format!("{issue:?}\n"));
        records.chain(issues).collect()
    }

    /// The records about events, without the ranges at the end.
    pub(crate) fn events(&self) -> Vec<&Record> {
        self.records
            .iter()
            .filter(|record| !matches!(record, Record::Range(_)))
            .collect()
    }
}

/// Runs the reader of a kind.
pub(crate) fn read(kind: Kind, mut bytes: &[u8]) -> Kept {
    let mut kept = Kept::default();
    let source = Source {
        evidence: EvidenceId(1),
        bytes: &mut bytes,
        length: None,
        modified: None,
    };
    kind.reader().read(source, &mut kept);
    kept
}

/// A folder of the shared corpus; says so where it is absent.
pub(crate) fn corpus(folder: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/corpus")
        .join(folder);
    if path.is_dir() {
        return Some(path);
    }
    println!("skipped: no corpus at {}", path.display());
    None
}

/// The corpus files with an extension, sorted.
pub(crate) fn corpus_files(extension: &str) -> Vec<PathBuf> {
    let Some(folder) = corpus("evtx") else {
        return Vec::new();
    };
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|found| found == extension))
        .collect();
    files.sort();
    files
}
