//! How far a run is, counted where the files themselves are read.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::progress::Progress;

/// Bytes of the files as they lie on disk.
pub(super) struct Meter {
    total_bytes: u64,
    /// Of the files before this one.
    done_bytes: u64,
    /// The length of this file, where known.
    file_bytes: Option<u64>,
    /// Read of this file; counted by the thread that reads it.
    read_bytes: Arc<AtomicU64>,
}

impl Meter {
    pub(super) fn new(total_bytes: u64) -> Self {
        Self {
            total_bytes,
            done_bytes: 0,
            file_bytes: None,
            read_bytes: Arc::default(),
        }
    }

    /// A stream that counts for the meter.
    pub(super) fn begin_file<R: Read>(&mut self, input: R, bytes: Option<u64>) -> Counted<R> {
        self.file_bytes = bytes;
        self.read_bytes = Arc::default();
        self.count(input)
    }

    /// Another stream over the same file.
    pub(super) fn count<R: Read>(&self, input: R) -> Counted<R> {
        Counted {
            input,
            bytes: Arc::clone(&self.read_bytes),
        }
    }

    pub(super) fn end_file(&mut self) {
        let read = self.read_bytes.load(Ordering::Relaxed);
        self.done_bytes = self.done_bytes.saturating_add(self.file_bytes.unwrap_or(read));
        self.file_bytes = Some(0);
    }

    pub(super) fn tell(&self, progress: &mut dyn Progress, path: &str) {
        // A file that is read twice counts once.
        let read = self
            .read_bytes
            .load(Ordering::Relaxed)
            .min(self.file_bytes.unwrap_or(u64::MAX));
        progress.update(self.done_bytes.saturating_add(read), self.total_bytes, path);
    }
}

/// See [`Meter::begin_file`].
pub(super) struct Counted<R> {
    input: R,
    bytes: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.input.read(buffer)?;
        self.bytes.fetch_add(length as u64, Ordering::Relaxed);
        Ok(length)
    }
}

impl<R: io::Seek> io::Seek for Counted<R> {
    fn seek(&mut self, position: io::SeekFrom) -> io::Result<u64> {
        self.input.seek(position)
    }
}
