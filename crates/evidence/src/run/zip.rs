//! zip archives.

use std::io::{self, BufReader};

use whotalks_record::{IssueKind, Text};
use zip::ZipReadOptions;
use zip::read::{Config, ZipFileEntry};
use zip::result::ZipError;
use zip::unstable::read::{ZipIterable, ZipIterableFiles};

use super::compressed::inner_place;
use super::{Label, Place, Run, bound, whole};
use crate::entry::{ManifestEntry, Piece, Status};
use crate::format::Format;
use crate::host_hint::host_hint;
use crate::peeked::Peeked;
use crate::zip_member::{ReadSeek, document, member_name, modified};

type Input = BufReader<Box<dyn ReadSeek>>;

impl Run<'_> {
    /// Unpacks an archive and looks at every member; names it where it is a document.
    pub(super) fn zip(&mut self, piece: Piece, bytes: Peeked<'_>, place: Place<'_>) {
        let Some((mut entry, input)) = self.opened(piece, bytes, place) else {
            return;
        };
        match ZipIterable::try_new(BufReader::new(input), Config::default()) {
            Ok(archive) => self.opened_zip(&mut entry, archive, place),
            Err(error) => {
                entry.status = Status::Failed;
                entry.issues.push(whole(entry.piece.id, refusal(&error)));
            }
        }
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
