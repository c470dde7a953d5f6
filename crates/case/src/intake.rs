//! What happens to records and packets as they arrive from the evidence.

use whotalks_correlate::Observed;
use whotalks_evidence::{EvidenceSink, ManifestEntry, Piece, Sha256Digest, Status};
use whotalks_record::{EvidenceId, Issue, Packet, Position, Record, Sink};
use whotalks_session::{Limits, Sessions};

use crate::flows::Flows;
use crate::manifest::facts;

/// Files records, runs the flow table over packets, and keeps the manifest.
pub(crate) struct Intake<'c> {
    desk: Desk<'c>,
    known: &'c [ManifestEntry],
    pub(crate) entries: Vec<ManifestEntry>,
}

/// Where the records of the current piece go.
enum Desk<'c> {
    /// Straight to the store.
    Store(Store<'c>),
    /// Packets through a flow table of their own.
    Sessions(Box<Sessions<Store<'c>>>),
    /// Between two pieces, while the store changes hands.
    Between,
}

/// Where records end.
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
            desk: Desk::Store(store),
            known,
            entries: Vec::new(),
        }
    }
}

impl<'c> Desk<'c> {
    fn sink(&mut self) -> Option<&mut dyn Sink> {
        match self {
            Self::Store(store) => Some(store),
            Self::Sessions(sessions) => Some(&mut **sessions),
            Self::Between => None,
        }
    }

    /// Gives the store back; open flows of a capture end.
    fn close(&mut self, evidence: EvidenceId) -> Option<Store<'c>> {
        match std::mem::replace(self, Self::Between) {
            Self::Store(store) => Some(store),
            Self::Sessions(sessions) => Some(sessions.finish(evidence)),
            Self::Between => None,
        }
    }
}

impl Store<'_> {
    fn forget(&mut self, evidence: EvidenceId) {
        self.observed.forget(evidence);
        self.flows.forget(evidence);
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
        if let Some(sink) = self.desk.sink() {
            sink.record(record);
        }
    }

    fn packet(&mut self, packet: &Packet<'_>) {
        if let Some(sink) = self.desk.sink() {
            sink.packet(packet);
        }
    }

    /// What readers could not read is in the manifest already.
    fn issue(&mut self, _issue: Issue) {}
}

impl EvidenceSink for Intake<'_> {
    fn begins(&mut self, piece: &Piece) {
        let Some(mut store) = self.desk.close(piece.id) else {
            return;
        };
        store.first_record = None;
        self.desk = match piece.format.is_capture() {
            true => Desk::Sessions(Box::new(Sessions::new(store, Limits::default()))),
            false => Desk::Store(store),
        };
    }

    fn ends(&mut self, entry: &ManifestEntry) {
        let mut entry = entry.clone();
        let piece = &entry.piece;
        let Some(mut store) = self.desk.close(piece.id) else {
            return;
        };
        entry.issues.append(&mut store.issues);
        match entry.status {
            Status::Duplicate(_) => store.forget(piece.id),
            _ => store
                .observed
                .evidence
                .push(facts(piece.id, &piece.path, piece.format, store.first_record)),
        }
        self.desk = Desk::Store(store);
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
