//! Who may do what at the same time.
//!
//! | lock | who holds it |
//! |---|---|
//! | `tmp/<writer>/alive` | a writer, as long as it lives: what lies beside it is its own |
//! | `commit.lock` | a writer for the moment of a commit |
//! | `writer.lock` | all writers together, or one that rebuilds the case alone |
//!
//! In a bucket there are no locks: the server lets one writer make each commit, and [`crate::lease`] says who is at work.
//!
//! The operating system keeps the locks on open files and ends them with the process, however it ends. Nothing is stored in a
//! locked file, since Windows lets nobody else read one; who writes stands in `tmp/<writer>/writer.toml`.

use std::fmt;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::hash::{BuildHasher as _, RandomState};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use tempfile::TempDir;
use whotalks_record::Timestamp;

use crate::lease::{self, Lease};
use crate::place::{Bucket, Place};
use crate::{StoreError, disk};

/// The folder of what is not committed yet.
pub(crate) const TEMPORARY: &str = "tmp";

/// The file whose lock says that a writer lives.
const ALIVE: &str = "alive";

/// Nanoseconds of a millisecond.
const NANOSECONDS_OF_MILLISECOND: i64 = 1_000_000;

/// Who writes a case. The clock is asked by the caller: libraries ask none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WriterIdentity {
    /// Program and version: `whotalks 0.1.0`.
    pub program: String,
    /// Its process identifier.
    pub process: u32,
    /// When it began to write, as an RFC 3339 text.
    pub since: String,
    /// The same moment in milliseconds since 1970: what it commits carries this time.
    #[serde(default, rename = "since-milliseconds")]
    pub since_milliseconds: i64,
}

impl WriterIdentity {
    /// This process, since `now`.
    pub fn this_process(program: &str, now: Timestamp) -> Self {
        let since = jiff::Timestamp::from_nanosecond(i128::from(now.nanoseconds()));
        Self {
            program: program.to_owned(),
            process: std::process::id(),
            since: since.map(|since| format!("{since:.0}")).unwrap_or_default(),
            since_milliseconds: now.nanoseconds().div_euclid(NANOSECONDS_OF_MILLISECOND),
        }
    }
}

impl fmt::Display for WriterIdentity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (process {}, since {})", self.program, self.process, self.since)
    }
}

/// The desk of a living writer: a folder of its own under a name that no other writer has.
#[derive(Debug)]
pub(crate) struct Desk {
    name: String,
    folder: PathBuf,
    hold: Hold,
}

/// What says that the writer of a desk lives.
#[derive(Debug)]
enum Hold {
    /// In a case in a folder, a lock; none once the desk is given back.
    Lock(Option<Held>),
    /// In a bucket, a lease; the folder is one of this computer.
    Lease { lease: Lease, _folder: TempDir },
}

impl Desk {
    /// Takes a new one.
    pub(crate) fn take(place: &Place, writer: &WriterIdentity) -> Result<Self, StoreError> {
        let name = fresh_name(writer.process);
        match place {
            Place::Folder(root) => Self::in_case(root, name, writer),
            Place::Bucket(bucket) => Self::beside(bucket, name, writer),
        }
    }

    fn in_case(root: &Path, name: String, writer: &WriterIdentity) -> Result<Self, StoreError> {
        let folder = root.join(TEMPORARY).join(&name);
        disk::create_folder(&folder)?;
        let alive = open(&folder.join(ALIVE))?;
        alive.try_lock().map_err(|error| refused(error, &folder.join(ALIVE)))?;
        if let Ok(text) = toml::to_string(writer) {
            let path = folder.join("writer.toml");
            fs::write(&path, text).map_err(StoreError::io("write", &path))?;
        }
        let hold = Hold::Lock(Some(Held(alive)));
        Ok(Self { name, folder, hold })
    }

    fn beside(bucket: &Arc<Bucket>, name: String, writer: &WriterIdentity) -> Result<Self, StoreError> {
        bucket.check_is_safe(&name)?;
        let temporary = std::env::temp_dir();
        let folder = tempfile::Builder::new().prefix("whotalks-").tempdir_in(&temporary);
        let folder = folder.map_err(StoreError::io("create a folder in", &temporary))?;
        let lease = Lease::take(bucket, &name, writer)?;
        Ok(Self {
            name,
            folder: folder.path().to_owned(),
            hold: Hold::Lease { lease, _folder: folder },
        })
    }

    /// Says again that its writer lives, where that was long ago.
    pub(crate) fn renew(&self) -> Result<(), StoreError> {
        match &self.hold {
            Hold::Lock(_) => Ok(()),
            Hold::Lease { lease, .. } => lease.renew(),
        }
    }

    /// Its name, which parts of its batches carry.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Its folder.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }
}

impl Drop for Desk {
    /// Takes the folder away; what stays behind is swept by the next writer.
    fn drop(&mut self) {
        if let Hold::Lock(alive) = &mut self.hold {
            *alive = None;
            let _ = fs::remove_dir_all(&self.folder);
        }
    }
}

/// A name that no writer has, from the random keys of the standard library's hash maps.
pub(crate) fn fresh_name(process: u32) -> String {
    format!("{:016x}", RandomState::new().hash_one(process))
}

/// The writers that live now.
pub(crate) fn living_writers(place: &Place) -> Result<Vec<WriterIdentity>, StoreError> {
    let root = match place {
        Place::Folder(root) => root,
        Place::Bucket(bucket) => {
            let living = lease::living(bucket)?.into_iter();
            return Ok(living.map(|(_, writer)| writer).collect());
        }
    };
    let temporary = root.join(TEMPORARY);
    let names = disk::names(&temporary)?.into_iter();
    let folders = names.map(|name| temporary.join(name)).filter(|folder| is_alive(folder));
    let identities = folders.filter_map(|folder| disk::read_text(&folder.join("writer.toml")).ok().flatten());
    Ok(identities.filter_map(|text| toml::from_str(&text).ok()).collect())
}

/// Removes what dead writers left on their desks.
pub(crate) fn sweep_desks(root: &Path) -> Result<(), StoreError> {
    let temporary = root.join(TEMPORARY);
    for name in disk::names(&temporary)? {
        let path = temporary.join(name);
        if path.is_dir() && is_alive(&path) {
            continue;
        }
        let removed = if path.is_dir() {
            fs::remove_dir_all(&path)
        } else {
            fs::remove_file(&path)
        };
        match removed {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(StoreError::io("remove", &path)(error));
            }
            _ => {}
        }
    }
    Ok(())
}

/// Whether somebody holds the lock of a desk. Desks are made and swept under the lock of commits, so that none is met half made.
fn is_alive(folder: &Path) -> bool {
    let Ok(file) = OpenOptions::new().write(true).open(folder.join(ALIVE)) else {
        return false;
    };
    match file.try_lock() {
        Ok(()) => {
            drop(Held(file));
            false
        }
        Err(error) => matches!(error, TryLockError::WouldBlock),
    }
}

/// The right to commit; held for moments. In a bucket, whoever commits first has it.
#[derive(Debug)]
pub(crate) struct CommitLock {
    _held: Option<Held>,
}

impl CommitLock {
    /// Waits for it.
    pub(crate) fn take(place: &Place) -> Result<Self, StoreError> {
        let Place::Folder(root) = place else {
            return Ok(Self { _held: None });
        };
        let path = root.join("commit.lock");
        let held = open(&path)?;
        held.lock().map_err(StoreError::io("lock", &path))?;
        Ok(Self {
            _held: Some(Held(held)),
        })
    }
}

/// The right to write: of all writers together, or of one alone. In a bucket everybody has it, and whoever needed it alone finds at its
/// end that it was not.
#[derive(Debug)]
pub(crate) struct WriteLock {
    _held: Option<Held>,
}

impl WriteLock {
    /// The right that writers share.
    pub(crate) fn share(place: &Place) -> Result<Self, StoreError> {
        Self::take(place, File::try_lock_shared)
    }

    /// The right of one alone.
    pub(crate) fn alone(place: &Place) -> Result<Self, StoreError> {
        Self::take(place, File::try_lock)
    }

    fn take(place: &Place, lock: fn(&File) -> Result<(), TryLockError>) -> Result<Self, StoreError> {
        let Place::Folder(root) = place else {
            return Ok(Self { _held: None });
        };
        let path = root.join("writer.lock");
        let held = open(&path)?;
        match lock(&held) {
            Ok(()) => Ok(Self {
                _held: Some(Held(held)),
            }),
            Err(TryLockError::WouldBlock) => Err(StoreError::BeingWritten {
                path: root.clone(),
                writer: living_writers(place)?.into_iter().next(),
            }),
            Err(error) => Err(refused(error, &path)),
        }
    }
}

/// A file whose lock this process holds.
#[derive(Debug)]
struct Held(File);

impl Drop for Held {
    /// Gives the lock back rather than only closing the file: a process that is being started has a copy of every open file until its
    /// program runs, and would keep the lock that long.
    fn drop(&mut self) {
        let _ = self.0.unlock();
    }
}

fn open(path: &Path) -> Result<File, StoreError> {
    let open = OpenOptions::new().create(true).truncate(false).write(true).open(path);
    open.map_err(StoreError::io("open", path))
}

fn refused(error: TryLockError, path: &Path) -> StoreError {
    let error = match error {
        TryLockError::Error(error) => error,
        TryLockError::WouldBlock => std::io::ErrorKind::WouldBlock.into(),
    };
    StoreError::io("lock", path)(error)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a process that is being started holds until its program runs: the same open file.
    fn copy_of(held: Option<&Held>) -> File {
        held.unwrap().0.try_clone().unwrap()
    }

    #[test]
    fn a_lock_ends_with_its_holder_though_a_starting_process_has_the_file_open() {
        let folder = tempfile::tempdir().unwrap();
        let place = Place::Folder(folder.path().to_owned());
        let shared = WriteLock::share(&place).unwrap();
        let _inherited = copy_of(shared._held.as_ref());
        assert!(matches!(WriteLock::alone(&place), Err(StoreError::BeingWritten { .. })));
        drop(shared);
        let alone = WriteLock::alone(&place).unwrap();
        let _inherited = copy_of(alone._held.as_ref());
        drop(alone);
        WriteLock::share(&place).unwrap();
    }
}
