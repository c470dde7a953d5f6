//! Writing so that a power cut leaves the old or the new file, never a half.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::Path;

use crate::StoreError;

/// Creates a folder and its parents; one that is there is fine.
pub(crate) fn create_folder(path: &Path) -> Result<(), StoreError> {
    fs::create_dir_all(path).map_err(StoreError::io("create", path))
}

/// Writes `content` under `target` by way of `temporary`, on the same file system.
pub(crate) fn replace(target: &Path, temporary: &Path, content: &str) -> Result<(), StoreError> {
    let write = || -> io::Result<()> {
        let mut file = File::create(temporary)?;
        file.write_all(content.as_bytes())?;
        file.sync_all()
    };
    write().map_err(StoreError::io("write", temporary))?;
    rename(temporary, target)?;
    sync_folder_of(target)
}

/// Gives a written file its name.
pub(crate) fn rename(from: &Path, to: &Path) -> Result<(), StoreError> {
    fs::rename(from, to).map_err(StoreError::io("rename to", to))
}

/// Makes the names in the folder of `path` survive a power cut.
pub(crate) fn sync_folder_of(path: &Path) -> Result<(), StoreError> {
    path.parent().map_or(Ok(()), sync_folder)
}

#[cfg(unix)]
fn sync_folder(path: &Path) -> Result<(), StoreError> {
    let sync = || File::open(path)?.sync_all();
    sync().map_err(StoreError::io("write", path))
}

/// Windows cannot open a folder as a file; NTFS journals names by itself.
#[cfg(not(unix))]
fn sync_folder(_path: &Path) -> Result<(), StoreError> {
    Ok(())
}

/// The content of a small text file; none where there is none.
pub(crate) fn read_text(path: &Path) -> Result<Option<String>, StoreError> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) if error.kind() == io::ErrorKind::InvalidData => Err(StoreError::DamagedFile {
            path: path.to_owned(),
            reason: "it is not text".to_owned(),
        }),
        Err(error) => Err(StoreError::io("read", path)(error)),
    }
}

/// Writes `content` under `target` by way of `temporary`, unless somebody else has written `target` first.
///
/// Says whether it was written.
pub(crate) fn write_new(target: &Path, temporary: &Path, content: &str) -> Result<bool, StoreError> {
    let write = || -> io::Result<()> {
        let mut file = File::create(temporary)?;
        file.write_all(content.as_bytes())?;
        file.sync_all()
    };
    write().map_err(StoreError::io("write", temporary))?;
    // A second name is given only where there is none, and the file has its whole content by then.
    let linked = fs::hard_link(temporary, target);
    match linked {
        Ok(()) => {
            let _ = fs::remove_file(temporary);
            sync_folder_of(target)?;
            Ok(true)
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
        // File systems without second names: whoever else writes here holds the lock of commits.
        Err(_) => {
            rename(temporary, target)?;
            sync_folder_of(target)?;
            Ok(true)
        }
    }
}

/// The names in a folder, in order; none where the folder is not there.
pub(crate) fn names(folder: &Path) -> Result<Vec<String>, StoreError> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(StoreError::io("list", folder)(error)),
    };
    let mut names = Vec::new();
    for entry in entries {
        let entry = entry.map_err(StoreError::io("list", folder))?;
        names.extend(entry.file_name().into_string());
    }
    names.sort_unstable();
    Ok(names)
}
