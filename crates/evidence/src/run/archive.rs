//! Archives whose directory must be read before their members: as a whole, in any order.

use std::fs::File;
use std::io::{self, Seek as _};
use std::path::Path;

use tempfile::SpooledTempFile;

use super::{Place, Run, stop_of, whole};
use crate::digest::{HashingRead, Sha256Digest};
use crate::entry::{ManifestEntry, Piece, Status};
use crate::limits::SPOOL_MEMORY_BYTES;
use crate::peeked::Peeked;
use crate::zip_member::ReadSeek;

/// An archive that can be read in any order, and what was learned on the way there.
struct Whole {
    input: Box<dyn ReadSeek>,
    bytes: u64,
    sha256: Sha256Digest,
}

impl Run<'_> {
    /// An archive that is to be unpacked, with the beginning of its entry. None where the entry has ended already: it lies too deep,
    /// could not be had, or is known.
    pub(super) fn opened(
        &mut self,
        piece: Piece,
        bytes: Peeked<'_>,
        place: Place<'_>,
    ) -> Option<(ManifestEntry, Box<dyn ReadSeek>)> {
        if place.depth >= self.limits.depth {
            self.too_deep(piece);
            return None;
        }
        let opened = match place.file {
            Some(path) => self.whole_file_of(path),
            None => self.spool(bytes),
        };
        let opened = match opened {
            Ok(opened) => opened,
            Err(error) => {
                self.lost_archive(piece, &error);
                return None;
            }
        };
        if let Some(of) = self.double_of(&opened.sha256) {
            self.end_double(piece, opened.bytes, opened.sha256, of);
            return None;
        }
        let mut entry = ManifestEntry::unread(piece, opened.bytes);
        entry.sha256 = Some(opened.sha256);
        Some((entry, opened.input))
    }

    /// A file, hashed in a pass of its own.
    fn whole_file_of(&self, path: &Path) -> io::Result<Whole> {
        let mut hashing = HashingRead::new(self.meter.count(File::open(path)?));
        io::copy(&mut hashing, &mut io::sink())?;
        let (bytes, sha256) = hashing.finish();
        let input = Box::new(File::open(path)?);
        Ok(Whole { input, bytes, sha256 })
    }

    /// A member, copied to memory or, when large, to a temporary file.
    fn spool(&self, bytes: Peeked<'_>) -> io::Result<Whole> {
        let mut hashing = HashingRead::new(self.budget.bind(bytes, None));
        let mut copy = SpooledTempFile::new(SPOOL_MEMORY_BYTES);
        io::copy(&mut hashing, &mut copy)?;
        copy.rewind()?;
        let (bytes, sha256) = hashing.finish();
        let input = Box::new(copy);
        Ok(Whole { input, bytes, sha256 })
    }

    /// An archive that could not be had to its end.
    fn lost_archive(&mut self, piece: Piece, error: &io::Error) {
        let issue = whole(piece.id, stop_of(error, piece.container.is_some(), 0));
        let size = piece.expected_bytes.unwrap_or_default();
        let mut entry = ManifestEntry::unread(piece, size);
        entry.status = Status::Failed;
        entry.issues.push(issue);
        self.end(entry);
    }
}
