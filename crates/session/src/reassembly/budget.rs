//! Bytes that many streams share.

/// Bytes that all streams together may hold.
#[derive(Debug)]
pub struct Budget {
    limit: usize,
    used: usize,
    refused: u64,
}

impl Budget {
    /// So many bytes.
    #[must_use]
    pub const fn new(limit: usize) -> Self {
        Self {
            limit,
            used: 0,
            refused: 0,
        }
    }

    pub(crate) const fn limit(&self) -> usize {
        self.limit
    }

    /// How often bytes were asked for that were not to be had.
    pub(crate) const fn refused(&self) -> u64 {
        self.refused
    }

    /// Takes `bytes` if they are to be had.
    pub const fn take(&mut self, bytes: usize) -> bool {
        if self.used.saturating_add(bytes) > self.limit {
            self.refused += 1;
            return false;
        }
        self.used += bytes;
        true
    }

    /// Gives back what was taken.
    pub const fn give_back(&mut self, bytes: usize) {
        self.used = self.used.saturating_sub(bytes);
    }
}
