//! The commits of a case: what a reader may see.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::settings::damaged;
use crate::{BatchId, StoreError, disk};

/// The folder of the commits.
const FOLDER: &str = "commits";

/// A committed batch, or one about to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Commit {
    /// Its place in the order of commits, from 1.
    pub(crate) sequence: u64,
    /// The batch.
    pub(crate) batch: BatchId,
    /// Its parts, by table and number.
    pub(crate) parts: Vec<Part>,
}

/// One Parquet file of a batch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Part {
    /// The table.
    pub(crate) table: String,
    /// Its number within batch and table, from 0.
    pub(crate) number: u32,
    /// How many rows.
    pub(crate) rows: u64,
    /// How many bytes.
    pub(crate) bytes: u64,
}

/// A commit as its file says it.
#[derive(Serialize, Deserialize)]
struct CommitFile {
    batch: String,
    #[serde(default)]
    part: Vec<Part>,
}

/// The path of a part.
pub(crate) fn part_path(root: &Path, table: &str, batch: &BatchId, number: u32) -> PathBuf {
    root.join("observed").join(table).join(part_name(batch, number))
}

/// The name of a part.
pub(crate) fn part_name(batch: &BatchId, number: u32) -> String {
    format!("{batch}-{number:05}.parquet")
}

/// All commits, in order.
pub(crate) fn read_all(root: &Path) -> Result<Vec<Commit>, StoreError> {
    let folder = root.join(FOLDER);
    let names = disk::names(&folder)?;
    let numbered = names.iter().filter_map(|name| Some((sequence_of(name)?, name)));
    let mut commits = Vec::new();
    for (sequence, name) in numbered {
        let path = folder.join(name);
        let text = disk::read_text(&path)?.unwrap_or_default();
        let file: CommitFile = toml::from_str(&text).map_err(|error| damaged(&path, &error))?;
        commits.push(Commit {
            sequence,
            batch: file.batch.parse().map_err(|error: StoreError| damaged(&path, &error))?,
            parts: file.part,
        });
    }
    commits.sort_by_key(|commit| commit.sequence);
    Ok(commits)
}

/// Makes a batch visible.
pub(crate) fn write(root: &Path, temporary: &Path, commit: Commit) -> Result<(), StoreError> {
    let path = root.join(FOLDER).join(format!("{:08}.toml", commit.sequence));
    let file = CommitFile {
        batch: commit.batch.to_string(),
        part: commit.parts,
    };
    let text = toml::to_string(&file).map_err(|error| damaged(&path, &error))?;
    disk::replace(&path, temporary, &text)
}

/// Creates the folder.
pub(crate) fn create(root: &Path) -> Result<(), StoreError> {
    disk::create_folder(&root.join(FOLDER))
}

fn sequence_of(name: &str) -> Option<u64> {
    name.strip_suffix(".toml")?.parse().ok()
}
