//! The files of the log.

use std::path::{Path, PathBuf};

use super::commit::CommitFile;
use super::{Commit, State};
use crate::settings::damaged;
use crate::{StoreError, disk};

/// The folder of the log.
const FOLDER: &str = "commits";

/// How often the log is listed anew where a file was compacted away between listing and reading.
const MOST_ATTEMPTS: usize = 8;

/// The files of the log by their numbers.
#[derive(Debug, Default)]
struct Listing {
    /// The newest snapshot.
    snapshot: Option<u64>,
    /// The commits, in order.
    commits: Vec<u64>,
}

/// Creates the folder.
pub(crate) fn create(root: &Path) -> Result<(), StoreError> {
    disk::create_folder(&root.join(FOLDER))
}

/// The case as it is now.
pub(crate) fn read_state(root: &Path) -> Result<State, StoreError> {
    let mut state = State::default();
    refresh(root, &mut state)?;
    Ok(state)
}

/// Takes in what was committed since `state` was read.
pub(crate) fn refresh(root: &Path, state: &mut State) -> Result<(), StoreError> {
    for _ in 1..MOST_ATTEMPTS {
        match attempt(root, state) {
            Err(StoreError::Io { source, .. }) if source.kind() == std::io::ErrorKind::NotFound => {}
            other => return other,
        }
    }
    attempt(root, state)
}

fn attempt(root: &Path, state: &mut State) -> Result<(), StoreError> {
    let listing = list(root)?;
    if let Some(snapshot) = listing.snapshot.filter(|snapshot| *snapshot > state.last) {
        *state = read_snapshot(root, snapshot)?;
    }
    for sequence in listing.commits {
        let next = state.last.saturating_add(1);
        if sequence < next {
            continue;
        }
        if sequence > next {
            let path = commit_path(root, next);
            return Err(damaged(&path, &"the file is missing, while later commits are there"));
        }
        state.apply(read_commit(root, sequence)?);
    }
    Ok(())
}

fn list(root: &Path) -> Result<Listing, StoreError> {
    let mut listing = Listing::default();
    for name in disk::names(&root.join(FOLDER))? {
        let Some(stem) = name.strip_suffix(".toml") else {
            continue;
        };
        match stem.strip_suffix(".snapshot") {
            Some(number) => listing.snapshot = listing.snapshot.max(number.parse().ok()),
            None => listing.commits.extend(stem.parse::<u64>().ok()),
        }
    }
    listing.commits.sort_unstable();
    Ok(listing)
}

/// One commit.
fn read_commit(root: &Path, sequence: u64) -> Result<Commit, StoreError> {
    let path = commit_path(root, sequence);
    let text = disk::read_existing_text(&path)?;
    let file: CommitFile = toml::from_str(&text).map_err(|error| damaged(&path, &error))?;
    file.into_commit(sequence).map_err(|reason| damaged(&path, &reason))
}

fn read_snapshot(root: &Path, sequence: u64) -> Result<State, StoreError> {
    let path = snapshot_path(root, sequence);
    let text = disk::read_existing_text(&path)?;
    toml::from_str(&text).map_err(|error| damaged(&path, &error))
}

/// Makes a commit visible.
pub(crate) fn write_commit(root: &Path, temporary: &Path, commit: &Commit) -> Result<(), StoreError> {
    let path = commit_path(root, commit.sequence);
    let text = toml::to_string(&CommitFile::from(commit)).map_err(|error| damaged(&path, &error))?;
    disk::replace(&path, temporary, &text)
}

/// Writes what all commits so far add up to, and removes what it makes needless. What cannot be removed only takes room.
pub(crate) fn write_snapshot(root: &Path, temporary: &Path, state: &State) -> Result<(), StoreError> {
    let path = snapshot_path(root, state.last);
    let text = toml::to_string(state).map_err(|error| damaged(&path, &error))?;
    disk::replace(&path, temporary, &text)?;
    for name in disk::names(&root.join(FOLDER))? {
        if number_of(&name).is_some_and(|number| number < state.last) || name == commit_name(state.last) {
            let _ = std::fs::remove_file(root.join(FOLDER).join(name));
        }
    }
    Ok(())
}

fn number_of(name: &str) -> Option<u64> {
    let stem = name.strip_suffix(".toml")?;
    stem.strip_suffix(".snapshot").unwrap_or(stem).parse().ok()
}

fn commit_name(sequence: u64) -> String {
    format!("{sequence:08}.toml")
}

/// Where a commit lies.
fn commit_path(root: &Path, sequence: u64) -> PathBuf {
    root.join(FOLDER).join(commit_name(sequence))
}

fn snapshot_path(root: &Path, sequence: u64) -> PathBuf {
    root.join(FOLDER).join(format!("{sequence:08}.snapshot.toml"))
}
