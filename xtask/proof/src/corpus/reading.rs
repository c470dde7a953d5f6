//! Reads a file with the library and keeps what is compared.

use std::path::Path;

use whotalks_evidence::{EvidenceSink, Limits, Manifest, ManifestEntry, NoProgress, Piece, Role, open};
use whotalks_record::{EvidenceId, Issue, Packet, Record, Sink};
use whotalks_session::{Limits as SessionLimits, Sessions};

use super::{captures, logs};

/// Reads a file.
pub(super) fn read(path: &Path) -> Reading {
    let sessions = Sessions::new(Kept::default(), SessionLimits::default());
    let mut follower = Follower { sessions, packets: 0 };
    let manifest = open(&[path.to_owned()], Limits::default()).read_all(EVIDENCE, &mut follower, &mut NoProgress);
    let packets = follower.packets;
    let mut kept = follower.sessions.finish(EVIDENCE);
    // Flows come in the order in which they end.
    kept.capture.flows.sort_by_key(|flow| flow.id);
    Reading {
        capture: captures::Reading {
            packets,
            ..kept.capture
        },
        log: kept.log,
        unread: unread(&manifest),
    }
}

/// What came of a file.
pub(super) struct Reading {
    pub(super) capture: captures::Reading,
    pub(super) log: logs::Reading,
    /// Its format, where it is one that whotalks names and has no reader for.
    pub(super) unread: Option<&'static str>,
}

fn unread(manifest: &Manifest) -> Option<&'static str> {
    let named = |entry: &ManifestEntry| entry.piece.format.role() == Role::Name;
    let first = manifest
        .entries
        .first()
        .filter(|_| manifest.entries.iter().all(named))?;
    Some(first.piece.format.word())
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
