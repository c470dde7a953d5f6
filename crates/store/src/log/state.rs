//! What all commits add up to.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use whotalks_tables::{Evidence, Table as _};

use super::change::BatchEntry;
use super::{Change, Commit, Part, PartName, Stage};

/// A case at one moment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct State {
    /// The last commit.
    pub(crate) last: u64,
    /// The last commit that changed what is observed, lines of the manifest included.
    pub(crate) last_of_evidence: u64,
    /// The last commit that changed what is observed in any other table than the manifest.
    pub(crate) last_observation: u64,
    /// The last commit that replaced everything that was observed; 0 for none.
    #[serde(default)]
    pub(crate) last_rebuilt: u64,
    /// Writers that were taken for dead.
    #[serde(default)]
    pub(crate) swept: BTreeSet<String>,
    /// The batches, in the order of their commits.
    #[serde(default)]
    pub(crate) batches: Vec<BatchEntry>,
    /// Batches that were taken away; their identifiers are not used again.
    #[serde(default)]
    pub(crate) retired: BTreeSet<String>,
    /// The parts of observed tables, in the order in which they are read.
    #[serde(default)]
    pub(crate) parts: Vec<Part>,
    /// Derived tables by name.
    #[serde(default)]
    pub(crate) derived: BTreeMap<String, DerivedState>,
    /// The hunting tables.
    #[serde(default)]
    pub(crate) hunting: Option<HuntingState>,
    /// Files without rows of the case that may still be read by somebody.
    #[serde(default)]
    pub(crate) removed: Vec<RemovedPart>,
    /// The last commit that changed a table.
    #[serde(default)]
    pub(crate) touched: Vec<Touched>,
}

/// A derived table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct DerivedState {
    /// The last change of what is observed that it was computed from.
    pub(crate) of: u64,
    /// Its file; none where it has no rows.
    #[serde(default)]
    pub(crate) parts: Vec<Part>,
}

/// The hunting tables.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct HuntingState {
    /// The last change of what is observed that they were computed from.
    pub(crate) of: u64,
    /// What they hold, as the version that wrote them counts it.
    pub(crate) edition: u32,
    /// Their files.
    #[serde(default)]
    pub(crate) parts: Vec<Part>,
}

/// A file that holds no rows of the case any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct RemovedPart {
    /// Which file.
    #[serde(flatten)]
    pub(crate) name: PartName,
    /// Since when, in milliseconds since 1970.
    #[serde(rename = "since-milliseconds")]
    pub(crate) since_milliseconds: i64,
}

/// The last commit that changed a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Touched {
    /// What the table is for.
    pub(crate) stage: Stage,
    /// The table.
    pub(crate) table: String,
    /// The commit.
    pub(crate) commit: u64,
}

/// The last commit that changed a table, of a list of them; 0 for none.
pub(crate) fn last_of(touched: &[Touched], stage: Stage, table: &str) -> u64 {
    let same = |entry: &&Touched| entry.stage == stage && entry.table == table;
    touched.iter().find(same).map_or(0, |entry| entry.commit)
}

impl State {
    /// Whether a batch is there, or was and was taken away.
    pub(crate) fn knows_batch(&self, batch: &str) -> bool {
        self.retired.contains(batch) || self.batches.iter().any(|entry| entry.batch == batch)
    }

    /// The batch that was read from evidence with this digest.
    pub(crate) fn batch_of_digest(&self, sha256: &str) -> Option<&str> {
        let same = |entry: &&BatchEntry| entry.sha256.as_deref() == Some(sha256);
        self.batches.iter().find(same).map(|entry| entry.batch.as_str())
    }

    /// The parts of an observed table, in order.
    pub(crate) fn parts_of(&self, table: &str) -> impl Iterator<Item = &Part> {
        self.parts.iter().filter(move |part| part.name.table == table)
    }

    /// Every part with rows of the case.
    pub(crate) fn live(&self) -> impl Iterator<Item = &Part> {
        let derived = self.derived.values().flat_map(|table| &table.parts);
        let hunting = self.hunting.iter().flat_map(|tables| &tables.parts);
        self.parts.iter().chain(derived).chain(hunting)
    }

    /// The last commit that changed a table; 0 for none.
    pub(crate) fn touched(&self, stage: Stage, table: &str) -> u64 {
        last_of(&self.touched, stage, table)
    }

    /// Takes in the next commit.
    pub(crate) fn apply(&mut self, commit: Commit) {
        self.last = commit.sequence;
        if commit.change.is_of_evidence() {
            self.last_of_evidence = commit.sequence;
        }
        self.note_touched(&commit);
        self.note_observation(&commit);
        let since_milliseconds = commit.at_milliseconds;
        let removed = commit.removed.into_iter();
        let removed: Vec<RemovedPart> = removed
            .map(|name| RemovedPart {
                name,
                since_milliseconds,
            })
            .collect();
        let places = self.take_away(&removed);
        self.removed.extend(removed);
        self.change(commit.change, commit.added, &places);
    }

    fn change(&mut self, change: Change, added: Vec<Part>, places: &Places) {
        match change {
            Change::Observed { batch, sha256 } => {
                self.batches.push(BatchEntry {
                    batch,
                    sha256,
                    last: added.iter().filter_map(Part::last_time).max(),
                    bytes: added.iter().fold(0, |bytes, part| bytes.saturating_add(part.bytes)),
                });
                self.parts.extend(added);
            }
            Change::Derived { table, of } => {
                self.derived.insert(table, DerivedState { of, parts: added });
            }
            Change::Hunting { of, edition } => {
                let parts = added;
                self.hunting = Some(HuntingState { of, edition, parts });
            }
            Change::Compacted => self.put_in_place(added, places),
            Change::Retired { batches } => {
                self.batches.retain(|entry| !batches.contains(&entry.batch));
                self.retired.extend(batches);
                self.put_in_place(added, places);
            }
            Change::Swept { writers } => self.swept.extend(writers),
            Change::Rebuilt { batches } => {
                self.last_rebuilt = self.last;
                self.batches = batches;
                self.parts = added;
            }
        }
    }

    fn note_touched(&mut self, commit: &Commit) {
        let added = commit.added.iter().map(|part| &part.name);
        for name in added.chain(&commit.removed) {
            let same = |entry: &Touched| entry.stage == name.stage && entry.table == name.table;
            match self
                .touched
                .iter()
                .position(same)
                .and_then(|place| self.touched.get_mut(place))
            {
                Some(entry) => entry.commit = commit.sequence,
                None => self.touched.push(Touched {
                    stage: name.stage,
                    table: name.table.clone(),
                    commit: commit.sequence,
                }),
            }
        }
    }

    fn note_observation(&mut self, commit: &Commit) {
        let brings_rows = commit
            .added
            .iter()
            .any(|part| part.name.table != Evidence::NAME && part.rows > 0);
        let is_observation = match commit.change {
            Change::Observed { .. } => brings_rows,
            Change::Retired { .. } | Change::Rebuilt { .. } => true,
            Change::Derived { .. } | Change::Hunting { .. } | Change::Compacted | Change::Swept { .. } => false,
        };
        if is_observation {
            self.last_observation = commit.sequence;
        }
    }

    /// Takes parts out of the observed tables; says where they were.
    fn take_away(&mut self, removed: &[RemovedPart]) -> Places {
        let names: BTreeSet<&PartName> = removed.iter().map(|part| &part.name).collect();
        let mut places = Places::new();
        let mut kept = Vec::with_capacity(self.parts.len());
        for part in self.parts.drain(..) {
            if names.contains(&part.name) {
                places.insert((part.name.table, part.name.file), kept.len());
            } else {
                kept.push(part);
            }
        }
        self.parts = kept;
        places
    }

    /// Puts parts where those were whose rows they hold, so that rows keep their order.
    fn put_in_place(&mut self, added: Vec<Part>, places: &Places) {
        let end = self.parts.len();
        let mut by_place: Vec<(usize, Part)> = added
            .into_iter()
            .map(|part| {
                let replaced = part.replaces.clone().map(|file| (part.name.table.clone(), file));
                let place = replaced.and_then(|replaced| places.get(&replaced).copied());
                (place.unwrap_or(end), part)
            })
            .collect();
        by_place.sort_by_key(|(place, part)| (*place, part.number));
        for (inserted, (place, part)) in by_place.into_iter().enumerate() {
            let place = place.saturating_add(inserted).min(self.parts.len());
            self.parts.insert(place, part);
        }
    }
}

/// Where in the list of parts the removed parts were, by table and file.
type Places = BTreeMap<(String, String), usize>;
