//! A sink that keeps everything, and its text.

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
