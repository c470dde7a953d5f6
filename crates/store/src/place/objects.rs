//! Files of a table that lie in a bucket, for whoever reads parts of them.

use std::fs::File;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Bucket;
use crate::StoreError;

/// Parquet files in a bucket. They are read where they lie, range by range.
#[derive(Clone, Debug)]
pub struct Objects {
    bucket: Arc<Bucket>,
    files: Vec<(String, u64)>,
}

impl Objects {
    /// Files by their names within the case, with their bytes.
    pub(crate) fn new(bucket: &Arc<Bucket>, files: Vec<(String, u64)>) -> Self {
        Self {
            bucket: Arc::clone(bucket),
            files,
        }
    }

    /// The address of the case.
    pub fn root(&self) -> &Path {
        self.bucket.root()
    }

    /// The names of the files within the case, and how many bytes each has.
    pub fn files(&self) -> &[(String, u64)] {
        &self.files
    }

    /// A range of a file.
    ///
    /// # Errors
    ///
    /// [`StoreError::Object`] where the server does not give it, [`StoreError::ChangedPart`] where the file is gone.
    pub fn read(&self, name: &str, range: Range<u64>) -> Result<Vec<u8>, StoreError> {
        let bytes = self.bucket.read_range(name, range)?;
        bytes.ok_or_else(|| self.gone(name))
    }

    /// Copies a file as a whole to a path on this computer; says how many bytes it has.
    ///
    /// # Errors
    ///
    /// As [`Objects::read`], and [`StoreError::Io`] where the path cannot be written.
    pub fn copy(&self, name: &str, target: &Path) -> Result<u64, StoreError> {
        let expected = self.bytes_of(name);
        let (mut from, _) = self.bucket.fetch(name, expected)?.ok_or_else(|| self.gone(name))?;
        let mut copy = || io::copy(&mut from, &mut File::create(target)?);
        copy().map_err(StoreError::io("write", target))
    }

    fn bytes_of(&self, name: &str) -> u64 {
        let known = self.files.iter().find(|(known, _)| known == name);
        known.map_or(0, |(_, bytes)| *bytes)
    }

    fn gone(&self, name: &str) -> StoreError {
        StoreError::ChangedPart {
            path: PathBuf::from(self.bucket.text(name)),
            committed: self.bytes_of(name),
            found: 0,
        }
    }
}
