//! What happens to records and packets as they arrive from the evidence.

use whotalks_correlate::Observed;
use whotalks_evidence::{EvidenceSink, ManifestEntry, Piece, Sha256Digest, Status};
use whotalks_record::{EvidenceId, Issue, Packet, Position, Record, Sink};
use whotalks_session::FlowTracker;

use crate::flows::Flows;
use crate::manifest::facts;

/// Files records, runs the flow table over packets, and keeps the manifest.
pub(crate) struct Intake<'c> {
    store: Store<'c>,
    known: &'c [ManifestEntry],
    tracker: Option<FlowTracker>,
    pub(crate) entries: Vec<ManifestEntry>,
}

/// Where records go; apart from the tracker, so that the tracker can fill it.
struct Store<'c> {
    observed: &'c mut Observed,
    flows: &'c mut Flows,
    first_record: Option<u64>,
    issues: Vec<Issue>,
}

impl<'c> Intake<'c> {
    pub(crate) fn new(observed: &'c mut Observed, flows: &'c mut Flows, known: &'c [ManifestEntry]) -> Self {
        let store = Store {
            observed,
            flows,
            first_record: None,
            issues: Vec::new(),
        };
        Self {
            store,
            known,
            tracker: None,
            entries: Vec::new(),
        }
    }

    fn forget(&mut self, evidence: EvidenceId) {
        self.store.observed.forget(evidence);
        self.store.flows.forget(evidence);
    }
}

impl Sink for Store<'_> {
    fn record(&mut self, record: Record) {
        if let Some(Position::Record(number)) = record.span().map(|span| span.position) {
            self.first_record = Some(self.first_record.map_or(number, |first| first.min(number)));
        }
        match record {
            Record::Flow(flow) => self.flows.flow(flow),
            Record::Name(name) => self.flows.name(name),
            other => self.observed.file(other),
        }
    }

    fn packet(&mut self, _packet: &Packet<'_>) {}

    fn issue(&mut self, issue: Issue) {
        self.issues.push(issue);
    }
}

impl Sink for Intake<'_> {
    fn record(&mut self, record: Record) {
        self.store.record(record);
    }

    fn packet(&mut self, packet: &Packet<'_>) {
        if let Some(tracker) = &mut self.tracker {
            tracker.packet(packet, &mut self.store);
        }
    }

    /// What readers could not read is in the manifest already.
    fn issue(&mut self, _issue: Issue) {}
}

impl EvidenceSink for Intake<'_> {
    fn begins(&mut self, piece: &Piece) {
        self.store.first_record = None;
        self.tracker = piece.format.is_capture().then(|| FlowTracker::new(piece.id));
    }

    fn ends(&mut self, entry: &ManifestEntry) {
        if let Some(tracker) = self.tracker.take() {
            tracker.finish(&mut self.store);
        }
        let mut entry = entry.clone();
        entry.issues.append(&mut self.store.issues);
        let piece = &entry.piece;
        match entry.status {
            Status::Duplicate(_) => self.forget(piece.id),
            _ => self
                .store
                .observed
                .evidence
                .push(facts(piece.id, &piece.path, piece.format, self.store.first_record)),
        }
        self.entries.push(entry);
    }

    fn has_size(&self, bytes: u64) -> bool {
        self.known.iter().any(|entry| entry.bytes == bytes)
    }

    fn known_as(&self, sha256: &Sha256Digest) -> Option<EvidenceId> {
        self.known
            .iter()
            .find(|entry| entry.sha256.as_ref() == Some(sha256))
            .map(|entry| entry.piece.id)
    }
}
