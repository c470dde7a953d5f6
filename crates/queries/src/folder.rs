//! The queries of a folder: its files that end in `.kql`, and those of the folders in it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::front_matter::{FrontMatterError, read};
use crate::saved::SavedQuery;

/// How deep folders lie in each other.
const MOST_LEVELS: usize = 8;
/// The most bytes of a query; the parser takes no more.
const MOST_BYTES: u64 = 1 << 20;
/// The most queries of a folder; more of them are no collection that somebody chose.
const MOST_QUERIES: usize = 10_000;

/// Why a folder or a file in it cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// It cannot be read.
    #[error("{source}")]
    Read {
        /// The folder or the file.
        path: PathBuf,
        /// The system's message.
        source: io::Error,
    },
    /// Its first lines are wrong.
    #[error("{source}")]
    FrontMatter {
        /// The file.
        path: PathBuf,
        /// Why.
        source: FrontMatterError,
    },
    /// It is too large to be a query, or the folder holds too many.
    #[error("it is too large")]
    TooLarge {
        /// The folder or the file.
        path: PathBuf,
    },
}

impl FolderError {
    /// The folder or the file.
    pub fn path(&self) -> &Path {
        match self {
            Self::Read { path, .. } | Self::FrontMatter { path, .. } | Self::TooLarge { path } => path,
        }
    }
}

/// The queries of a folder, by name.
///
/// # Errors
///
/// [`FolderError`] of the first one that cannot be used: a collection with a hole is not the one that was meant.
pub fn folder(path: &Path) -> Result<Vec<SavedQuery>, FolderError> {
    let mut files = Vec::new();
    gather(path, MOST_LEVELS, &mut files)?;
    files.sort();
    let mut queries = files.iter().map(|file| query(file)).collect::<Result<Vec<_>, _>>()?;
    queries.sort_by(|one, two| one.name.cmp(&two.name));
    Ok(queries)
}

fn gather(folder: &Path, levels: usize, files: &mut Vec<PathBuf>) -> Result<(), FolderError> {
    let unreadable = |source| FolderError::Read {
        path: folder.to_owned(),
        source,
    };
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if path.is_dir() && levels > 0 {
            gather(&path, levels - 1, files)?;
        } else if path
            .extension()
            .is_some_and(|ending| ending.eq_ignore_ascii_case("kql"))
        {
            files.push(path);
        }
        if files.len() > MOST_QUERIES {
            let path = folder.to_owned();
            return Err(FolderError::TooLarge { path });
        }
    }
    Ok(())
}

fn query(path: &Path) -> Result<SavedQuery, FolderError> {
    let unreadable = |source| FolderError::Read {
        path: path.to_owned(),
        source,
    };
    if fs::metadata(path).map_err(unreadable)?.len() > MOST_BYTES {
        let path = path.to_owned();
        return Err(FolderError::TooLarge { path });
    }
    let text = fs::read_to_string(path).map_err(unreadable)?;
    let name = path
        .file_stem()
        .map(|stem| stem.to_string_lossy().into_owned())
        .unwrap_or_default();
    let query = read(&name, &text).map_err(|source| FolderError::FrontMatter {
        path: path.to_owned(),
        source,
    })?;
    Ok(SavedQuery {
        path: Some(path.to_owned()),
        ..query
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queries_are_found_in_folders_by_name_and_other_files_are_left_alone() {
        let place = tempfile::tempdir().unwrap();
        let inner = place.path().join("inner");
        fs::create_dir(&inner).unwrap();
        fs::write(place.path().join("b.kql"), "T").unwrap();
        fs::write(inner.join("a.KQL"), "T | count").unwrap();
        fs::write(place.path().join("notes.md"), "# no query").unwrap();
        let found = folder(place.path()).unwrap();
        let names: Vec<&str> = found.iter().map(|query| query.name.as_str()).collect();
        assert_eq!(names, ["a", "b"]);
        assert!(found.iter().all(|query| query.path.is_some()));
    }

    #[test]
    fn a_wrong_file_is_named() {
        let place = tempfile::tempdir().unwrap();
        let file = place.path().join("wrong.kql");
        fs::write(&file, "// +++\n// title = 3").unwrap();
        let error = folder(place.path()).unwrap_err();
        assert_eq!(error.path(), file);
        assert!(matches!(
            folder(&place.path().join("none")),
            Err(FolderError::Read { .. })
        ));
    }
}
