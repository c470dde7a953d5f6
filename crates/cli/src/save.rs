//! Pages that are written beside the answer.

use std::fs;
use std::path::Path;

use whotalks_render::CliMessage;

use crate::face::Face;
use crate::failure::Failure;

/// Writes a page and says so.
pub(crate) fn page(page: &str, path: &Path, face: &Face) -> Result<(), Failure> {
    fs::write(path, page).map_err(|source| Failure::File {
        path: path.to_owned(),
        source,
    })?;
    tell(path, face);
    Ok(())
}

/// Says that a file was written.
pub(crate) fn tell(path: &Path, face: &Face) {
    let bytes = fs::metadata(path).map(|metadata| metadata.len()).unwrap_or_default();
    face.say(&CliMessage::Wrote {
        path: path.display().to_string(),
        size: face.words.size(bytes),
    });
}
