//! What a query may use.

use std::num::NonZeroUsize;
use std::thread::available_parallelism;
use std::time::Duration;

use whotalks_case::kql::Limits;

use crate::memory;

/// The part of the machine's memory that a query may use where nothing is said: one of so many.
const MEMORY_PART: usize = 4;
/// Bytes of a mebibyte.
const MIB: usize = 1 << 20;

/// All processors, and of memory and time what is given.
pub(crate) fn of_query(memory_mebibytes: Option<usize>, time_seconds: Option<u64>) -> Limits {
    let memory_bytes = match memory_mebibytes {
        Some(mebibytes) => mebibytes.saturating_mul(MIB),
        None => memory::of_machine_bytes() / MEMORY_PART,
    };
    Limits {
        memory_bytes,
        threads: available_parallelism().unwrap_or(NonZeroUsize::MIN),
        time: time_seconds.map(Duration::from_secs),
    }
}
