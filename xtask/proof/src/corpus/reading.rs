//! Reads a file with the library and keeps what is compared.

use std::path::Path;

use whotalks_evidence::{EvidenceSink, Limits, ManifestEntry, NoProgress, Piece, open};
use whotalks_record::{EvidenceId, Issue, Packet, Record, Sink};

use super::{captures, logs};

/// Reads a capture.
pub(super) fn capture(path: &Path) -> captures::Reading {
    let mut collector = Collector::default();
    collector.read(path);
    collector.capture
}

/// Reads an event log.
pub(super) fn log(path: &Path) -> logs::Reading {
    let mut collector = Collector::default();
    collector.read(path);
    collector.log
}

/// Takes what the readers deliver.
#[derive(Default)]
struct Collector {
    capture: captures::Reading,
    log: logs::Reading,
}

impl Collector {
    fn read(&mut self, path: &Path) {
        open(&[path.to_owned()], Limits::default()).read_all(EvidenceId(1), self, &mut NoProgress);
    }
}

impl Sink for Collector {
    fn record(&mut self, record: Record) {
        self.capture.add(&record);
        self.log.add(&record);
    }

    fn packet(&mut self, _: &Packet<'_>) {
        self.capture.packets += 1;
    }

    fn issue(&mut self, _: Issue) {}
}

impl EvidenceSink for Collector {
    fn begins(&mut self, _: &Piece) {}

    fn ends(&mut self, _: &ManifestEntry) {}
}
