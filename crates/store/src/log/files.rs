//! The files of the log.

use std::path::Path;

use super::commit::CommitFile;
use super::{Commit, State};
use crate::StoreError;
use crate::place::Place;
use crate::settings::damaged;

/// The folder of the log.
const FOLDER: &str = "commits";

/// In a bucket, the number of a snapshot after which nothing older need be listed.
const NEWEST: &str = "commits/newest-snapshot";

/// In a bucket, how many commits before a snapshot older ones are looked for.
const OLD_SNAPSHOTS: u64 = 64;

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
pub(crate) fn create(place: &Place) -> Result<(), StoreError> {
    place.create_folder(FOLDER)
}

/// The case as it is now.
pub(crate) fn read_state(place: &Place) -> Result<State, StoreError> {
    let mut state = State::default();
    refresh(place, &mut state)?;
    Ok(state)
}

/// Takes in what was committed since `state` was read.
pub(crate) fn refresh(place: &Place, state: &mut State) -> Result<(), StoreError> {
    for _ in 1..MOST_ATTEMPTS {
        match attempt(place, state) {
            Err(StoreError::Io { source, .. }) if source.kind() == std::io::ErrorKind::NotFound => {}
            other => return other,
        }
    }
    attempt(place, state)
}

fn attempt(place: &Place, state: &mut State) -> Result<(), StoreError> {
    let listing = list(place, state.last)?;
    if let Some(snapshot) = listing.snapshot.filter(|snapshot| *snapshot > state.last) {
        *state = read_snapshot(place, snapshot)?;
    }
    for sequence in listing.commits {
        let next = state.last.saturating_add(1);
        if sequence < next {
            continue;
        }
        if sequence > next {
            return Err(damaged(
                &place.path(&commit_name(next)),
                &"the file is missing, while later commits are there",
            ));
        }
        state.apply(read_commit(place, sequence)?);
    }
    Ok(())
}

/// The files of the log from a commit on. A bucket keeps all commits, so that only what can be new is listed there.
fn list(place: &Place, last: u64) -> Result<Listing, StoreError> {
    let first = match place {
        Place::Folder(_) => None,
        Place::Bucket(_) if last > 0 => Some(last),
        Place::Bucket(_) => place.read_text(NEWEST)?.and_then(|text| text.trim().parse().ok()),
    };
    let mut listing = Listing::default();
    for name in place.names_after(FOLDER, first.map(|first| format!("{first:08}")).as_deref())? {
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
fn read_commit(place: &Place, sequence: u64) -> Result<Commit, StoreError> {
    let name = commit_name(sequence);
    let text = place.read_existing_text(&name)?;
    let file: CommitFile = toml::from_str(&text).map_err(|error| damaged(&place.path(&name), &error))?;
    file.into_commit(sequence)
        .map_err(|reason| damaged(&place.path(&name), &reason))
}

fn read_snapshot(place: &Place, sequence: u64) -> Result<State, StoreError> {
    let name = snapshot_name(sequence);
    let text = place.read_existing_text(&name)?;
    toml::from_str(&text).map_err(|error| damaged(&place.path(&name), &error))
}

/// Makes a commit visible, unless somebody else has made one of this number visible first; says whether it is. In a folder, the lock of
/// commits is held, and nobody else can have. `writer` is a name that nobody else has.
pub(crate) fn write_commit(place: &Place, temporary: &Path, writer: &str, commit: &Commit) -> Result<bool, StoreError> {
    let name = commit_name(commit.sequence);
    let text = toml::to_string(&CommitFile::from(commit)).map_err(|error| damaged(&place.path(&name), &error))?;
    match place {
        Place::Folder(_) => place.replace(&name, temporary, &text).map(|()| true),
        // Two writers may have the same to say; the comment tells them apart.
        Place::Bucket(_) => place.write_new(&name, temporary, &format!("{text}# by {writer}\n")),
    }
}

/// Writes what all commits so far add up to, and removes what it makes needless. What cannot be removed only takes room.
pub(crate) fn write_snapshot(place: &Place, temporary: &Path, state: &State) -> Result<(), StoreError> {
    let name = snapshot_name(state.last);
    let text = toml::to_string(state).map_err(|error| damaged(&place.path(&name), &error))?;
    place.replace(&name, temporary, &text)?;
    if place.bucket().is_some() {
        place.replace(NEWEST, temporary, &state.last.to_string())?;
    }
    // A bucket is not listed as a whole: there, older snapshots were removed with the one after them.
    let first = state.last.saturating_sub(OLD_SNAPSHOTS);
    for name in place.names_after(FOLDER, Some(&format!("{first:08}")))? {
        if is_needless(place, &name, state.last) {
            let _ = place.remove(&format!("{FOLDER}/{name}"));
        }
    }
    Ok(())
}

/// Whether a snapshot makes a file needless. A bucket keeps all commits: a writer that was held up would else find the number of its
/// commit free again, and commit what nobody reads.
fn is_needless(place: &Place, name: &str, snapshot: u64) -> bool {
    let is_commit = !name.ends_with(".snapshot.toml");
    let Some(number) = number_of(name).filter(|_| !is_commit || place.bucket().is_none()) else {
        return false;
    };
    number < snapshot || (is_commit && number == snapshot)
}

fn number_of(name: &str) -> Option<u64> {
    let stem = name.strip_suffix(".toml")?;
    stem.strip_suffix(".snapshot").unwrap_or(stem).parse().ok()
}

fn commit_name(sequence: u64) -> String {
    format!("{FOLDER}/{sequence:08}.toml")
}

fn snapshot_name(sequence: u64) -> String {
    format!("{FOLDER}/{sequence:08}.snapshot.toml")
}
