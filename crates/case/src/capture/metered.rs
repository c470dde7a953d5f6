//! How much of a file was read.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Counts the bytes that pass.
pub(super) struct Metered<R> {
    input: R,
    read: Arc<AtomicU64>,
}

impl<R> Metered<R> {
    pub(super) fn new(input: R, read: &Arc<AtomicU64>) -> Self {
        let read = Arc::clone(read);
        Self { input, read }
    }
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.input.read(buffer)?;
        self.read.fetch_add(length as u64, Ordering::Relaxed);
        Ok(length)
    }
}
