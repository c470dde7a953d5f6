//! How much may still be unpacked.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use whotalks_bytes::CapExceeded;

use crate::limits::{Limits, RATIO_GRACE_BYTES};

/// Bytes that may still be unpacked: over the run, and from the file being read. Shared with the thread that unpacks.
#[derive(Debug)]
pub(crate) struct Budget {
    ratio: u64,
    run_left: u64,
    allowance: u64,
    file_left: Arc<AtomicU64>,
}

impl Budget {
    pub(crate) fn new(limits: &Limits) -> Self {
        Self {
            ratio: limits.ratio,
            run_left: limits.output_bytes,
            allowance: 0,
            file_left: Arc::default(),
        }
    }

    /// Begins with a file of `bytes`; none for a stream of unknown length, which only the run's budget binds. Archives nested
    /// in each other multiply their ratios, so the ratio is held against the outermost file as well.
    pub(crate) fn begin_file(&mut self, bytes: Option<u64>) {
        self.end_file();
        let most = bytes.map_or(u64::MAX, |bytes| {
            bytes.saturating_mul(self.ratio).max(RATIO_GRACE_BYTES)
        });
        self.allowance = self.run_left.min(most);
        self.file_left.store(self.allowance, Ordering::Relaxed);
    }

    fn end_file(&mut self) {
        let used = self.allowance.saturating_sub(self.file_left.load(Ordering::Relaxed));
        self.run_left = self.run_left.saturating_sub(used);
        self.allowance = 0;
        self.file_left.store(0, Ordering::Relaxed);
    }

    /// A stream that fails with [`CapExceeded`] when the budget is spent. `packed_bytes` is what it is unpacked from, where
    /// that is known; then its own ratio is held too.
    pub(crate) fn bind<R: Read>(&self, input: R, packed_bytes: Option<u64>) -> Budgeted<R> {
        Budgeted {
            input,
            left: Arc::clone(&self.file_left),
            allowance: self.allowance,
            ratio: self.ratio,
            packed_bytes,
            bytes: 0,
        }
    }
}

/// See [`Budget::bind`].
pub(crate) struct Budgeted<R> {
    input: R,
    left: Arc<AtomicU64>,
    allowance: u64,
    ratio: u64,
    packed_bytes: Option<u64>,
    bytes: u64,
}

/// A member up to this size is never judged by its ratio: a megabyte of zeros packs a thousandfold.
const MEMBER_GRACE_BYTES: u64 = 1 << 20;

impl<R> Budgeted<R> {
    /// The stream itself.
    pub(crate) const fn inner(&self) -> &R {
        &self.input
    }

    fn check(&mut self, length: u64) -> Result<(), CapExceeded> {
        self.bytes = self.bytes.saturating_add(length);
        let left = self.left.load(Ordering::Relaxed);
        self.left.store(left.saturating_sub(length), Ordering::Relaxed);
        if length > left {
            return Err(CapExceeded::Output { cap: self.allowance });
        }
        match self.packed_bytes {
            Some(input_bytes) if self.bytes > MEMBER_GRACE_BYTES.max(input_bytes.saturating_mul(self.ratio)) => {
                Err(CapExceeded::Ratio {
                    cap: self.ratio,
                    input_bytes,
                })
            }
            _ => Ok(()),
        }
    }
}

impl<R: Read> Read for Budgeted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.input.read(buffer)?;
        self.check(length as u64).map_err(io::Error::other)?;
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn budget(output_bytes: u64, ratio: u64) -> Budget {
        Budget::new(&Limits {
            output_bytes,
            ratio,
            ..Limits::default()
        })
    }

    fn read(budget: &Budget, bytes: usize, packed: Option<u64>) -> Result<u64, Option<CapExceeded>> {
        let copied = io::copy(&mut budget.bind(&vec![0; bytes][..], packed), &mut io::sink());
        copied.map_err(|error| CapExceeded::of(&error))
    }

    #[test]
    fn the_budget_of_the_run_is_shared_by_its_files() {
        let mut budget = budget(1_000, 10);
        budget.begin_file(None);
        assert_eq!(read(&budget, 600, None), Ok(600));
        budget.begin_file(Some(u64::MAX));
        assert_eq!(read(&budget, 400, None), Ok(400));
        assert_eq!(read(&budget, 1, None), Err(Some(CapExceeded::Output { cap: 400 })));
    }

    #[test]
    fn nested_archives_may_not_multiply_their_ratios() {
        let mut budget = budget(u64::MAX, 10);
        budget.begin_file(Some(1_000));
        assert_eq!(
            read(&budget, (RATIO_GRACE_BYTES + 1) as usize, None),
            Err(Some(CapExceeded::Output { cap: RATIO_GRACE_BYTES }))
        );
    }

    #[test]
    fn a_member_is_held_to_its_own_ratio() {
        let mut budget = budget(u64::MAX, 10);
        budget.begin_file(None);
        let (cap, input_bytes) = (10, 200 << 10);
        assert_eq!(
            read(&budget, 3 << 20, Some(input_bytes)),
            Err(Some(CapExceeded::Ratio { cap, input_bytes }))
        );
        assert_eq!(read(&budget, 1 << 20, Some(1)), Ok(1 << 20));
    }
}
