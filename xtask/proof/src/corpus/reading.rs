//! Reads a file with the library and keeps what is compared.

use std::path::Path;

use whotalks_evidence::{EvidenceSink, Limits, ManifestEntry, NoProgress, Piece, open};
use whotalks_record::{EvidenceId, Issue, Packet, Record, Sink};
use whotalks_session::{Limits as SessionLimits, Sessions};

use super::{captures, logs};

/// Reads a capture.
pub(super) fn capture(path: &Path) -> captures::Reading {
    let (kept, packets) = read(path);
    captures::Reading {
        packets,
        ..kept.capture
    }
}

/// Reads an event log.
pub(super) fn log(path: &Path) -> logs::Reading {
    read(path).0.log
}

/// What is kept of a file, and the number of its packets.
fn read(path: &Path) -> (Kept, u64) {
    let sessions = Sessions::new(Kept::default(), SessionLimits::default());
    let mut follower = Follower { sessions, packets: 0 };
    open(&[path.to_owned()], Limits::default()).read_all(EVIDENCE, &mut follower, &mut NoProgress);
    (follower.sessions.finish(EVIDENCE), follower.packets)
}

const EVIDENCE: EvidenceId = EvidenceId(1);

/// What is compared of a file.
#[derive(Default)]
struct Kept {
    capture: captures::Reading,
    log: logs::Reading,
}

impl Sink for Kept {
    fn record(&mut self, record: Record) {
        self.capture.add(&record);
        self.log.add(&record);
    }

    fn packet(&mut self, _: &Packet<'_>) {}

    fn issue(&mut self, _: Issue) {}
}

/// Counts packets and follows their sessions.
struct Follower {
    sessions: Sessions<Kept>,
    packets: u64,
}

impl Sink for Follower {
    fn record(&mut self, record: Record) {
        self.sessions.record(record);
    }

    fn packet(&mut self, packet: &Packet<'_>) {
        self.packets += 1;
        self.sessions.packet(packet);
    }

    fn issue(&mut self, issue: Issue) {
        self.sessions.issue(issue);
    }
}

impl EvidenceSink for Follower {
    fn begins(&mut self, _: &Piece) {}

    fn ends(&mut self, _: &ManifestEntry) {}
}
