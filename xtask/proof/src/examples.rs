//! `cargo xtask examples`: the bundled example, written by the scenario generator.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use whotalks_testkit::scenario::Scenario;
use whotalks_testkit::sources::Sources;
use whotalks_testkit::write::{self, EvidenceFile};
use xtask::error::{Error, Result};
use xtask::output::say;
use xtask::project;

/// Writes the bundled example anew, or proves that it is what the generator writes.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Only compare; fail where a file differs.
    #[arg(long)]
    check: bool,
}

const FOLDER: &str = "examples/chief-pc";

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> Result {
    let folder = project::root().join(FOLDER);
    let (scenario, sources) = (Scenario::example(), Sources::all());
    if arguments.check {
        return check(&folder, &write::files(&scenario, &sources));
    }
    if folder.is_dir() {
        std::fs::remove_dir_all(&folder).map_err(Error::writing(&folder))?;
    }
    write::write(&scenario, &folder, &sources).map_err(Error::writing(&folder))
}

fn check(folder: &Path, files: &[EvidenceFile]) -> Result {
    let expected: BTreeMap<PathBuf, &[u8]> = files
        .iter()
        .map(|file| (folder.join(&file.path), file.bytes.as_slice()))
        .collect();
    let mut stale: Vec<PathBuf> = present(folder)?
        .into_iter()
        .filter(|path| !expected.contains_key(path))
        .collect();
    let differs = |(path, bytes): &(&PathBuf, &&[u8])| std::fs::read(path).ok().as_deref() != Some(**bytes);
    stale.extend(expected.iter().filter(differs).map(|(path, _)| path.clone()));
    for path in &stale {
        say(&format!(
            "{}: is not what the generator writes; run `cargo xtask examples`",
            path.display()
        ));
    }
    if stale.is_empty() {
        Ok(())
    } else {
        Err(Error::Found {
            count: stale.len(),
            what: "files are out of date",
        })
    }
}

/// The files in a folder; the example has no folders below it.
fn present(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder).map_err(Error::reading(folder))?;
    let paths: std::io::Result<Vec<PathBuf>> = entries.map(|entry| Ok(entry?.path())).collect();
    paths.map_err(Error::reading(folder))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_just_written_is_up_to_date_and_a_changed_or_additional_file_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let (scenario, sources) = (Scenario::example(), Sources::all());
        write::write(&scenario, folder.path(), &sources).unwrap();
        let files = write::files(&scenario, &sources);
        assert!(check(folder.path(), &files).is_ok());
        std::fs::write(folder.path().join("more.txt"), "").unwrap();
        assert!(check(folder.path(), &files).is_err());
        std::fs::remove_file(folder.path().join("more.txt")).unwrap();
        std::fs::write(folder.path().join(&files[0].path), "").unwrap();
        assert!(check(folder.path(), &files).is_err());
    }
}
