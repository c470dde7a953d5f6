//! Where a case lies: in a folder, or in a bucket of an object store.
//!
//! Names within a case are texts with slashes, `commits/00000012.toml`. What is asked for here is all that the rest of the crate knows
//! of the difference, but for who is first: in a folder writers take turns by locks, in a bucket the server refuses the second one.

mod address;
mod bucket;
mod client;
mod each;
mod environment;
mod error;
mod objects;
#[cfg(test)]
mod test_server;
#[cfg(test)]
mod tests;
mod xml;

pub(crate) use bucket::Bucket;
pub(crate) use client::spread;
pub use error::{ObjectError, ObjectProblem};
pub use objects::Objects;
#[cfg(test)]
pub(crate) use test_server::{Manner, Served, serve};

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use self::address::Address;
use crate::{StoreError, disk};

/// Where a case lies.
#[derive(Clone, Debug)]
pub(crate) enum Place {
    /// In a folder.
    Folder(PathBuf),
    /// In a bucket.
    Bucket(Arc<Bucket>),
}

impl Place {
    /// The place that a path names: `s3://BUCKET/PREFIX` is a bucket, everything else a folder.
    pub(crate) fn of(root: &Path) -> Result<Self, StoreError> {
        let Some(address) = Address::of(root) else {
            return Ok(Self::Folder(root.to_owned()));
        };
        let address = address.map_err(|problem| ObjectError {
            action: "use",
            address: root.display().to_string(),
            problem,
        })?;
        Ok(Self::Bucket(Arc::new(Bucket::open(root, address)?)))
    }

    /// The place as the user named it.
    pub(crate) fn root(&self) -> &Path {
        match self {
            Self::Folder(root) => root,
            Self::Bucket(bucket) => bucket.root(),
        }
    }

    /// The bucket, where it is one.
    pub(crate) const fn bucket(&self) -> Option<&Arc<Bucket>> {
        match self {
            Self::Folder(_) => None,
            Self::Bucket(bucket) => Some(bucket),
        }
    }

    /// Where a name lies, for people and, in a folder, for the system.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        match self {
            Self::Folder(root) => name.split('/').fold(root.clone(), |path, part| path.join(part)),
            Self::Bucket(bucket) => PathBuf::from(bucket.text(name)),
        }
    }

    /// Creates a folder and its parents; a bucket knows none.
    pub(crate) fn create_folder(&self, name: &str) -> Result<(), StoreError> {
        match self {
            Self::Folder(_) => disk::create_folder(&self.path(name)),
            Self::Bucket(_) => Ok(()),
        }
    }

    /// The content of a small text file; none where there is none.
    pub(crate) fn read_text(&self, name: &str) -> Result<Option<String>, StoreError> {
        match self {
            Self::Folder(_) => disk::read_text(&self.path(name)),
            Self::Bucket(bucket) => Ok(bucket.read_text(name)?),
        }
    }

    /// The content of a small text file that should be there.
    pub(crate) fn read_existing_text(&self, name: &str) -> Result<String, StoreError> {
        let text = self.read_text(name)?;
        text.ok_or_else(|| StoreError::io("read", &self.path(name))(io::ErrorKind::NotFound.into()))
    }

    /// Writes a small text file, in the place of one that may be there; a folder by way of `temporary`.
    pub(crate) fn replace(&self, name: &str, temporary: &Path, content: &str) -> Result<(), StoreError> {
        match self {
            Self::Folder(_) => disk::replace(&self.path(name), temporary, content),
            Self::Bucket(bucket) => Ok(bucket.put(name, content)?),
        }
    }

    /// Writes a small text file, unless somebody else has written one first; says whether it was written. In a bucket, a content is
    /// known as one's own by its words, so that two writers must not write the same ones.
    pub(crate) fn write_new(&self, name: &str, temporary: &Path, content: &str) -> Result<bool, StoreError> {
        match self {
            Self::Folder(_) => disk::write_new(&self.path(name), temporary, content),
            Self::Bucket(bucket) => Ok(bucket.put_new(name, content)?),
        }
    }

    /// Brings a finished file to its name: in a folder it gets the name, in a bucket its content.
    pub(crate) fn take_in(&self, temporary: &Path, name: &str) -> Result<(), StoreError> {
        match self {
            Self::Folder(_) => disk::rename(temporary, &self.path(name)),
            Self::Bucket(bucket) => Ok(bucket.put_file(name, temporary)?),
        }
    }

    /// Makes the names in the folder of `name` survive a power cut.
    pub(crate) fn sync_folder_of(&self, name: &str) -> Result<(), StoreError> {
        match self {
            Self::Folder(_) => disk::sync_folder_of(&self.path(name)),
            Self::Bucket(_) => Ok(()),
        }
    }

    /// The names right below a folder, in order; none where there is no such folder.
    pub(crate) fn names(&self, folder: &str) -> Result<Vec<String>, StoreError> {
        self.names_after(folder, None)
    }

    /// The names right below a folder that come after another one; a folder of the system lists the others as well.
    pub(crate) fn names_after(&self, folder: &str, after: Option<&str>) -> Result<Vec<String>, StoreError> {
        match self {
            Self::Folder(_) => disk::names(&self.path(folder)),
            Self::Bucket(bucket) => Ok(bucket.names(folder, after)?),
        }
    }

    /// Whether other names are below this one. In a bucket every name that a folder of tables lists is such a folder.
    pub(crate) fn is_folder(&self, name: &str) -> bool {
        match self {
            Self::Folder(_) => self.path(name).is_dir(),
            Self::Bucket(_) => !name.ends_with(".parquet"),
        }
    }

    /// Takes a file away and says how many bytes it had, where that is known; none where it is not there.
    pub(crate) fn remove(&self, name: &str) -> Result<Option<u64>, StoreError> {
        let path = match self {
            Self::Folder(_) => self.path(name),
            Self::Bucket(bucket) => {
                // Only for people: some servers refuse to say it.
                let bytes = bucket.length(name).ok().flatten();
                bucket.remove(name)?;
                return Ok(bytes);
            }
        };
        let bytes = fs::metadata(&path).map_or(0, |metadata| metadata.len());
        match fs::remove_file(&path) {
            Ok(()) => Ok(Some(bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(StoreError::io("remove", &path)(error)),
        }
    }

    /// A file opened for reading from its start to its end, and how many bytes it has; none where it is not there. What lies in a bucket
    /// is brought into a temporary file first, as a whole: whoever asks for it reads all of it.
    pub(crate) fn open(&self, name: &str, expected: u64) -> Result<Option<(File, u64)>, StoreError> {
        let path = match self {
            Self::Folder(_) => self.path(name),
            Self::Bucket(bucket) => return Ok(bucket.fetch(name, expected)?),
        };
        let file = match File::open(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(StoreError::io("open", &path)(error)),
        };
        let bytes = file.metadata().map_err(StoreError::io("read", &path))?.len();
        Ok(Some((file, bytes)))
    }
}
