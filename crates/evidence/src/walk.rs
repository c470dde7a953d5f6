//! From paths to the files below them, in a fixed order.

use std::ffi::OsString;
use std::fs::{self, FileType, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use whotalks_record::{IssueKind, Text, Timestamp};

use crate::format::Format;
use crate::host_hint::host_hint;
use crate::limits::{DEEPEST_FOLDER, Limits};

/// Something that a path led to.
#[derive(Debug)]
pub(crate) struct Found {
    /// Where it lies; empty for standard input.
    pub(crate) path: PathBuf,
    /// How it is called in the manifest.
    pub(crate) shown: Text,
    /// See [`crate::Piece::host_hint`].
    pub(crate) host_hint: Option<Text>,
    pub(crate) kind: FoundKind,
}

#[derive(Debug)]
pub(crate) enum FoundKind {
    File {
        bytes: u64,
        modified: Option<Timestamp>,
    },
    StandardInput,
    /// Not opened; the format and the issue say why.
    Refused {
        format: Format,
        issue: Option<IssueKind>,
    },
}

/// The path that stands for standard input.
const STANDARD_INPUT: &str = "-";

/// Follows every path; folders are entered, sorted by name.
pub(crate) fn find(paths: &[PathBuf], limits: &Limits) -> Vec<Found> {
    let mut walk = Finder {
        found: Vec::new(),
        most: usize::try_from(limits.pieces).unwrap_or(usize::MAX),
        omitted: 0,
    };
    for path in paths {
        walk.root(path);
    }
    walk.found
}

struct Finder {
    found: Vec<Found>,
    most: usize,
    omitted: u64,
}

impl Finder {
    /// A path that the user gave: a link is followed, since the user named it.
    fn root(&mut self, path: &Path) {
        if path == Path::new(STANDARD_INPUT) {
            self.push(path, path, FoundKind::StandardInput);
            return;
        }
        match fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => {
                self.omitted = 0;
                self.folder(path, path, 1);
                self.count_omitted(path);
            }
            Ok(metadata) => self.push(path, path, of_metadata(&metadata)),
            Err(error) => self.push(path, path, refused(Format::Unreadable, &error)),
        }
    }

    fn folder(&mut self, root: &Path, folder: &Path, depth: usize) {
        let mut names = match self.names(folder) {
            Ok(names) => names,
            Err(error) => return self.push(root, folder, refused(Format::Folder, &error)),
        };
        if names.is_empty() {
            let (format, issue) = (Format::Folder, None);
            self.push(root, folder, FoundKind::Refused { format, issue });
        }
        names.sort_unstable();
        for name in names {
            self.member(root, &folder.join(name), depth);
        }
    }

    /// The names in a folder; no more are held than may be listed, the rest are counted.
    fn names(&mut self, folder: &Path) -> io::Result<Vec<OsString>> {
        let mut names = Vec::new();
        for entry in fs::read_dir(folder)? {
            if names.len() < self.most {
                names.push(entry?.file_name());
            } else {
                self.omitted = self.omitted.saturating_add(1);
            }
        }
        Ok(names)
    }

    fn member(&mut self, root: &Path, path: &Path, depth: usize) {
        match fs::symlink_metadata(path) {
            Ok(metadata) if metadata.is_dir() && depth >= DEEPEST_FOLDER => self.push(root, path, too_deep()),
            Ok(metadata) if metadata.is_dir() => self.folder(root, path, depth.saturating_add(1)),
            Ok(metadata) => self.push(root, path, of_metadata(&metadata)),
            Err(error) => self.push(root, path, refused(Format::Unreadable, &error)),
        }
    }

    fn push(&mut self, root: &Path, path: &Path, kind: FoundKind) {
        if self.found.len() >= self.most {
            self.omitted = self.omitted.saturating_add(1);
            return;
        }
        let below = path.strip_prefix(root).unwrap_or(path).to_string_lossy();
        self.found.push(Found {
            path: path.to_owned(),
            shown: Text::from(path.to_string_lossy()),
            host_hint: host_hint(&file_name(root), &below),
            kind,
        });
    }

    /// Says how many files of a folder were passed over.
    fn count_omitted(&mut self, root: &Path) {
        if self.omitted == 0 {
            return;
        }
        let issue = IssueKind::BoundReached {
            bound: "evidence.files",
            limit: self.most as u64,
            count: self.omitted,
        };
        self.found.push(Found {
            path: root.to_owned(),
            shown: Text::from(root.to_string_lossy()),
            host_hint: None,
            kind: FoundKind::Refused {
                format: Format::Folder,
                issue: Some(issue),
            },
        });
    }
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn of_metadata(metadata: &Metadata) -> FoundKind {
    let kind = metadata.file_type();
    if kind.is_file() {
        return FoundKind::File {
            bytes: metadata.len(),
            modified: modified(metadata),
        };
    }
    FoundKind::Refused {
        format: if kind.is_symlink() {
            Format::Symlink
        } else {
            Format::SpecialFile
        },
        issue: Some(IssueKind::Unsupported {
            field: "file.type",
            found: Text::from(type_word(kind)),
        }),
    }
}

#[cfg(unix)]
fn type_word(kind: FileType) -> &'static str {
    use std::os::unix::fs::FileTypeExt as _;
    if kind.is_fifo() {
        "named pipe"
    } else if kind.is_socket() {
        "socket"
    } else if kind.is_block_device() || kind.is_char_device() {
        "device"
    } else {
        "symbolic link"
    }
}

#[cfg(not(unix))]
fn type_word(kind: FileType) -> &'static str {
    if kind.is_symlink() {
        "symbolic link"
    } else {
        "special file"
    }
}

/// The modification time; a file from before 1970 has none worth having.
fn modified(metadata: &Metadata) -> Option<Timestamp> {
    let since = metadata.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    Some(Timestamp::from_seconds(
        i64::try_from(since.as_secs()).ok()?,
        since.subsec_nanos(),
    ))
}

fn refused(format: Format, error: &io::Error) -> FoundKind {
    FoundKind::Refused {
        format,
        issue: Some(IssueKind::Io {
            message: Text::from(error.to_string()),
        }),
    }
}

fn too_deep() -> FoundKind {
    FoundKind::Refused {
        format: Format::Folder,
        issue: Some(IssueKind::BoundReached {
            bound: "evidence.folder_depth",
            limit: DEEPEST_FOLDER as u64,
            count: 1,
        }),
    }
}
