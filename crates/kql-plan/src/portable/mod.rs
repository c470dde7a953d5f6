//! Functions and tables of plans as bytes, so that an engine elsewhere can run the same plans: what a codec of the engine asks for.
//!
//! The bytes are JSON, and of rows that are held in memory an Arrow stream. They are for programs of one version, and what is read is
//! trusted as a plan is: it comes from an engine of one's own.

mod function;
mod table;

pub use function::{
    read_aggregation, read_row_function, read_scalar, write_aggregation, write_row_function, write_scalar,
};
pub use table::{read_table, write_table};

use std::fmt::Debug;
use std::sync::Arc;

use datafusion::common::plan_datafusion_err;
use datafusion::error::Result;
use serde::de::DeserializeOwned;

use crate::places::Places;
use crate::remote::ReadRange;

/// What the engine has itself that reads a plan: what a plan cannot carry.
pub trait Surroundings: Debug + Send + Sync {
    /// What knows where addresses are; none where nothing does.
    fn places(&self) -> Option<Arc<dyn Places>> {
        None
    }

    /// What reads files of a place, as [`RemoteFiles`](crate::RemoteFiles) names it; none where it is not known.
    fn reader(&self, place: &str) -> Option<Arc<ReadRange>> {
        let _ = place;
        None
    }
}

/// Nothing: for plans over files of this computer and rows they bring along.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoSurroundings;

impl Surroundings for NoSurroundings {}

/// Reads what was written of `what`.
fn read<T: DeserializeOwned>(what: &str, written: &[u8]) -> Result<T> {
    serde_json::from_slice(written).map_err(|error| plan_datafusion_err!("{what} of a plan cannot be read: {error}"))
}

/// Writes what is read again by [`read`].
fn written<T: serde::Serialize>(what: &str, value: &T) -> Result<Vec<u8>> {
    serde_json::to_vec(value).map_err(|error| plan_datafusion_err!("{what} of a plan cannot be written: {error}"))
}
