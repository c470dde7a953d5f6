//! Summaries of many values that can be put together: how many different ones there are (`hll`), and how they are spread
//! (`tdigest`). They travel as dynamic values of our own form; those of the real engine have another one.

mod dcount_hll;
mod digests;
mod hll;
mod hll_merge;
mod merge_tdigest;
mod percentile_tdigest;
mod percentiles_array_tdigest;
mod percentrank_tdigest;
mod rank_tdigest;
mod registers;
mod tdigest;

pub use hll::Hll;
pub use tdigest::TDigest;

use crate::function::Function;

/// All of them, by name.
pub(super) static FUNCTIONS: &[&Function] = &[
    &dcount_hll::FUNCTION,
    &hll_merge::FUNCTION,
    &merge_tdigest::FUNCTION,
    &percentile_tdigest::FUNCTION,
    &percentiles_array_tdigest::FUNCTION,
    &percentrank_tdigest::FUNCTION,
    &rank_tdigest::FUNCTION,
];
