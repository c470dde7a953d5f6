//! One Parquet file: how it is written and read.

mod encoder;
mod properties;
mod read;
mod row_groups;
pub(crate) mod stored;
mod times;
mod write;

pub use read::Rows;
pub(crate) use read::{PartFile, PartRows, open};
pub(crate) use write::{FinishedPart, FinishingPart, PartWriter};
