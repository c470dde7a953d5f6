//! Where scenarios come from: seeds, or folders that somebody wrote before.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use tempfile::TempDir;
use whotalks_testkit::scenario::{Knobs, Scenario};
use whotalks_testkit::sources::{SourceKind, Sources};
use whotalks_testkit::truth::{Truth, truth};
use whotalks_testkit::write::write;
use xtask::error::{Error, Result};

/// Seeds from the first up to, not including, the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Seeds(u64, u64);

/// Why a text is no range of seeds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a range of seeds: expected A..B with A below B")]
pub(crate) struct NotSeeds;

impl FromStr for Seeds {
    type Err = NotSeeds;

    fn from_str(text: &str) -> std::result::Result<Self, NotSeeds> {
        let (first, end) = text.split_once("..").ok_or(NotSeeds)?;
        let seeds = Self(first.parse().map_err(|_| NotSeeds)?, end.parse().map_err(|_| NotSeeds)?);
        if seeds.0 < seeds.1 { Ok(seeds) } else { Err(NotSeeds) }
    }
}

/// Where one scenario comes from.
#[derive(Debug)]
pub(super) enum Origin {
    /// It is generated.
    Seed(u64),
    /// It was written before: the folder of evidence and the file of its truth.
    Folder(PathBuf, PathBuf),
}

/// The scenarios of `data`, a range of seeds or a folder, or else of `seeds`.
pub(super) fn origins(data: Option<&Path>, seeds: Seeds) -> Result<Vec<Origin>> {
    let range = data.map_or(Ok(seeds), |data| data.to_string_lossy().parse());
    match (range, data) {
        (Ok(seeds), _) => Ok((seeds.0..seeds.1).map(Origin::Seed).collect()),
        (Err(_), Some(folder)) => folders(folder),
        (Err(NotSeeds), None) => Ok(Vec::new()),
    }
}

fn folders(folder: &Path) -> Result<Vec<Origin>> {
    let entries = std::fs::read_dir(folder).map_err(Error::reading(folder))?;
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.retain(|path| path.is_dir());
    paths.sort();
    let with_truth = paths.into_iter().map(|path| {
        let truth = path.with_file_name(format!("{}.truth.json", name_of(&path)));
        Origin::Folder(path, truth)
    });
    Ok(with_truth.collect())
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// A scenario on the disk, with its truth.
pub(super) struct Written {
    /// How its cases are called.
    pub(super) name: String,
    pub(super) truth: Truth,
    folder: PathBuf,
    /// Takes the folder away with it, where it was written for this run.
    _temporary: Option<TempDir>,
}

impl Written {
    /// Generates and writes the scenario, or reads the truth of one that is there.
    pub(super) fn new(origin: &Origin) -> Result<Self> {
        match origin {
            Origin::Seed(seed) => Self::generate(*seed),
            Origin::Folder(folder, truth) => Self::read(folder, truth),
        }
    }

    fn generate(seed: u64) -> Result<Self> {
        let scenario = Scenario::generate(seed, &Knobs::for_seed(seed));
        let temporary = tempfile::tempdir().map_err(Error::writing("a temporary folder"))?;
        let folder = temporary.path().to_owned();
        write(&scenario, &folder, &Sources::with_traces()).map_err(Error::writing(&folder))?;
        let truth = truth(&scenario, &Sources::with_traces());
        Ok(Self {
            name: format!("seed {seed}"),
            truth,
            folder,
            _temporary: Some(temporary),
        })
    }

    fn read(folder: &Path, truth: &Path) -> Result<Self> {
        let text = std::fs::read(truth).map_err(Error::reading(truth))?;
        let truth = serde_json::from_slice(&text).map_err(|source| Error::Json {
            what: "a truth file",
            source,
        })?;
        Ok(Self {
            name: name_of(folder),
            truth,
            folder: folder.to_owned(),
            _temporary: None,
        })
    }

    /// The files of these sources, sorted; two observed hosts have a folder each.
    pub(super) fn paths(&self, sources: &Sources) -> Vec<PathBuf> {
        let wanted: Vec<&str> = sources.iter().flat_map(SourceKind::file_names).collect();
        let hosts = self.truth.hosts.iter().map(|host| self.folder.join(&host.name));
        let folders: Vec<PathBuf> = std::iter::once(self.folder.clone()).chain(hosts).collect();
        let paths = folders
            .iter()
            .flat_map(|folder| wanted.iter().map(move |name| folder.join(name)));
        paths.filter(|path| path.is_file()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_of_seeds_is_read_and_an_empty_or_broken_one_is_not() {
        assert_eq!("3..7".parse(), Ok(Seeds(3, 7)));
        for text in ["7..3", "3..3", "3", "a..b", "3...7"] {
            assert_eq!(text.parse::<Seeds>(), Err(NotSeeds), "{text}");
        }
    }

    #[test]
    fn a_mix_of_sources_gives_the_files_of_these_kinds_only() {
        let written = Written::new(&Origin::Seed(3)).unwrap();
        let names = |sources: &str| -> Vec<String> {
            written
                .paths(&Sources::parse(sources).unwrap())
                .iter()
                .map(|path| name_of(path))
                .collect()
        };
        let all: Vec<String> = written
            .paths(&Sources::all())
            .iter()
            .map(|path| name_of(path))
            .collect();
        assert!(names("evtx").iter().all(|name| name == "Security.evtx"));
        assert!(!all.is_empty());
    }
}
