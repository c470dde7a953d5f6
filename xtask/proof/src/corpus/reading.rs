//! Reads a file with the library and keeps what is compared.

use std::path::Path;

use whotalks_evidence::{EvidenceSink, Limits, ManifestEntry, NoProgress, Piece, open};
use whotalks_record::{EvidenceId, Issue, Packet, Record, Sink};
use whotalks_session::{Limits as SessionLimits, Sessions};

use super::{captures, logs};

/// Reads a capture.
pub(super) fn capture(path: &Path) -> captures::Reading {
    let mut kept = Kept::default();
    let packets = read(path, &mut kept);
    kept.capture.packets = packets;
    kept.capture
}

/// Reads an event log.
pub(super) fn log(path: &Path) -> logs::Reading {
    let mut kept = Kept::default();
    read(path, &mut kept);
    kept.log
}

/// Reads one file into `kept`; the number of its packets.
fn read(path: &Path, kept: &mut Kept) -> u64 {
    let mut follower = Follower {
        sessions: Sessions::new(kept, SessionLimits::default()),
        packets: 0,
    };
    open(&[path.to_owned()], Limits::default()).read_all(EVIDENCE, &mut follower, &mut NoProgress);
    follower.sessions.finish(EVIDENCE);
    follower.packets
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
struct Follower<'a> {
    sessions: Sessions<'a>,
    packets: u64,
}

impl Sink for Follower<'_> {
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

impl EvidenceSink for Follower<'_> {
    fn begins(&mut self, _: &Piece) {}

    fn ends(&mut self, _: &ManifestEntry) {}
}
