//! Few large files in place of many small ones.

use std::collections::BTreeSet;

use whotalks_tables::{FlowNames, Table as _};

use super::Maintenance;
use super::rewrite::{Rewrite, Rewritten};
use crate::StoreError;
use crate::case::{PART_ROWS, Proposal};
use crate::log::{Change, Part, PartName, State};

/// A part with fewer rows is merged with its neighbours.
const SMALL_ROWS: u64 = PART_ROWS / 2;

/// So many small files of a table are worth merging without being asked.
const MANY_SMALL_FILES: usize = 64;

/// What was merged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Compaction {
    /// How many files were merged.
    pub files_before: u64,
    /// Into how many.
    pub files_after: u64,
    /// How many bytes they had.
    pub bytes_before: u64,
    /// How many bytes they have.
    pub bytes_after: u64,
    /// How many files, needless for an hour or more, were taken away.
    pub files_removed: u64,
    /// How many bytes that gave back.
    pub bytes_removed: u64,
    /// Whether somebody else merged or took away the same files at the same moment, so that nothing was merged.
    pub overtaken: bool,
}

impl Maintenance {
    /// Merges neighbouring small files of each table. Rows, their order and what readers see stay the same. `progress` is told bytes
    /// merged and all bytes.
    ///
    /// # Errors
    ///
    /// [`StoreError::DamagedPart`], [`StoreError::ChangedPart`], [`StoreError::WritePart`], [`StoreError::Io`]; then the case is
    /// as it was.
    pub fn compact(&self, progress: &mut dyn FnMut(u64, u64)) -> Result<Compaction, StoreError> {
        let state = self.shared.with_state(|state| state.clone());
        let runs = runs(&state);
        let all = runs.iter().map(|run| bytes_of(run)).fold(0, u64::saturating_add);
        let mut merged = 0_u64;
        let mut rewritten = Rewritten::default();
        for (number, run) in runs.into_iter().enumerate() {
            merged = merged.saturating_add(bytes_of(&run));
            rewritten.extend(self.merge(&state, run, number)?);
            progress(merged, all);
        }
        let mut compaction = sizes(&state, &rewritten);
        if !rewritten.removed.is_empty() {
            compaction.overtaken = !self.propose(Change::Compacted, rewritten)?;
        }
        let vacuumed = self.settle()?;
        (compaction.files_removed, compaction.bytes_removed) = (vacuumed.files, vacuumed.bytes);
        Ok(compaction)
    }

    /// Whether so many small files have come together that merging pays.
    pub fn is_due(&self) -> bool {
        self.shared
            .with_state(|state| runs(state).iter().any(|run| run.len() >= MANY_SMALL_FILES))
    }

    fn merge(&self, state: &State, run: Vec<&Part>, number: usize) -> Result<Rewritten, StoreError> {
        let folder = self.shared.temporary().join(format!("merge-{number}"));
        crate::disk::create_folder(&folder)?;
        let next = state.last.saturating_add(1);
        let rewrite = Rewrite {
            place: &self.shared.place,
            temporary: &folder,
            stem: format!("c{next:08}-{number}-{}", self.shared.name()),
            left_out: &BTreeSet::new(),
            parts: run,
        };
        rewrite.run(state)
    }

    /// Commits what was written anew, if what it replaces is still there; says whether it was.
    pub(super) fn propose(&self, change: Change, rewritten: Rewritten) -> Result<bool, StoreError> {
        let mut is_there = false;
        let Rewritten { parts, removed } = rewritten;
        self.shared.commit(parts, &mut |state| {
            let live: BTreeSet<&PartName> = state.parts.iter().map(|part| &part.name).collect();
            is_there = removed.iter().all(|name| live.contains(name));
            Ok(is_there.then(|| Proposal {
                change: change.clone(),
                removed: removed.clone(),
            }))
        })?;
        Ok(is_there)
    }
}

/// Neighbouring small parts of one table, two or more at a time.
fn runs(state: &State) -> Vec<Vec<&Part>> {
    let tables: BTreeSet<&str> = state.parts.iter().map(|part| part.name.table.as_str()).collect();
    // Names are merged along with their flows.
    let tables = tables.into_iter().filter(|table| *table != FlowNames::NAME);
    tables.flat_map(|table| runs_of(state, table)).collect()
}

fn runs_of<'a>(state: &'a State, table: &str) -> Vec<Vec<&'a Part>> {
    let parts: Vec<&Part> = state.parts_of(table).collect();
    let runs = parts.chunk_by(|one, next| one.rows < SMALL_ROWS && next.rows < SMALL_ROWS);
    runs.filter(|run| run.len() > 1).map(<[&Part]>::to_vec).collect()
}

fn bytes_of(run: &[&Part]) -> u64 {
    run.iter().fold(0, |bytes, part| bytes.saturating_add(part.bytes))
}

fn sizes(state: &State, rewritten: &Rewritten) -> Compaction {
    let removed: BTreeSet<&PartName> = rewritten.removed.iter().collect();
    let before = state.parts.iter().filter(|part| removed.contains(&part.name));
    let after = rewritten.parts.iter().map(|finished| finished.part.bytes);
    Compaction {
        files_before: removed.len() as u64,
        files_after: rewritten.parts.len() as u64,
        bytes_before: before.fold(0, |bytes, part| bytes.saturating_add(part.bytes)),
        bytes_after: after.fold(0, u64::saturating_add),
        ..Compaction::default()
    }
}
