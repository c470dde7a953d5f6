//! What happens to records and packets as they arrive from the evidence.

use whotalks_evidence::{EvidenceSink, ManifestEntry, Piece, Sha256Digest, Status};
use whotalks_record::{EvidenceId, Issue, Packet, PacketProcess, Position, Record, Sink};
use whotalks_session::{Limits, Sessions};
use whotalks_store::StoreError;

use crate::destination::Destination;
use crate::manifest::{facts, row};

/// Files records, runs the flow table over packets, and keeps the manifest.
pub(crate) struct Intake<'c> {
    desk: Desk<'c>,
    known: &'c [ManifestEntry],
    pub(crate) entries: Vec<ManifestEntry>,
}

/// Where the records of the current piece go.
enum Desk<'c> {
    /// Straight to their destination.
    Records(Box<Store<'c>>),
    /// Packets through a flow table of their own.
    Packets(Box<Sessions<Box<Store<'c>>>>),
    /// Between two pieces, while the store changes hands.
    Between,
}

/// Where records end.
struct Store<'c> {
    destination: Destination<'c>,
    first_record: Option<u64>,
    issues: Vec<Issue>,
}

impl<'c> Intake<'c> {
    pub(crate) fn new(destination: Destination<'c>, known: &'c [ManifestEntry]) -> Self {
        let store = Store {
            destination,
            first_record: None,
            issues: Vec::new(),
        };
        Self {
            desk: Desk::Records(Box::new(store)),
            known,
            entries: Vec::new(),
        }
    }

    /// The lines of the manifest, and the first failure to keep something.
    pub(crate) fn finish(self) -> (Vec<ManifestEntry>, Result<(), StoreError>) {
        let kept = match self.desk {
            Desk::Records(store) => store.destination.finish(),
            Desk::Packets(_) | Desk::Between => Ok(()),
        };
        (self.entries, kept)
    }
}

impl<'c> Desk<'c> {
    fn sink(&mut self) -> Option<&mut dyn Sink> {
        match self {
            Self::Records(store) => Some(&mut **store),
            Self::Packets(sessions) => Some(&mut **sessions),
            Self::Between => None,
        }
    }

    /// Gives the store back; open flows of a capture end.
    fn close(&mut self, evidence: EvidenceId) -> Option<Box<Store<'c>>> {
        match std::mem::replace(self, Self::Between) {
            Self::Records(store) => Some(store),
            Self::Packets(sessions) => Some(sessions.finish(evidence)),
            Self::Between => None,
        }
    }
}

impl Sink for Store<'_> {
    fn record(&mut self, record: Record) {
        if let Some(Position::Record(number)) = record.span().map(|span| span.position) {
            self.first_record = Some(self.first_record.map_or(number, |first| first.min(number)));
        }
        self.destination.record(record);
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

    fn process(&mut self, process: &PacketProcess) {
        if let Some(sink) = self.desk.sink() {
            sink.process(process);
        }
    }

    /// What readers could not read is in the manifest already.
    fn issue(&mut self, _issue: Issue) {}
}

impl EvidenceSink for Intake<'_> {
    fn number(&mut self, next: EvidenceId) -> EvidenceId {
        match &mut self.desk {
            Desk::Records(store) => store.destination.number(next),
            Desk::Packets(_) | Desk::Between => next,
        }
    }

    fn begins(&mut self, piece: &Piece) {
        let Some(mut store) = self.desk.close(piece.id) else {
            return;
        };
        store.first_record = None;
        store.destination.begin(piece.id);
        self.desk = match piece.format.is_capture() {
            true => Desk::Packets(Box::new(Sessions::new(store, Limits::default()))),
            false => Desk::Records(store),
        };
    }

    fn ends(&mut self, entry: &ManifestEntry) {
        let mut entry = entry.clone();
        let Some(mut store) = self.desk.close(entry.piece.id) else {
            return;
        };
        entry.issues.append(&mut store.issues);
        entry
            .issues
            .extend(store.destination.observed.bound_reached(entry.piece.id));
        let facts = facts(&entry.piece, store.first_record.take());
        let is_duplicate = matches!(entry.status, Status::Duplicate(_));
        let double_of = store.destination.end(&row(&entry, &facts), is_duplicate);
        if let Some(double_of) = double_of {
            // Another writer has added the same bytes meanwhile; here they are a double from now on.
            entry.status = Status::Duplicate(double_of);
            store.destination.end_double(&row(&entry, &facts));
        }
        if !is_duplicate && double_of.is_none() {
            store.destination.observed.evidence.push(facts);
        }
        self.desk = Desk::Records(store);
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
