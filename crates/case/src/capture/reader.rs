//! Packets that come through `evidence`.

use std::path::PathBuf;

use whotalks_evidence::{EvidenceSink, Limits, ManifestEntry, Piece, Progress, open};
use whotalks_packets::pass::BatchSink;
use whotalks_record::{EvidenceId, InterfaceDescription, InterfaceId, Issue, Packet, Record, Sink};

/// Hands packets on, and what captures say about them.
struct Packets {
    batches: BatchSink,
}

impl Sink for Packets {
    fn record(&mut self, record: Record) {
        self.batches.record(record);
    }

    fn packet(&mut self, packet: &Packet<'_>) {
        self.batches.packet(packet);
    }

    /// The manifest has it.
    fn issue(&mut self, _: Issue) {}

    fn interface(&mut self, id: InterfaceId, description: &InterfaceDescription) {
        self.batches.interface(id, description);
    }

    fn comment(&mut self, comment: &[u8]) {
        self.batches.comment(comment);
    }

    fn secrets(&mut self, kind: u32, secrets: &[u8]) {
        self.batches.secrets(kind, secrets);
    }
}

impl EvidenceSink for Packets {
    fn begins(&mut self, piece: &Piece) {
        self.batches.begin(piece.id);
    }

    fn ends(&mut self, _: &ManifestEntry) {}
}

/// Reads everything that a path leads to, and hands the packets to `batches`.
pub(super) fn read(
    path: PathBuf,
    first: EvidenceId,
    batches: BatchSink,
    progress: &mut dyn Progress,
) -> Vec<ManifestEntry> {
    let mut packets = Packets { batches };
    let manifest = open(&[path], Limits::default()).read_all(first, &mut packets, progress);
    packets.batches.finish();
    manifest.entries
}
