//! The tables of cases as a query finds them: computed when it names them, together where there are several cases.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use whotalks_kql_plan::{Column, Further, Places, PlanError, RemoteFiles, Source, Tables};
use whotalks_record::Timestamp;
use whotalks_store::{HuntingRows, HuntingTable, Objects};
use whotalks_tables::TableDescription;
use whotalks_tables::hunting::{self, Flavour, Kept};

use super::{CASE_COLUMN, HuntError, Hunted, Named, Outside};

/// The tables of cases.
pub(super) struct CaseTables<'c> {
    flavour: Flavour,
    now: Timestamp,
    several: bool,
    outside: &'c Outside,
    /// The tables that the text of the query names: they are computed in one go.
    mentioned: Vec<&'static str>,
    state: Mutex<State<'c>>,
}

struct State<'c> {
    cases: &'c mut [Named],
    ready: BTreeMap<&'static str, Source>,
    failure: Option<HuntError>,
}

impl<'c> CaseTables<'c> {
    pub(super) fn new(cases: &'c mut [Named], outside: &'c Outside, hunted: &Hunted<'_>) -> Self {
        let named = hunting::all().into_iter().map(|table| table.name);
        Self {
            flavour: hunted.flavour,
            now: hunted.now,
            several: cases.len() > 1,
            outside,
            mentioned: named.filter(|name| hunted.text.contains(name)).collect(),
            state: Mutex::new(State {
                cases,
                ready: BTreeMap::new(),
                failure: None,
            }),
        }
    }

    /// Why a table could not be had.
    pub(super) fn into_failure(self) -> Option<HuntError> {
        self.state.into_inner().unwrap_or_else(PoisonError::into_inner).failure
    }

    fn state(&self) -> MutexGuard<'_, State<'c>> {
        // What a panic left behind is still whole: tables are added one by one.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn make_ready(&self, state: &mut State<'c>, name: &'static str) -> Result<(), HuntError> {
        let mut wanted: Vec<&'static str> = self.mentioned.clone();
        wanted.push(name);
        wanted.retain(|name| !state.ready.contains_key(name));
        let mut parts: BTreeMap<&'static str, Vec<(String, Source)>> = BTreeMap::new();
        for (place, named) in state.cases.iter_mut().enumerate() {
            let tables = named.case.hunting_tables_of(&wanted, self.now);
            for table in tables.map_err(|source| HuntError::Case { place, source })? {
                let name = table.description.name;
                let source = source(table, self.flavour)?;
                parts.entry(name).or_default().push((named.name.clone(), source));
            }
        }
        for (name, mut parts) in parts {
            let source = match (self.several, parts.pop()) {
                (false, Some((_, only))) => only,
                (_, last) => {
                    parts.extend(last);
                    Source::together(name, CASE_COLUMN, parts)?
                }
            };
            state.ready.insert(name, source);
        }
        Ok(())
    }
}

impl fmt::Debug for CaseTables<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CaseTables")
            .field("flavour", &self.flavour)
            .finish_non_exhaustive()
    }
}

impl Tables for CaseTables<'_> {
    fn table(&self, name: &str) -> Option<Source> {
        let known = hunting::all().into_iter().find(|table| table.name == name)?.name;
        let mut state = self.state();
        if !state.ready.contains_key(known)
            && let Err(failure) = self.make_ready(&mut state, known)
        {
            state.failure.get_or_insert(failure);
        }
        state.ready.get(known).cloned()
    }

    fn names(&self) -> Vec<String> {
        names()
    }

    fn external(&self, location: &str) -> Option<&[u8]> {
        self.outside.file(location)
    }

    fn places(&self) -> Option<Arc<dyn Places>> {
        self.outside.places()
    }
}

/// The same tables without their rows, for what asks about columns only.
#[derive(Debug)]
pub(super) struct EmptyTables {
    pub(super) flavour: Flavour,
    pub(super) several: bool,
}

impl Tables for EmptyTables {
    fn table(&self, name: &str) -> Option<Source> {
        let description = hunting::all().into_iter().find(|table| table.name == name)?;
        let table = HuntingTable {
            description,
            rows: HuntingRows::Batches(Vec::new()),
        };
        let source = source(table, self.flavour).ok()?;
        if self.several {
            return Source::together(name, CASE_COLUMN, vec![(String::new(), source)]).ok();
        }
        Some(source)
    }

    fn names(&self) -> Vec<String> {
        names()
    }
}

fn names() -> Vec<String> {
    let mut names: Vec<String> = hunting::all().iter().map(|table| table.name.to_owned()).collect();
    names.sort();
    names
}

fn source(table: HuntingTable, flavour: Flavour) -> Result<Source, PlanError> {
    // A view has the columns in the order in which they are kept, and the others behind them.
    let view = flavour.view(&table.description);
    let columns = columns(&view.description);
    let further = view.columns.iter().skip(table.description.columns.len());
    let further = further.map(|reading| further_column(reading.kept, table.description.name));
    let further = further.collect();
    let schema = table.schema();
    let source = match table.rows {
        HuntingRows::Files(paths) if !paths.is_empty() => Source::of_files(columns, schema, &paths),
        HuntingRows::Files(_) => Source::of_batches(columns, schema, Vec::new()),
        HuntingRows::Objects(objects) => Source::of_remote(columns, schema, remote(table.description.name, objects)),
        HuntingRows::Batches(batches) => Source::of_batches(columns, schema, batches),
    };
    Ok(source?.with_further(further))
}

fn further_column(kept: Kept, table: &str) -> Further {
    match kept {
        Kept::As(column) => Further::SameAs(column.to_owned()),
        Kept::NameOfTable => Further::Text(table.to_owned()),
        Kept::Nowhere => Further::Nothing,
    }
}

/// The files of a table in a bucket, for the engine. The case is told apart from others by the bytes of its address.
fn remote(table: &str, objects: Objects) -> RemoteFiles {
    let address = objects.root().as_os_str().as_encoded_bytes();
    let case: String = address.iter().map(|byte| format!("{byte:02x}")).collect();
    RemoteFiles {
        name: format!("{case}.{}", table.to_lowercase()),
        files: objects.files().to_vec(),
        read: Arc::new(move |name, range| objects.read(name, range).map_err(|error| error.to_string())),
    }
}

fn columns(description: &TableDescription) -> Vec<Column> {
    let columns = description.columns.iter();
    columns.map(|column| Column::new(column.name, column.kusto)).collect()
}
