//! What does not fit into memory: temporary files of this run, which hold the compact form of rows in chunks.

mod chunks;
mod flows;
mod rows;

pub(crate) use chunks::ChunkFile;
pub use flows::FlowSpill;
pub use rows::RowSpill;
