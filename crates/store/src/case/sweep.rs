//! Files that writers brought and did not commit.

use std::collections::BTreeSet;

use super::{Proposal, Shared};
use crate::log::{self, Change, PartName, Stage, State};
use crate::place::{Bucket, Place};
use crate::{StoreError, lease};

/// How many letters the name of a writer has.
const WRITER_NAME: usize = 16;

/// Removes parts that a killed writer named and did not commit. Nobody is about to commit while the lock of commits is held.
pub(super) fn sweep_parts(place: &Place, state: &State) -> Result<(), StoreError> {
    let known = known(state);
    for stage in Stage::ALL {
        for table in place.names(stage.folder())? {
            sweep_table(place, &log::folder(stage, &table), &|file| {
                let (table, file) = (table.clone(), file.to_owned());
                known.contains(&PartName { stage, table, file })
            })?;
        }
    }
    Ok(())
}

fn sweep_table(place: &Place, folder: &str, is_known: &dyn Fn(&str) -> bool) -> Result<(), StoreError> {
    if !place.is_folder(folder) {
        // Format 1 kept derived tables as files beside each other.
        return place.remove(folder).map(drop);
    }
    for file in place.names(folder)? {
        if file.ends_with(".parquet") && !is_known(&file) {
            place.remove(&format!("{folder}/{file}"))?;
        }
    }
    // Format 1 kept hunting tables in folders of other names; a folder with anything in it stays.
    let _ = std::fs::remove_dir(place.path(folder));
    Ok(())
}

/// Parts with rows of the case, and those that somebody may still read.
pub(crate) fn known(state: &State) -> BTreeSet<&PartName> {
    let live = state.live().map(|part| &part.name);
    live.chain(state.removed.iter().map(|part| &part.name)).collect()
}

/// The parts that no commit names.
pub(crate) fn strays(place: &Place, state: &State) -> Result<Vec<PartName>, StoreError> {
    let known = known(state);
    let mut strays = Vec::new();
    for stage in Stage::ALL {
        let tables = place.names(stage.folder())?.into_iter();
        for table in tables.filter(|table| place.is_folder(&log::folder(stage, table))) {
            let files = place.names(&log::folder(stage, &table))?.into_iter();
            let parts = files.filter(|file| file.ends_with(".parquet")).map(|file| PartName {
                stage,
                table: table.clone(),
                file,
            });
            strays.extend(parts.filter(|part| !known.contains(part)));
        }
    }
    Ok(strays)
}

/// In a bucket, removes what dead writers brought. A writer that is not dead but slow must not commit files that are gone: it is written
/// into the log first that it is taken for dead, and it reads that before it commits.
pub(crate) fn sweep_dead(shared: &Shared, bucket: &Bucket) -> Result<(), StoreError> {
    shared.refresh()?;
    let found = shared.with_state(|state| strays(&shared.place, state))?;
    let living = lease::living(bucket)?;
    let is_dead = |name: &str| name != shared.name() && living.iter().all(|(living, _)| living != name);
    let dead: Vec<(PartName, String)> = found
        .into_iter()
        .filter_map(|part| writer_of(&part).filter(|name| is_dead(name)).map(|name| (part, name)))
        .collect();
    if dead.is_empty() {
        return Ok(());
    }
    let mut needless = Vec::new();
    shared.commit(Vec::new(), &mut |state| {
        let known = known(state);
        let unnamed = dead.iter().filter(|(part, _)| !known.contains(part));
        needless = unnamed.cloned().collect();
        let writers: BTreeSet<String> = needless.iter().map(|(_, name)| name.clone()).collect();
        let new: Vec<String> = writers.difference(&state.swept).cloned().collect();
        Ok((!new.is_empty()).then_some(Proposal {
            change: Change::Swept { writers: new },
            removed: Vec::new(),
        }))
    })?;
    for (part, _) in needless {
        shared.place.remove(&part.name())?;
    }
    Ok(())
}

/// The writer whose name a file carries: `e12-0123456789abcdef-00000.parquet`.
pub(super) fn writer_of(part: &PartName) -> Option<String> {
    let mut pieces = part.file.strip_suffix(".parquet")?.rsplit('-');
    let (_, name) = (pieces.next()?, pieces.next()?);
    let is_name = name.len() == WRITER_NAME && name.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_name.then(|| name.to_owned())
}
