//! One Parquet file: how it is written and read.

mod properties;
mod read;
mod write;

pub use read::Rows;
pub(crate) use read::{PartFile, PartRows, open};
pub(crate) use write::PartWriter;
