//! The way of the packets from the capture to the workers.

mod about;
mod batch;
mod buffer;
mod chunks;
mod source;
#[cfg(test)]
mod tests;
mod workers;

pub use about::Secrets;
pub use batch::{Batch, Batches, MOST_PACKETS};
pub use chunks::ChunkBatches;
pub use source::{BatchSink, ReaderBatches};
pub use workers::{Work, run};
