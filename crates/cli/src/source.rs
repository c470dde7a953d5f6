//! The case that a command works on.

use std::path::{Path, PathBuf};

use whotalks_case::{Case, IngestReport};
use whotalks_render::CliMessage;

use crate::arguments::Source;
use crate::face::Face;
use crate::failure::Failure;
use crate::progress::Bar;

/// Reads the evidence that was named; fails where none of it could be read.
pub(crate) fn case(source: &Source, face: &Face) -> Result<Case, Failure> {
    let (case, report) = opened(source, face)?;
    if report.read == 0 {
        let pieces = report.pieces;
        return Err(Failure::NothingReadable { pieces });
    }
    Ok(case)
}

/// Reads the evidence that was named; fails where none of it exists.
pub(crate) fn opened(source: &Source, face: &Face) -> Result<(Case, IngestReport), Failure> {
    let missing = missing(&source.paths);
    if let (Some(path), true) = (missing.first(), missing.len() == source.paths.len()) {
        let path = (*path).clone();
        return Err(Failure::NotFound { path });
    }
    for path in missing {
        tell_missing(path, face);
    }
    ingest(source, face)
}

/// Reads the evidence that was named, however little of it can be read.
pub(crate) fn ingest(source: &Source, face: &Face) -> Result<(Case, IngestReport), Failure> {
    if source.paths.is_empty() {
        return Err(Failure::NoPath);
    }
    let mut case = Case::in_memory();
    let report = case.ingest(&source.paths, &mut Bar::new(&face.words));
    Ok((case, report))
}

fn missing(paths: &[PathBuf]) -> Vec<&PathBuf> {
    let exists = |path: &Path| path == Path::new("-") || path.symlink_metadata().is_ok();
    paths.iter().filter(|path| !exists(path)).collect()
}

/// A mistyped path is said at once, and the rest is read all the same.
fn tell_missing(path: &Path, face: &Face) {
    let path = path.display().to_string();
    let message = face.words.text(&CliMessage::ErrorNotFound { path });
    face.say(&CliMessage::Error { message });
}
