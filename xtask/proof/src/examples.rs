//! `cargo xtask examples`: the bundled example, written by the scenario generator.
//!
//! It is one archive, as evidence is handed over: its members keep the times of their files in UTC, which a checkout does not.

use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};

use whotalks_testkit::scenario::Scenario;
use whotalks_testkit::sources::Sources;
use whotalks_testkit::write::{self, EvidenceFile};
use xtask::error::{Error, Result};
use xtask::project;
use zip::result::ZipResult;
use zip::write::FullFileOptions;

/// Writes the bundled example anew, or proves that it is what the generator writes.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Only compare; fail where it differs.
    #[arg(long)]
    check: bool,
}

/// The extended timestamp of a zip member (Info-ZIP appnote, extra field 0x5455).
const EXTENDED_TIMESTAMP: u16 = 0x5455;
/// The extended timestamp holds the time of modification and no other.
const MODIFICATION_ONLY: u8 = 1;

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> Result {
    let archive = archive(&write::files(&Scenario::example(), &Sources::all()))?;
    let path = project::root().join(project::EXAMPLE);
    if arguments.check {
        return check(&path, &archive);
    }
    let folder = path.parent().map(Path::to_owned).unwrap_or_default();
    std::fs::create_dir_all(&folder).map_err(Error::writing(&folder))?;
    std::fs::write(&path, archive).map_err(Error::writing(&path))
}

fn check(path: &Path, archive: &[u8]) -> Result {
    let present = std::fs::read(path).map_err(Error::reading(path))?;
    if present == archive {
        return Ok(());
    }
    let remedy = "run `cargo xtask examples`";
    Err(Error::Missing {
        what: format!("the example that the generator writes, in {}", path.display()),
        remedy,
    })
}

fn archive(files: &[EvidenceFile]) -> Result<Vec<u8>> {
    pack(files).map_err(|error| Error::File {
        path: PathBuf::from(project::EXAMPLE),
        verb: "packed",
        source: error.into(),
    })
}

fn pack(files: &[EvidenceFile]) -> ZipResult<Vec<u8>> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for file in files {
        archive.start_file(&*file.path, options(file)?)?;
        archive.write_all(&file.bytes)?;
    }
    Ok(archive.finish()?.into_inner())
}

fn options(file: &EvidenceFile) -> ZipResult<FullFileOptions<'static, 'static>> {
    let seconds = i32::try_from(file.modified_ns.div_euclid(1_000_000_000)).unwrap_or(i32::MAX);
    let mut field = vec![MODIFICATION_ONLY];
    field.extend(seconds.to_le_bytes());
    let mut options = FullFileOptions::default();
    options.add_extra_field(EXTENDED_TIMESTAMP, field, false)?;
    Ok(options)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_archive_is_the_same_every_time_and_keeps_the_times() {
        let files = write::files(&Scenario::example(), &Sources::all());
        let archive = archive(&files).unwrap();
        assert_eq!(archive, super::archive(&files).unwrap());
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("example.zip");
        std::fs::write(&path, &archive).unwrap();
        assert!(check(&path, &archive).is_ok());
        assert!(check(&path, b"").is_err());
        let header = [EXTENDED_TIMESTAMP.to_le_bytes(), 5_u16.to_le_bytes()].concat();
        assert!(archive.windows(header.len()).any(|window| window == header));
    }
}
