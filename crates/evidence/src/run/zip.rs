//! zip archives.

use std::fs::File;
use std::io::{self, BufReader, Seek as _};
use std::path::Path;

use tempfile::SpooledTempFile;
use whotalks_record::{IssueKind, Text};
use zip::ZipReadOptions;
use zip::read::{Config, ZipFileEntry};
use zip::result::ZipError;
use zip::unstable::read::{ZipIterable, ZipIterableFiles};

use super::compressed::inner_place;
use super::{Label, Place, Run, bound, stop_of, whole};
use crate::digest::{HashingRead, Sha256Digest};
use crate::entry::{ManifestEntry, Piece, Status};
use crate::format::Format;
use crate::host_hint::host_hint;
use crate::limits::SPOOL_MEMORY_BYTES;
use crate::peeked::Peeked;
use crate::zip_member::{ReadSeek, document, member_name, modified};

type Input = BufReader<Box<dyn ReadSeek>>;

/// An archive that can be read in any order, and what was learned on the way there.
pub(super) struct Whole {
    pub(super) input: Box<dyn ReadSeek>,
    pub(super) bytes: u64,
    pub(super) sha256: Sha256Digest,
}

impl Run<'_> {
    /// Unpacks an archive and looks at every member; names it where it is a document.
    pub(super) fn zip(&mut self, piece: Piece, bytes: Peeked<'_>, place: Place<'_>) {
        if place.depth >= self.limits.depth {
            return self.too_deep(piece);
        }
        let opened = match place.file {
            Some(path) => self.whole_file_of(path),
            None => self.spool(bytes),
        };
        let opened = match opened {
            Ok(opened) => opened,
            Err(error) => return self.lost_archive(piece, &error),
        };
        if let Some(of) = self.double_of(&opened.sha256) {
            return self.end_double(piece, opened.bytes, opened.sha256, of);
        }
        let mut entry = ManifestEntry::unread(piece, opened.bytes);
        entry.sha256 = Some(opened.sha256);
        match ZipIterable::try_new(BufReader::new(opened.input), Config::default()) {
            Ok(archive) => self.opened_zip(&mut entry, archive, place),
            Err(error) => {
                entry.status = Status::Failed;
                entry.issues.push(whole(entry.piece.id, refusal(&error)));
            }
        }
        self.end(entry);
    }

    /// A file, hashed in a pass of its own.
    pub(super) fn whole_file_of(&self, path: &Path) -> io::Result<Whole> {
        let mut hashing = HashingRead::new(self.meter.count(File::open(path)?));
        io::copy(&mut hashing, &mut io::sink())?;
        let (bytes, sha256) = hashing.finish();
        let input = Box::new(File::open(path)?);
        Ok(Whole { input, bytes, sha256 })
    }

    /// A member, copied to memory or, when large, to a temporary file.
    pub(super) fn spool(&self, bytes: Peeked<'_>) -> io::Result<Whole> {
        let mut hashing = HashingRead::new(self.budget.bind(bytes, None));
        let mut copy = SpooledTempFile::new(SPOOL_MEMORY_BYTES);
        io::copy(&mut hashing, &mut copy)?;
        copy.rewind()?;
        let (bytes, sha256) = hashing.finish();
        let input = Box::new(copy);
        Ok(Whole { input, bytes, sha256 })
    }

    /// An archive that could not be had to its end.
    pub(super) fn lost_archive(&mut self, piece: Piece, error: &io::Error) {
        let issue = whole(piece.id, stop_of(error, piece.container.is_some(), 0));
        let size = piece.expected_bytes.unwrap_or_default();
        let mut entry = ManifestEntry::unread(piece, size);
        entry.status = Status::Failed;
        entry.issues.push(issue);
        self.end(entry);
    }

    fn opened_zip(&mut self, entry: &mut ManifestEntry, mut archive: ZipIterable<Input>, place: Place<'_>) {
        match kind(&mut archive, self.limits.pieces) {
            Ok(Some(document)) => entry.piece.format = document,
            Ok(None) => {
                entry.status = Status::Container;
                if let Some(issue) = self.members(&entry.piece, &mut archive, place) {
                    entry.issues.push(whole(entry.piece.id, issue));
                }
            }
            Err(error) => {
                entry.status = Status::Failed;
                entry.issues.push(whole(entry.piece.id, refusal(&error)));
            }
        }
    }

    /// Every member in the order of the directory. What is returned kept the rest from being looked at.
    fn members(&mut self, outer: &Piece, archive: &mut ZipIterable<Input>, place: Place<'_>) -> Option<IssueKind> {
        let members = match archive.files() {
            Ok(members) => members,
            Err(error) => return Some(refusal(&error)),
        };
        while let Some(member) = members.next() {
            let member = match member {
                Ok(member) => member,
                Err(error) => return Some(refusal(&error)),
            };
            if member.is_dir() {
                continue;
            }
            if self.pieces_left == 0 {
                let left = (members.len() as u64).saturating_add(1);
                return Some(bound("archive.members", self.limits.pieces, left));
            }
            self.pieces_left = self.pieces_left.saturating_sub(1);
            self.member(outer, member, members, place);
        }
        None
    }

    fn member(
        &mut self,
        outer: &Piece,
        member: ZipFileEntry<'static>,
        members: &mut ZipIterableFiles<Input>,
        place: Place<'_>,
    ) {
        let mut label = member_label(outer, &member);
        if member.encrypted() {
            return self.refuse(
                label,
                Format::Encrypted,
                Some(unsupported("archive.member", "encrypted")),
            );
        }
        if member.is_symlink() {
            return self.refuse(label, Format::Symlink, Some(unsupported("file.type", "symbolic link")));
        }
        let packed = member.compressed_size();
        match member.with_reader(members.reader_mut(), ZipReadOptions::new()) {
            Ok(bytes) => {
                label.modified = modified(&bytes);
                let mut bytes = self.budget.bind(bytes, Some(packed));
                self.piece(label, &mut bytes, inner_place(place));
            }
            Err(error) => self.refuse(label, Format::Unreadable, Some(refusal(&error))),
        }
    }
}

/// The document that the archive is; none where it is a plain archive. Only as many names as may be unpacked are looked at.
fn kind(archive: &mut ZipIterable<Input>, most: u64) -> Result<Option<Format>, ZipError> {
    let mut found = None;
    for (index, member) in (0_u64..most).zip(archive.files()?) {
        let Ok(member) = member else { break };
        let name = member_name(&member);
        if index == 0 && &*name == "mimetype" {
            return Ok(Some(Format::OpenDocument));
        }
        match document(&name) {
            None => {}
            Some(format @ (Format::OfficePackage | Format::Jar)) => found = found.or(Some(format)),
            Some(format) => return Ok(Some(format)),
        }
    }
    Ok(found)
}

fn member_label(outer: &Piece, member: &ZipFileEntry<'_>) -> Label {
    let name = member_name(member);
    let root = outer.path.rsplit('/').next().unwrap_or_default();
    Label {
        path: Text::from(format!("{}!{name}", outer.path)),
        container: Some(outer.id),
        host_hint: host_hint(root, &name).or_else(|| outer.host_hint.clone()),
        modified: None,
        expected_bytes: Some(member.size()),
    }
}

pub(super) fn unsupported(field: &'static str, found: &str) -> IssueKind {
    IssueKind::Unsupported {
        field,
        found: Text::from(found),
    }
}

/// What the zip library could not read.
fn refusal(error: &ZipError) -> IssueKind {
    let found = Text::from(error.to_string());
    match error {
        ZipError::UnsupportedArchive(_) | ZipError::CompressionMethodNotSupported(_) => IssueKind::Unsupported {
            field: "archive.compression",
            found,
        },
        ZipError::Io(error) if error.kind() != io::ErrorKind::UnexpectedEof => IssueKind::Io { message: found },
        _ => IssueKind::Malformed {
            field: "archive.directory",
            found,
        },
    }
}
