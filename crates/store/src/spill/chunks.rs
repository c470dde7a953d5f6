//! A temporary file of chunks.
//!
//! It has no name where the system allows that, so that it is gone with the process, however that ends.

use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::StoreError;

/// Chunks of bytes in a file that is made with the first one.
#[derive(Debug)]
pub(crate) struct ChunkFile {
    folder: PathBuf,
    file: Option<Mutex<File>>,
    chunks: Vec<Chunk>,
    written: u64,
}

#[derive(Clone, Copy, Debug)]
struct Chunk {
    offset: u64,
    length: usize,
}

impl ChunkFile {
    /// No chunk yet; the file will be in `folder`.
    pub(crate) fn new(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            file: None,
            chunks: Vec::new(),
            written: 0,
        }
    }

    /// How many chunks there are.
    pub(crate) fn len(&self) -> usize {
        self.chunks.len()
    }

    /// Adds a chunk. One that could not be written is not there.
    pub(crate) fn append(&mut self, bytes: &[u8]) -> Result<(), StoreError> {
        let file = match self.file.take() {
            Some(file) => file,
            None => Mutex::new(tempfile::tempfile_in(&self.folder).map_err(self.refused("create a file in"))?),
        };
        let mut file = locked(self.file.insert(file));
        // A read, or a write that failed half-way, has left the file elsewhere.
        file.seek(SeekFrom::Start(self.written))
            .and_then(|_| file.write_all(bytes))
            .map_err(StoreError::io("write a temporary file in", &self.folder))?;
        self.chunks.push(Chunk {
            offset: self.written,
            length: bytes.len(),
        });
        self.written = self.written.saturating_add(bytes.len() as u64);
        Ok(())
    }

    /// Reads a chunk. It seeks before every read: several readers may take turns.
    pub(crate) fn read(&self, index: usize, bytes: &mut Vec<u8>) -> Result<(), StoreError> {
        let chunk = self.chunks.get(index).ok_or(StoreError::DamagedSpill)?;
        let mut file = self.file.as_ref().map(locked).ok_or(StoreError::DamagedSpill)?;
        bytes.resize(chunk.length, 0);
        file.seek(SeekFrom::Start(chunk.offset))
            .and_then(|_| file.read_exact(bytes))
            .map_err(self.refused("read a temporary file in"))
    }

    fn refused(&self, action: &'static str) -> impl FnOnce(std::io::Error) -> StoreError {
        StoreError::io(action, &self.folder)
    }
}

fn locked(file: &Mutex<File>) -> MutexGuard<'_, File> {
    file.lock().unwrap_or_else(PoisonError::into_inner)
}
