//! The case that a command works on.

use std::path::{Path, PathBuf};

use jiff::Timestamp as Instant;
use whotalks_case::{Case, CaseError, IngestReport, StoreError};
use whotalks_record::Timestamp;
use whotalks_render::CliMessage;

use crate::arguments::Source;
use crate::face::Face;
use crate::failure::Failure;
use crate::progress::Bar;

/// The case that was named, with the evidence that was named; fails where there is nothing to ask.
pub(crate) fn case(source: &Source, face: &Face) -> Result<Case, Failure> {
    let (case, report) = opened(source, face)?;
    if report.read == 0 && !source.paths.is_empty() && !case.has_evidence() {
        let pieces = report.pieces;
        return Err(Failure::NothingReadable { pieces });
    }
    Ok(case)
}

/// Reads the evidence that was named; fails where none of it exists.
pub(crate) fn opened(source: &Source, face: &Face) -> Result<(Case, IngestReport), Failure> {
    check(&source.paths, face)?;
    ingest(source, face)
}

/// Fails where none of the paths exists; says which ones do not.
pub(crate) fn check(paths: &[PathBuf], face: &Face) -> Result<(), Failure> {
    let missing = missing(paths);
    if let (Some(path), true) = (missing.first(), missing.len() == paths.len()) {
        let path = (*path).clone();
        return Err(Failure::NotFound { path });
    }
    for path in missing {
        tell_missing(path, face);
    }
    Ok(())
}

/// Opens or makes the case, and reads the evidence that was named, however little of it can be read.
pub(crate) fn ingest(source: &Source, face: &Face) -> Result<(Case, IngestReport), Failure> {
    let mut case = match &source.case {
        None if source.paths.is_empty() => return Err(Failure::NoPath),
        None => Case::in_memory(),
        Some(folder) => kept(folder, source.paths.is_empty()).map_err(Failure::case(Some(folder)))?,
    };
    let nothing = IngestReport { pieces: 0, read: 0 };
    if source.paths.is_empty() {
        return Ok((case, nothing));
    }
    let mut bar = Bar::new(&face.words);
    let report = case
        .ingest(&source.paths, &mut bar, now())
        .map_err(Failure::case(source.case.as_deref()))?;
    Ok((case, report))
}

/// A case to add to may be made now; a case to ask must be there.
fn kept(folder: &Path, only_ask: bool) -> Result<Case, CaseError> {
    match Case::open(folder) {
        Err(CaseError::Store(StoreError::NotACase { .. })) if !only_ask => match Case::create(folder) {
            // Somebody else may have made it at the same moment.
            Err(error @ CaseError::Store(StoreError::NotEmpty { .. })) => Case::open(folder).map_err(|_| error),
            made => made,
        },
        other => other,
    }
}

/// The clock, which only a face may ask.
pub(crate) fn now() -> Timestamp {
    let nanoseconds = Instant::now().as_nanosecond();
    Timestamp::from_nanoseconds(i64::try_from(nanoseconds).unwrap_or(i64::MAX))
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
