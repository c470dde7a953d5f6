//! Statistics of captures against those of tshark.

mod capture;
mod compare;
mod tables;

use std::path::Path;

use xtask::error::{Error, Result};

use super::captures::Comparison;
use super::truth;

/// Compares all statistics of a capture with what is recorded of it; nothing where nothing is.
pub(super) fn compare(corpus: &Path, file: &str, truth: &truth::Capture) -> Result<Option<Vec<Comparison>>> {
    let name = file.rsplit('/').next().unwrap_or(file);
    let path = corpus.join("truth").join(format!("{name}.stats.txt"));
    if !path.is_file() {
        return Ok(None);
    }
    let text = std::fs::read(&path).map_err(Error::reading(&path))?;
    let tables = tables::read(&String::from_utf8_lossy(&text));
    let statistics = capture::statistics(&corpus.join(file))?;
    Ok(Some(compare::compare(&tables, truth, &statistics)))
}
