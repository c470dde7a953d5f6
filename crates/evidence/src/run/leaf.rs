//! Pieces that are read, and pieces that are only named.

use std::io::{self, Read};

use whotalks_record::Source;

use super::{Place, Run, stop_of, whole};
use crate::digest::{HashingRead, Sha256Digest};
use crate::entry::{ManifestEntry, Piece, Status};
use crate::format::Format;
use crate::limits::{SMALL_PIECE_BYTES, UNREAD_HASH_BYTES};
use crate::peeked::{Peeked, repeated};
use crate::pump::{Passed, pump};
use crate::readers::read_with;
use crate::sink::{EvidenceSink, IssueLog, Watching};

/// What a reader delivered.
struct Delivered {
    packets: u64,
    records: u64,
    issues: IssueLog,
}

impl Run<'_> {
    /// Reads a piece that has a reader, unless its bytes were read before.
    pub(super) fn leaf(&mut self, piece: Piece, mut bytes: Peeked<'_>, place: Place<'_>) {
        bytes.fill(SMALL_PIECE_BYTES);
        if bytes.is_whole() {
            return self.small_leaf(piece, &mut bytes);
        }
        match self.file_double(place.file, piece.expected_bytes) {
            Some((sha256, of)) => {
                let size = piece.expected_bytes.unwrap_or_default();
                self.end_double(piece, size, sha256, of);
            }
            None => self.large_leaf(piece, &mut bytes),
        }
    }

    /// A piece that is held in memory as far as it can be had.
    fn small_leaf(&mut self, piece: Piece, bytes: &mut Peeked<'_>) {
        let size = bytes.head().len() as u64;
        let sha256 = bytes.has_ended().then(|| Sha256Digest::of(bytes.head()));
        if let Some((sha256, of)) = sha256.and_then(|sha256| Some((sha256, self.double_of(&sha256)?))) {
            return self.end_double(piece, size, sha256, of);
        }
        let passed = Passed {
            bytes: size,
            sha256,
            error: bytes.error().map(repeated),
        };
        self.sink.begins(&piece);
        let delivered = deliver(self.sink, &piece, bytes);
        self.finish(piece, delivered, passed);
    }

    /// A piece that is hashed while it is read. Whether it doubles another is known only afterwards.
    fn large_leaf(&mut self, piece: Piece, bytes: &mut Peeked<'_>) {
        self.sink.begins(&piece);
        let Self {
            sink, progress, meter, ..
        } = self;
        let mut delivered = None;
        let mut tick = || meter.tell(*progress, &piece.path);
        let passed = pump(bytes, &mut tick, |stream| {
            delivered = Some(deliver(*sink, &piece, stream));
        });
        if let Some(delivered) = delivered {
            self.finish(piece, delivered, passed);
        }
    }

    fn finish(&mut self, piece: Piece, mut delivered: Delivered, passed: Passed) {
        if let Some(error) = &passed.error {
            let issue = whole(piece.id, stop_of(error, piece.container.is_some(), passed.bytes));
            self.sink.issue(issue.clone());
            delivered.issues.push(issue);
        }
        let issues = delivered.issues.finish(piece.id);
        let double = passed.sha256.and_then(|sha256| self.double_of(&sha256));
        let status = match double {
            Some(of) => Status::Duplicate(of),
            None => ManifestEntry::judge(delivered.packets, delivered.records, &issues),
        };
        self.end(ManifestEntry {
            piece,
            bytes: passed.bytes,
            sha256: passed.sha256,
            status,
            packets: delivered.packets,
            records: delivered.records,
            issues,
        });
    }

    /// Names and hashes a piece that no reader takes.
    pub(super) fn name_only(&mut self, piece: Piece, bytes: Peeked<'_>) {
        let mut hashing = HashingRead::new(bytes.take(UNREAD_HASH_BYTES));
        let error = io::copy(&mut hashing, &mut io::sink()).err();
        let (seen, sha256) = hashing.finish();
        // A file has the length that the system states; a member may claim any.
        let stated = piece.expected_bytes.filter(|_| piece.container.is_none());
        let mut entry = ManifestEntry::unread(piece, stated.unwrap_or(seen));
        match error {
            None if seen < UNREAD_HASH_BYTES => (entry.bytes, entry.sha256) = (seen, Some(sha256)),
            None => {}
            Some(error) => {
                let kind = stop_of(&error, entry.piece.container.is_some(), seen);
                entry.issues.push(whole(entry.piece.id, kind));
            }
        }
        if entry.piece.format == Format::Unreadable {
            entry.status = Status::Failed;
        }
        self.end(entry);
    }
}

/// Runs the reader of a piece over its bytes.
fn deliver(sink: &mut dyn EvidenceSink, piece: &Piece, bytes: &mut dyn Read) -> Delivered {
    let mut watching = Watching::new(sink);
    let source = Source {
        evidence: piece.id,
        bytes,
        length: piece.expected_bytes,
        modified: piece.modified,
    };
    read_with(piece.format, source, &mut watching);
    let Watching {
        packets,
        records,
        issues,
        ..
    } = watching;
    Delivered {
        packets,
        records,
        issues,
    }
}
