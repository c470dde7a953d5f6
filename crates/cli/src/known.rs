//! What a case knows about packets.

use std::path::Path;

use whotalks_case::Case;
use whotalks_case::capture::Known;

use crate::failure::Failure;

/// What the case in a folder concluded.
pub(crate) fn open(folder: &Path) -> Result<Known, Failure> {
    let known = Case::open(folder).and_then(|case| Known::of(&case));
    known.map_err(Failure::case(Some(folder)))
}
