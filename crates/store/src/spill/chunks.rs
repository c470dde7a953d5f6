//! A temporary file of chunks, compressed: rows repeat what others said, and writing is slower than compressing on most machines.
//!
//! It has no name where the system allows that, so that it is gone with the process, however that ends.

use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use lz4_flex::block::{compress_into, decompress_into, get_maximum_output_size};

use crate::StoreError;

/// Chunks of bytes in a file that is made with the first one.
#[derive(Debug)]
pub(crate) struct ChunkFile {
    folder: PathBuf,
    file: Option<Mutex<File>>,
    chunks: Vec<Chunk>,
    written: u64,
    /// Where a chunk is compressed (LZ4 block format).
    compressed: Vec<u8>,
}

#[derive(Clone, Copy, Debug)]
struct Chunk {
    offset: u64,
    /// How many bytes it has, and how many of the file it takes.
    length: usize,
    compressed: usize,
}

impl ChunkFile {
    /// No chunk yet; the file will be in `folder`.
    pub(crate) fn new(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            file: None,
            chunks: Vec::new(),
            written: 0,
            compressed: Vec::new(),
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
        self.compressed.resize(get_maximum_output_size(bytes.len()), 0);
        let length = compress_into(bytes, &mut self.compressed).map_err(|_| StoreError::DamagedSpill)?;
        self.compressed.truncate(length);
        // A read, or a write that failed half-way, has left the file elsewhere.
        file.seek(SeekFrom::Start(self.written))
            .and_then(|_| file.write_all(&self.compressed))
            .map_err(StoreError::io("write a temporary file in", &self.folder))?;
        self.chunks.push(Chunk {
            offset: self.written,
            length: bytes.len(),
            compressed: length,
        });
        self.written = self.written.saturating_add(length as u64);
        Ok(())
    }

    /// Reads a chunk. It seeks before every read: several readers may take turns.
    pub(crate) fn read(&self, index: usize, bytes: &mut Vec<u8>) -> Result<(), StoreError> {
        let chunk = self.chunks.get(index).ok_or(StoreError::DamagedSpill)?;
        let compressed = self.read_compressed(*chunk)?;
        bytes.resize(chunk.length, 0);
        match decompress_into(&compressed, bytes) {
            Ok(length) if length == chunk.length => Ok(()),
            _ => Err(StoreError::DamagedSpill),
        }
    }

    fn read_compressed(&self, chunk: Chunk) -> Result<Vec<u8>, StoreError> {
        let mut file = self.file.as_ref().map(locked).ok_or(StoreError::DamagedSpill)?;
        let mut compressed = vec![0; chunk.compressed];
        file.seek(SeekFrom::Start(chunk.offset))
            .and_then(|_| file.read_exact(&mut compressed))
            .map_err(self.refused("read a temporary file in"))?;
        Ok(compressed)
    }

    fn refused(&self, action: &'static str) -> impl FnOnce(std::io::Error) -> StoreError {
        StoreError::io(action, &self.folder)
    }
}

fn locked(file: &Mutex<File>) -> MutexGuard<'_, File> {
    file.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_come_back_in_any_order_and_repetition_takes_little_room() {
        let folder = tempfile::tempdir().unwrap();
        let mut file = ChunkFile::new(folder.path());
        let chunks = [b"again and again ".repeat(4_096), Vec::new(), (0..=255).collect()];
        for chunk in &chunks {
            file.append(chunk).unwrap();
        }
        assert!(file.written < 2_048, "{} bytes", file.written);
        let mut bytes = Vec::new();
        for index in [2, 0, 1, 0] {
            file.read(index, &mut bytes).unwrap();
            assert_eq!(bytes, chunks[index]);
        }
        assert!(matches!(file.read(3, &mut bytes), Err(StoreError::DamagedSpill)));
    }
}
