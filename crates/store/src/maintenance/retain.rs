//! Taking old evidence away.

use std::collections::{BTreeMap, BTreeSet};

use whotalks_record::{EvidenceId, Timestamp};
use whotalks_tables::{Evidence, EvidenceRow, FlowNames, Table as _};

use super::Maintenance;
use super::rewrite::{Rewrite, Rewritten, names_of, number_of};
use crate::StoreError;
use crate::log::{BatchEntry, Change, Part, PartName, State};
use crate::parts::{PartFile, Rows};

/// What is to be kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Retention {
    /// Evidence whose last time is earlier goes.
    pub since: Option<Timestamp>,
    /// The oldest evidence goes until the rest has no more bytes than this.
    pub most_bytes: Option<u64>,
}

/// What was taken away.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Retired {
    /// The pieces of evidence, with their paths.
    pub evidence: Vec<(EvidenceId, String)>,
    /// How many bytes their rows had.
    pub bytes: u64,
    /// Pieces without any time, which are never too old by themselves.
    pub undated: u64,
    /// Whether somebody else changed the same files at the same moment, so that nothing was taken away.
    pub overtaken: bool,
}

impl Maintenance {
    /// Takes evidence away as a whole: rows and its line of the manifest, so that nobody takes it for observed that nothing happened.
    /// An archive goes with the last of its members, a double with the piece that it doubles.
    ///
    /// # Errors
    ///
    /// [`StoreError::DamagedPart`], [`StoreError::ChangedPart`], [`StoreError::WritePart`], [`StoreError::Io`]; then the case is
    /// as it was.
    pub fn retain(&self, retention: Retention) -> Result<Retired, StoreError> {
        let state = self.shared.with_state(|state| state.clone());
        let manifest = self.manifest(&state)?;
        let mut gone = too_old(&state, retention);
        let undated = state.batches.iter().filter(|entry| entry.last.is_none()).count() as u64;
        take_along(&manifest, &mut gone);
        let mut retired = retired(&state, &manifest, &gone);
        retired.undated = undated;
        if gone.is_empty() {
            return Ok(retired);
        }
        let rewritten = self.without(&state, &gone)?;
        let batches = gone.iter().map(|number| format!("e{number}")).collect();
        retired.overtaken = !self.propose(Change::Retired { batches }, rewritten)?;
        self.settle()?;
        Ok(retired)
    }

    fn manifest(&self, state: &State) -> Result<Vec<EvidenceRow>, StoreError> {
        let files = state
            .parts_of(Evidence::NAME)
            .map(|part| PartFile::of(&self.shared.place, part));
        Rows::<Evidence>::new(files).collect()
    }

    /// The parts that hold any of the evidence, without it.
    fn without(&self, state: &State, gone: &BTreeSet<i64>) -> Result<Rewritten, StoreError> {
        let is_gone = |batch: &String| number_of(batch).is_some_and(|number| gone.contains(&number));
        let mut rewritten = Rewritten::default();
        let parts = state.parts.iter().filter(|part| part.name.table != FlowNames::NAME);
        for (number, part) in parts.filter(|part| part.batches.iter().any(is_gone)).enumerate() {
            if part.batches.iter().all(is_gone) {
                rewritten.removed.extend(with_names(state, part));
            } else {
                rewritten.extend(self.cut(state, part, gone, number)?);
            }
        }
        Ok(rewritten)
    }

    fn cut(&self, state: &State, part: &Part, gone: &BTreeSet<i64>, number: usize) -> Result<Rewritten, StoreError> {
        let folder = self.shared.temporary().join(format!("cut-{number}"));
        crate::disk::create_folder(&folder)?;
        let next = state.last.saturating_add(1);
        let rewrite = Rewrite {
            place: &self.shared.place,
            temporary: &folder,
            stem: format!("r{next:08}-{number}-{}", self.shared.name()),
            left_out: gone,
            parts: vec![part],
        };
        rewrite.run(state)
    }
}

/// The evidence that is too old, or too much, by itself.
fn too_old(state: &State, retention: Retention) -> BTreeSet<i64> {
    let mut dated: Vec<(i64, i64, u64)> = state.batches.iter().filter_map(dated).collect();
    dated.sort_unstable();
    let total = state
        .batches
        .iter()
        .fold(0_u64, |bytes, entry| bytes.saturating_add(entry.bytes));
    let mut surplus = retention.most_bytes.map_or(0, |most| total.saturating_sub(most));
    let mut gone = BTreeSet::new();
    for (last, number, bytes) in dated {
        let is_old = retention.since.is_some_and(|since| last < since.nanoseconds());
        if is_old || surplus > 0 {
            gone.insert(number);
            surplus = surplus.saturating_sub(bytes);
        }
    }
    gone
}

/// Last time, evidence and bytes of a batch.
fn dated(entry: &BatchEntry) -> Option<(i64, i64, u64)> {
    Some((entry.last?, number_of(&entry.batch)?, entry.bytes))
}

/// Archives without members left, and doubles of what is gone, go along.
fn take_along(manifest: &[EvidenceRow], gone: &mut BTreeSet<i64>) {
    let mut members: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
    for row in manifest {
        let number = i64::from(row.id.0);
        if let Some(container) = row.container {
            members.entry(i64::from(container.0)).or_default().push(number);
        }
        if row.duplicate_of.is_some_and(|of| gone.contains(&i64::from(of.0))) {
            gone.insert(number);
        }
    }
    // Containers have lower numbers than their members, so that the innermost come first.
    for (container, members) in members.into_iter().rev() {
        if members.iter().all(|member| gone.contains(member)) {
            gone.insert(container);
        }
    }
}

fn retired(state: &State, manifest: &[EvidenceRow], gone: &BTreeSet<i64>) -> Retired {
    let rows = manifest.iter().filter(|row| gone.contains(&i64::from(row.id.0)));
    let entries = state.batches.iter();
    let entries = entries.filter(|entry| number_of(&entry.batch).is_some_and(|number| gone.contains(&number)));
    let mut evidence: Vec<(EvidenceId, String)> = rows.map(|row| (row.id, row.path.to_string())).collect();
    evidence.sort();
    Retired {
        evidence,
        bytes: entries.fold(0, |bytes, entry| bytes.saturating_add(entry.bytes)),
        ..Retired::default()
    }
}

/// A part, and of flows their names.
fn with_names(state: &State, part: &Part) -> Vec<PartName> {
    let names = (part.name.table == whotalks_tables::Flows::NAME).then(|| names_of(state, part));
    let both = std::iter::once(part).chain(names.flatten());
    both.map(|part| part.name.clone()).collect()
}
