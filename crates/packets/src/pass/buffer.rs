//! Memory that a file is read into.

use std::io::{self, Read};

/// Bytes of which the first so many count. What lies behind them is left as it is, since clearing it before every read would
/// cost as much as a quarter of the reading.
#[derive(Debug, Default)]
pub(super) struct Buffer {
    bytes: Vec<u8>,
    filled: usize,
}

impl Buffer {
    /// What counts.
    #[inline]
    pub(super) fn bytes(&self) -> &[u8] {
        self.bytes.get(..self.filled).unwrap_or_default()
    }

    #[inline]
    pub(super) const fn len(&self) -> usize {
        self.filled
    }

    pub(super) const fn clear(&mut self) {
        self.filled = 0;
    }

    /// Adds bytes.
    #[inline]
    pub(super) fn push(&mut self, bytes: &[u8]) {
        let end = self.filled + bytes.len();
        if let Some(room) = self.bytes.get_mut(self.filled..end) {
            room.copy_from_slice(bytes);
        } else {
            self.bytes.truncate(self.filled);
            self.bytes.extend_from_slice(bytes);
        }
        self.filled = end;
    }

    /// Reads until so many bytes are there, or the input ends. What was read before a failure is kept.
    ///
    /// # Errors
    /// Those of the input, save interruptions.
    pub(super) fn read(&mut self, input: &mut impl Read, wanted: usize) -> io::Result<()> {
        if self.bytes.len() < wanted {
            self.bytes.resize(wanted, 0);
        }
        while let Some(room) = self.bytes.get_mut(self.filled..wanted)
            && !room.is_empty()
        {
            match input.read(room) {
                Ok(0) => break,
                Ok(length) => self.filled += length,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}
