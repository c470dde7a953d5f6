//! Reading everything once.

use std::path::PathBuf;

use parquet::errors::ParquetError;

use crate::case::strays;
use crate::log::{self, Part};
use crate::parts::{PartFile, open};
use crate::place::Place;
use crate::{StoreError, delta, settings};

/// How many rows are decoded at a time.
const ROWS_AT_A_TIME: usize = 8_192;

/// What was found.
#[derive(Debug, Default)]
pub struct Verification {
    /// How many files were read.
    pub files: u64,
    /// How many rows they hold.
    pub rows: u64,
    /// What is wrong.
    pub faults: Vec<Fault>,
}

/// Something that is wrong with a case.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// A part cannot be read as it was committed.
    #[error(transparent)]
    Part(#[from] StoreError),
    /// A part has another number of rows than were committed.
    #[error("{} has {found} rows where {committed} were committed", path.display())]
    Rows {
        /// The part.
        path: PathBuf,
        /// How many were committed.
        committed: u64,
        /// How many there are.
        found: u64,
    },
    /// A file that no commit names, left by a killed writer; the next writer sweeps it away.
    #[error("{} belongs to no commit", path.display())]
    Stray {
        /// The file.
        path: PathBuf,
    },
    /// The log of a table is behind the log of the case; the next writer brings it up to date.
    #[error("the log of {} is behind the log of the case", path.display())]
    Behind {
        /// The folder of the table.
        path: PathBuf,
    },
}

impl Fault {
    /// Whether the next writer mends it by itself.
    pub const fn is_mended_by_writing(&self) -> bool {
        matches!(self, Self::Stray { .. } | Self::Behind { .. })
    }
}

/// Reads every value of every part, and compares what lies in the folders with the log. `progress` is told bytes read and all bytes.
///
/// # Errors
///
/// [`StoreError::DamagedFile`] where the log cannot be read, [`StoreError::Io`] where folders cannot be listed.
pub(crate) fn verify(place: &Place, progress: &mut dyn FnMut(u64, u64)) -> Result<Verification, StoreError> {
    settings::check(place)?;
    let state = log::read_state(place)?;
    let mut verification = Verification::default();
    let all = state.live().fold(0_u64, |bytes, part| bytes.saturating_add(part.bytes));
    let mut read = 0_u64;
    for part in state.live() {
        verification.check(place, part);
        read = read.saturating_add(part.bytes);
        progress(read, all);
    }
    let strays = strays(place, &state)?.into_iter();
    let strays = strays.map(|name| Fault::Stray {
        path: place.path(&name.name()),
    });
    verification.faults.extend(strays);
    for lag in delta::lagging(place, &state)? {
        let path = place.path(&log::folder(lag.stage, &lag.table));
        verification.faults.push(Fault::Behind { path });
    }
    Ok(verification)
}

impl Verification {
    fn check(&mut self, place: &Place, part: &Part) {
        self.files = self.files.saturating_add(1);
        match rows_of(&PartFile::of(place, part)) {
            Ok(found) if found == part.rows => self.rows = self.rows.saturating_add(found),
            Ok(found) => self.faults.push(Fault::Rows {
                path: place.path(&part.name.name()),
                committed: part.rows,
                found,
            }),
            Err(error) => self.faults.push(error.into()),
        }
    }
}

/// Decodes every row.
fn rows_of(part: &PartFile) -> Result<u64, StoreError> {
    let damaged = |source: ParquetError| StoreError::DamagedPart {
        path: part.path.clone(),
        source,
    };
    let batches = open(part)?.with_batch_size(ROWS_AT_A_TIME).build().map_err(damaged)?;
    let mut rows = 0_u64;
    for batch in batches {
        let batch = batch.map_err(|error| damaged(error.into()))?;
        rows = rows.saturating_add(batch.num_rows() as u64);
    }
    Ok(rows)
}
