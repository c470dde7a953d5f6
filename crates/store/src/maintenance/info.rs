//! What a case is made of.

use std::collections::BTreeMap;

use crate::log::{self, Part, Stage};
use crate::place::Place;
use crate::{StoreError, WriterIdentity, delta, lock, settings};

/// What a case is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Info {
    /// Its format.
    pub format: u32,
    /// How many commits it has had.
    pub commits: u64,
    /// How many pieces of evidence and other batches it holds.
    pub batches: u64,
    /// How many batches were taken away.
    pub retired: u64,
    /// Its tables with rows, in the order of their names: observed, derived, for hunting.
    pub tables: Vec<TableInfo>,
    /// Files without rows of the case that stay for whoever may still read them.
    pub needless_files: u64,
    /// Whether the derived tables hold what was observed last.
    pub is_concluded: bool,
    /// Whether the hunting tables hold what was observed last.
    pub is_ready_for_hunting: bool,
    /// Tables whose own log is behind, because a writer was killed; the next writer brings them up to date.
    pub behind: u64,
    /// Who is writing now.
    pub writers: Vec<WriterIdentity>,
}

/// A table of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableInfo {
    /// The folder of its stage: `observed`, `derived` or `hunting`.
    pub stage: &'static str,
    /// Its name.
    pub table: String,
    /// How many files.
    pub files: u64,
    /// How many rows.
    pub rows: u64,
    /// How many bytes.
    pub bytes: u64,
}

/// Looks at the log of a case.
///
/// # Errors
///
/// [`StoreError::DamagedFile`], [`StoreError::Io`].
pub(crate) fn info(place: &Place) -> Result<Info, StoreError> {
    let format = settings::check(place)?;
    let state = log::read_state(place)?;
    let mut tables: BTreeMap<(Stage, &str), TableInfo> = BTreeMap::new();
    for part in state.live() {
        let key = (part.name.stage, part.name.table.as_str());
        tables.entry(key).or_insert_with(|| empty(part)).add(part);
    }
    let of_evidence = state.last_observation;
    Ok(Info {
        format,
        commits: state.last,
        batches: state.batches.len() as u64,
        retired: state.retired.len() as u64,
        tables: tables.into_values().collect(),
        needless_files: state.removed.len() as u64,
        is_concluded: state.derived.values().all(|table| table.of >= of_evidence) && !state.derived.is_empty(),
        is_ready_for_hunting: crate::hunting::kept(place, &state).is_some(),
        behind: delta::lagging(place, &state)?.len() as u64,
        writers: lock::living_writers(place)?,
    })
}

fn empty(part: &Part) -> TableInfo {
    TableInfo {
        stage: part.name.stage.folder(),
        table: part.name.table.clone(),
        files: 0,
        rows: 0,
        bytes: 0,
    }
}

impl TableInfo {
    const fn add(&mut self, part: &Part) {
        self.files = self.files.saturating_add(1);
        self.rows = self.rows.saturating_add(part.rows);
        self.bytes = self.bytes.saturating_add(part.bytes);
    }
}
