//! Cabinets.

use std::io::{self, BufReader, Read};

use whotalks_record::{IssueKind, Text};

use super::compressed::inner_place;
use super::zip::unsupported;
use super::{Label, Place, Run, bound, stop_of, whole};
use crate::budget::Budgeted;
use crate::cabinet::{Directory, Folder, Member};
use crate::entry::{ManifestEntry, Piece, Status};
use crate::format::Format;
use crate::host_hint::host_hint;
use crate::peeked::Peeked;
use crate::zip_member::{ReadSeek, name_text};

type Input = BufReader<Box<dyn ReadSeek>>;

/// The unpacked bytes of a folder; whatever is unpacked of it counts, also what no member wants.
type Unpacked<'a> = Budgeted<Folder<&'a mut Input>>;

impl Run<'_> {
    /// Unpacks a cabinet and looks at every member.
    pub(super) fn cabinet(&mut self, piece: Piece, bytes: Peeked<'_>, place: Place<'_>) {
        let Some((mut entry, input)) = self.opened(piece, bytes, place) else {
            return;
        };
        self.opened_cabinet(&mut entry, BufReader::new(input), place);
        self.end(entry);
    }

    fn opened_cabinet(&mut self, entry: &mut ManifestEntry, mut input: Input, place: Place<'_>) {
        match Directory::read(&mut input, self.pieces_left.saturating_add(1)) {
            Ok(directory) => {
                entry.status = Status::Container;
                if let Some(issue) = self.cabinet_members(&entry.piece, &mut input, &directory, place) {
                    entry.issues.push(whole(entry.piece.id, issue));
                }
            }
            Err(error) => {
                entry.status = Status::Failed;
                entry.issues.push(whole(entry.piece.id, stop_of(&error, true, 0)));
            }
        }
    }

    /// Every member, folder by folder, each folder unpacked once. What is returned kept the rest from being looked at.
    fn cabinet_members(
        &mut self,
        outer: &Piece,
        input: &mut Input,
        directory: &Directory,
        place: Place<'_>,
    ) -> Option<IssueKind> {
        for members in directory.members.chunk_by(|one, other| one.folder == other.folder) {
            let allowed = usize::try_from(self.pieces_left).unwrap_or(usize::MAX);
            let (taken, left) = members.split_at(allowed.min(members.len()));
            self.pieces_left = self.pieces_left.saturating_sub(taken.len() as u64);
            let folder = taken.first().and_then(|member| member.folder);
            match folder.map(|folder| Folder::open(&mut *input, directory, folder)) {
                Some(Ok(folder)) => {
                    let mut unpacked = self.budget.bind(folder, None);
                    self.members_of_folder(outer, &mut unpacked, taken, place);
                }
                Some(Err(error)) => self.refuse_members(outer, taken, &stop_of(&error, true, 0)),
                None => self.refuse_members(
                    outer,
                    taken,
                    &unsupported("archive.member", "continued in another cabinet"),
                ),
            }
            if !left.is_empty() {
                return Some(bound("archive.members", self.limits.pieces, left.len() as u64));
            }
        }
        None
    }

    fn members_of_folder(&mut self, outer: &Piece, folder: &mut Unpacked<'_>, members: &[Member], place: Place<'_>) {
        for (index, member) in members.iter().enumerate() {
            let position = folder.inner().position();
            let Some(before) = u64::from(member.offset).checked_sub(position) else {
                let found = Text::from("a member that lies in another one");
                let kind = IssueKind::Malformed {
                    field: "archive.directory",
                    found,
                };
                self.refuse_members(outer, std::slice::from_ref(member), &kind);
                continue;
            };
            let skipped = io::copy(&mut folder.take(before), &mut io::sink());
            if let Err(error) = skipped {
                let rest = members.get(index..).unwrap_or_default();
                return self.refuse_members(outer, rest, &stop_of(&error, true, 0));
            }
            let mut bytes = folder.take(u64::from(member.bytes));
            self.piece(member_label(outer, member), &mut bytes, inner_place(place));
        }
    }

    fn refuse_members(&mut self, outer: &Piece, members: &[Member], issue: &IssueKind) {
        for member in members {
            self.refuse(member_label(outer, member), Format::Unreadable, Some(issue.clone()));
        }
    }
}

/// The times in a cabinet are local to a zone that it does not name, so that they are none.
fn member_label(outer: &Piece, member: &Member) -> Label {
    let name = name_text(&member.name);
    let root = outer.path.rsplit('/').next().unwrap_or_default();
    Label {
        path: Text::from(format!("{}!{name}", outer.path)),
        container: Some(outer.id),
        host_hint: host_hint(root, &name).or_else(|| outer.host_hint.clone()),
        modified: None,
        expected_bytes: Some(u64::from(member.bytes)),
    }
}
