//! Batches from any reader.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use whotalks_record::{EvidenceId, InterfaceDescription, InterfaceId, Issue, Packet, Record, Sink};

use super::about::Interfaces;
use super::{Batch, Batches, MOST_PACKETS};

/// A batch is full when its packets have that many bytes, however few they are.
const FULL_BYTES: usize = 1 << 20;
/// Batches that wait between the reader and the workers.
const MOST_WAITING: usize = 2;

/// What a reader delivers, in batches. Issues are kept for the end.
pub struct ReaderBatches {
    full: Receiver<Batch>,
    used: SyncSender<Batch>,
}

/// The reader's end: a sink.
pub struct BatchSink {
    evidence: EvidenceId,
    batch: Batch,
    packets: u64,
    /// Bytes of comments in the batch.
    comment_bytes: usize,
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
            comment_bytes: 0,
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
        self.hand_over_rest(&Interfaces::default());
        self.issues
    }

    /// What comes now is of another piece of evidence, with interfaces of its own.
    pub fn begin(&mut self, evidence: EvidenceId) {
        self.evidence = evidence;
        self.hand_over_rest(&Interfaces::default());
    }

    /// Begins a new batch, whether or not this one has to be handed over.
    fn hand_over_rest(&mut self, interfaces: &Interfaces) {
        if self.batch.is_empty() && self.batch.about().is_empty() {
            self.batch.begin_with(self.evidence, self.packets, interfaces);
        } else {
            self.hand_over(interfaces);
        }
    }

    fn hand_over_full(&mut self) {
        let interfaces = Interfaces::clone(self.batch.about().interfaces());
        self.hand_over(&interfaces);
    }

    fn hand_over(&mut self, interfaces: &Interfaces) {
        let mut empty = self.used.try_recv().unwrap_or_default();
        empty.begin_with(self.evidence, self.packets, interfaces);
        self.comment_bytes = 0;
        let full = std::mem::replace(&mut self.batch, empty);
        // The other end is gone only when a worker panicked, which `run` reports.
        drop(self.full.send(full));
    }
}

impl Sink for BatchSink {
    fn record(&mut self, record: Record) {
        self.batch.about_mut().record(record);
        if self.batch.about().is_full() {
            self.hand_over_full();
        }
    }

    #[inline]
    fn packet(&mut self, packet: &Packet<'_>) {
        self.batch.push(packet);
        self.packets += 1;
        let bytes = self.batch.byte_count().saturating_add(self.comment_bytes);
        if self.batch.len() >= MOST_PACKETS || bytes >= FULL_BYTES {
            self.hand_over_full();
        }
    }

    fn issue(&mut self, issue: Issue) {
        self.issues.push(issue);
    }

    fn interface(&mut self, id: InterfaceId, description: &InterfaceDescription) {
        self.batch.about_mut().interface(id, description);
    }

    fn comment(&mut self, comment: &[u8]) {
        self.comment_bytes = self.comment_bytes.saturating_add(comment.len());
        self.batch.comment(comment);
    }

    fn secrets(&mut self, kind: u32, secrets: &[u8]) {
        self.batch.about_mut().secrets(kind, secrets);
        if self.batch.about().is_full() {
            self.hand_over_full();
        }
    }
}
