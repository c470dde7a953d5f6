//! One pass over everything that was found: detect, unpack, hash, read.

mod archive;
mod cab;
mod compressed;
mod leaf;
mod meter;
mod zip;

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use whotalks_bytes::{CapExceeded, Compression};
use whotalks_record::{EvidenceId, Issue, IssueKind, Span, Text, Timestamp};

use crate::budget::Budget;
use crate::detect::detect;
use crate::digest::{HashingRead, Sha256Digest};
use crate::entry::{Manifest, ManifestEntry, Piece, Status};
use crate::format::{Format, Role};
use crate::limits::{Limits, PREFIX_BYTES};
use crate::peeked::Peeked;
use crate::progress::Progress;
use crate::sink::EvidenceSink;
use crate::walk::{Found, FoundKind};
use meter::Meter;

pub(crate) use compressed::inner_name;

/// The state of one run.
pub(crate) struct Run<'a> {
    sink: &'a mut dyn EvidenceSink,
    progress: &'a mut dyn Progress,
    limits: Limits,
    budget: Budget,
    pieces_left: u64,
    next_id: u32,
    entries: Vec<ManifestEntry>,
    known: HashMap<Sha256Digest, EvidenceId>,
    sizes: HashSet<u64>,
    meter: Meter,
}

/// What is known of a piece before its first byte is seen.
struct Label {
    path: Text,
    container: Option<EvidenceId>,
    host_hint: Option<Text>,
    modified: Option<Timestamp>,
    expected_bytes: Option<u64>,
}

/// A piece's place in the nesting.
#[derive(Clone, Copy)]
struct Place<'p> {
    /// The file itself, where the piece is a whole file and can be read twice.
    file: Option<&'p Path>,
    /// How many containers enclose the piece.
    depth: u32,
}

impl<'a> Run<'a> {
    pub(crate) fn new(
        sink: &'a mut dyn EvidenceSink,
        progress: &'a mut dyn Progress,
        limits: Limits,
        first_id: EvidenceId,
        total_bytes: u64,
    ) -> Self {
        Self {
            sink,
            progress,
            limits,
            budget: Budget::new(&limits),
            pieces_left: limits.pieces,
            next_id: first_id.0,
            entries: Vec::new(),
            known: HashMap::new(),
            sizes: HashSet::new(),
            meter: Meter::new(total_bytes),
        }
    }

    pub(crate) fn all(mut self, found: &[Found]) -> Manifest {
        for found in found {
            self.found(found);
        }
        // A container's number comes before those of its members, its line is done after theirs.
        self.entries.sort_by_key(|entry| entry.piece.id);
        Manifest { entries: self.entries }
    }

    fn found(&mut self, found: &Found) {
        let mut label = Label {
            path: Text::clone(&found.shown),
            container: None,
            host_hint: found.host_hint.clone(),
            modified: None,
            expected_bytes: None,
        };
        match &found.kind {
            FoundKind::File { bytes, modified } => {
                (label.modified, label.expected_bytes) = (*modified, Some(*bytes));
                self.file(label, &found.path, *bytes);
            }
            FoundKind::StandardInput => self.whole_file(label, io::stdin(), None),
            FoundKind::Refused { format, issue } => self.refuse(label, *format, issue.clone()),
        }
    }

    fn file(&mut self, label: Label, path: &Path, bytes: u64) {
        match File::open(path) {
            Ok(file) => self.whole_file(label, file, Some((path, bytes))),
            Err(error) => {
                let message = Text::from(error.to_string());
                self.refuse(label, Format::Unreadable, Some(IssueKind::Io { message }));
            }
        }
    }

    /// A file, or standard input, whose path and length are none.
    fn whole_file(&mut self, label: Label, input: impl Read + Send, file: Option<(&Path, u64)>) {
        let bytes = file.map(|(_, bytes)| bytes);
        let place = Place {
            file: file.map(|(path, _)| path),
            depth: 0,
        };
        self.budget.begin_file(bytes);
        let mut counted = self.meter.begin_file(input, bytes);
        self.piece(label, &mut counted, place);
        self.meter.end_file();
    }

    /// Looks at one piece, a file or a member, and does with it what its format asks for.
    fn piece(&mut self, label: Label, bytes: &mut (dyn Read + Send), place: Place<'_>) {
        let id = self.take_id();
        let mut bytes = Peeked::new(bytes);
        bytes.fill(PREFIX_BYTES);
        let format = match (bytes.head(), bytes.error()) {
            ([], Some(_)) => Format::Unreadable,
            (prefix, _) => detect(prefix),
        };
        let piece = label.into_piece(id, format);
        self.meter.tell(self.progress, &piece.path);
        match (format, format.role()) {
            (Format::Zip, _) => self.zip(piece, bytes, place),
            (Format::Cab, _) => self.cabinet(piece, bytes, place),
            (Format::Zstd, _) => self.compressed(piece, bytes, place, Compression::Zstd),
            (_, Role::Unpack) => self.compressed(piece, bytes, place, Compression::Gzip),
            (_, Role::Read) => self.leaf(piece, bytes, place),
            (_, Role::Name) => self.name_only(piece, bytes),
        }
    }

    fn take_id(&mut self) -> EvidenceId {
        let id = self.sink.number(EvidenceId(self.next_id));
        self.next_id = id.0.saturating_add(1);
        id
    }

    /// A line for something that is not opened.
    fn refuse(&mut self, label: Label, format: Format, issue: Option<IssueKind>) {
        let id = self.take_id();
        let bytes = label.expected_bytes.unwrap_or_default();
        let failed = matches!(issue, Some(IssueKind::Io { .. }));
        let mut entry = ManifestEntry::unread(label.into_piece(id, format), bytes);
        entry.status = if failed { Status::Failed } else { Status::NotUnderstood };
        entry.issues = issue.into_iter().map(|kind| whole(id, kind)).collect();
        self.end(entry);
    }

    fn end(&mut self, entry: ManifestEntry) {
        if let Some(sha256) = entry.sha256 {
            self.known.entry(sha256).or_insert(entry.piece.id);
            self.sizes.insert(entry.bytes);
        }
        self.sink.ends(&entry);
        self.entries.push(entry);
    }

    /// The piece of this or an earlier run that has the same bytes.
    fn double_of(&self, sha256: &Sha256Digest) -> Option<EvidenceId> {
        self.known.get(sha256).copied().or_else(|| self.sink.known_as(sha256))
    }

    /// The piece that a file doubles. The file is hashed for this only where a piece of the same size is known.
    fn file_double(&self, file: Option<&Path>, bytes: Option<u64>) -> Option<(Sha256Digest, EvidenceId)> {
        let (file, bytes) = (file?, bytes?);
        if !self.sizes.contains(&bytes) && !self.sink.has_size(bytes) {
            return None;
        }
        let mut hashing = HashingRead::new(File::open(file).ok()?);
        io::copy(&mut hashing, &mut io::sink()).ok()?;
        let (_, sha256) = hashing.finish();
        self.double_of(&sha256).map(|of| (sha256, of))
    }

    fn end_double(&mut self, piece: Piece, bytes: u64, sha256: Sha256Digest, of: EvidenceId) {
        let mut entry = ManifestEntry::unread(piece, bytes);
        entry.sha256 = Some(sha256);
        entry.status = Status::Duplicate(of);
        self.end(entry);
    }
}

impl Label {
    fn into_piece(self, id: EvidenceId, format: Format) -> Piece {
        Piece {
            id,
            path: self.path,
            container: self.container,
            format,
            expected_bytes: self.expected_bytes,
            modified: self.modified,
            host_hint: self.host_hint,
        }
    }
}

fn whole(evidence: EvidenceId, kind: IssueKind) -> Issue {
    Issue {
        span: Span::whole(evidence),
        kind,
    }
}

/// Why the bytes of a piece stopped, in the words of the manifest. `had` is how many there were; `packed` says that they came
/// out of an archive.
fn stop_of(error: &io::Error, packed: bool, had: u64) -> IssueKind {
    let message = Text::from(error.to_string());
    match (CapExceeded::of(error), error.kind()) {
        (Some(CapExceeded::Output { cap }), _) => bound("archive.output_bytes", cap, 1),
        (Some(CapExceeded::Ratio { cap, .. }), _) => bound("archive.ratio", cap, 1),
        (None, io::ErrorKind::Unsupported) if packed => IssueKind::Unsupported {
            field: "archive.compression",
            found: message,
        },
        (None, io::ErrorKind::UnexpectedEof) if packed => IssueKind::Truncated {
            field: "archive.data",
            needed: had.saturating_add(1),
            available: had,
        },
        (None, _) if packed => IssueKind::Malformed {
            field: "archive.data",
            found: message,
        },
        (None, _) => IssueKind::Io { message },
    }
}

const fn bound(bound: &'static str, limit: u64, count: u64) -> IssueKind {
    IssueKind::BoundReached { bound, limit, count }
}
