//! Batches from any reader.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use whotalks_record::{EvidenceId, Issue, Packet, Record, Sink};

use super::{Batch, Batches, MOST_PACKETS};

/// A batch is full when its packets have that many bytes, however few they are.
const FULL_BYTES: usize = 1 << 20;
/// Batches that wait between the reader and the workers.
const MOST_WAITING: usize = 2;

/// What a reader delivers, in batches. Records and issues are kept for the end.
pub struct ReaderBatches {
    full: Receiver<Batch>,
    used: SyncSender<Batch>,
}

/// The reader's end: a sink.
pub struct BatchSink {
    evidence: EvidenceId,
    batch: Batch,
    packets: u64,
    full: SyncSender<Batch>,
    used: Receiver<Batch>,
    /// What the reader said besides packets.
    pub issues: Vec<Issue>,
}

impl ReaderBatches {
    /// Both ends.
    #[must_use]
    pub fn new(evidence: EvidenceId) -> (BatchSink, Self) {
        let (full, full_receiver) = sync_channel(MOST_WAITING);
        let (used, used_receiver) = sync_channel(MOST_WAITING);
        let mut batch = Batch::default();
        batch.begin(evidence, 0);
        let sink = BatchSink {
            evidence,
            batch,
            packets: 0,
            full,
            used: used_receiver,
            issues: Vec::new(),
        };
        (
            sink,
            Self {
                full: full_receiver,
                used,
            },
        )
    }
}

impl Batches for ReaderBatches {
    fn next(&mut self, batch: &mut Batch) -> bool {
        let Ok(full) = self.full.recv() else { return false };
        let used = std::mem::replace(batch, full);
        // A reader that has enough empty batches lets this one go.
        drop(self.used.try_send(used));
        true
    }
}

impl BatchSink {
    /// Hands over what is there.
    pub fn finish(mut self) -> Vec<Issue> {
        if !self.batch.is_empty() {
            self.hand_over();
        }
        self.issues
    }

    fn hand_over(&mut self) {
        let mut empty = self.used.try_recv().unwrap_or_default();
        empty.begin(self.evidence, self.packets);
        let full = std::mem::replace(&mut self.batch, empty);
        // The other end is gone only when a worker panicked, which `run` reports.
        drop(self.full.send(full));
    }
}

impl Sink for BatchSink {
    fn record(&mut self, _: Record) {}

    #[inline]
    fn packet(&mut self, packet: &Packet<'_>) {
        self.batch.push(packet);
        self.packets += 1;
        if self.batch.len() >= MOST_PACKETS || self.batch.byte_count() >= FULL_BYTES {
            self.hand_over();
        }
    }

    fn issue(&mut self, issue: Issue) {
        self.issues.push(issue);
    }
}
