//! What a case knows about packets.

use std::path::{Path, PathBuf};

use whotalks_case::Case;
use whotalks_case::capture::Known;

use crate::failure::Failure;

/// What the case in a folder concluded.
pub(crate) fn open(folder: &Path) -> Result<Known, Failure> {
    let known = Case::open(folder).and_then(|case| Known::of(&case));
    known.map_err(Failure::case(Some(folder)))
}

/// What the traces among the captures tell of their own packets; none where there is no trace.
pub(crate) fn of_traces(paths: &[PathBuf]) -> Result<Option<Known>, Failure> {
    Known::of_traces(paths).map_err(Failure::case(None))
}
