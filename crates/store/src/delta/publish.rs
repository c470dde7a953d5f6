//! Bringing the logs of tables up to what the log of the case says.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{BuildHasher as _, RandomState};
use std::path::Path;

use whotalks_tables::TableDescription;

use super::action::{APPLICATION, Action, Add, CommitInfo, Format, Metadata, Protocol, Remove, Transaction};
use super::schema;
use super::table_log::{Published, TableLog};
use crate::StoreError;
use crate::log::{Change, Commit, Part, Stage, State, Touched, last_of};
use crate::parts::stored;
use crate::place::Place;

/// A table whose log is behind the log of the case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Lag {
    /// What the table is for.
    pub(crate) stage: Stage,
    /// The table.
    pub(crate) table: String,
}

/// What the next version of a table says.
struct Version<'a> {
    published: Published,
    commit: u64,
    at_milliseconds: i64,
    operation: &'static str,
    data_change: bool,
    added: Vec<&'a Part>,
    removed: Vec<String>,
}

/// Publishes the commit just made. `before` says for each table which commit changed it before.
pub(crate) fn publish(
    place: &Place,
    temporary: &Path,
    before: &[Touched],
    state: &State,
    commit: &Commit,
) -> Result<(), StoreError> {
    let added = commit.added.iter().map(|part| &part.name);
    let names = added.chain(&commit.removed);
    let tables: BTreeSet<(Stage, &str)> = names.map(|name| (name.stage, name.table.as_str())).collect();
    let tables: Vec<_> = tables.into_iter().collect();
    let published = place.each(&tables, &|(stage, table)| {
        let (stage, table) = (*stage, *table);
        bring_forward(place, temporary, state, (stage, table), &mut |published, log| {
            if published.commit == last_of(before, stage, table) {
                return Ok(of_commit(published, commit, stage, table));
            }
            of_state(published, log, state, (stage, table), commit.at_milliseconds)
        })
    });
    published.map(drop)
}

/// Brings every table up to date.
pub(crate) fn publish_all(
    place: &Place,
    temporary: &Path,
    state: &State,
    at_milliseconds: i64,
) -> Result<(), StoreError> {
    let brought = place.each(&lagging(place, state)?, &|Lag { stage, table }| {
        bring_forward(place, temporary, state, (*stage, table), &mut |published, log| {
            of_state(published, log, state, (*stage, table), at_milliseconds)
        })
    });
    brought.map(drop)
}

/// The tables whose logs are behind.
pub(crate) fn lagging(place: &Place, state: &State) -> Result<Vec<Lag>, StoreError> {
    let published = place.each(&state.touched, &|touched| {
        TableLog::open(place, touched.stage, &touched.table)?.published()
    })?;
    let tables = state.touched.iter().zip(&published);
    let behind = tables.filter(|(touched, published)| !is_up_to_date(place, published, touched.commit));
    let behind = behind.map(|(touched, _)| Lag {
        stage: touched.stage,
        table: touched.table.clone(),
    });
    Ok(behind.collect())
}

/// Whether the log of a table says what the case says. In a bucket, others may have brought it further meanwhile; in a folder, a log that
/// is further was left behind when commits were taken away.
fn is_up_to_date(place: &Place, published: &Published, commit: u64) -> bool {
    match place {
        Place::Folder(_) => published.commit == commit,
        Place::Bucket(_) => published.commit >= commit,
    }
}

/// The version that says what one commit says.
fn of_commit<'a>(published: Published, commit: &'a Commit, stage: Stage, table: &str) -> Version<'a> {
    let added = commit.added.iter();
    let removed = commit
        .removed
        .iter()
        .filter(|name| name.stage == stage && name.table == table);
    Version {
        published,
        commit: commit.sequence,
        at_milliseconds: commit.at_milliseconds,
        operation: commit.change.operation(),
        data_change: !matches!(commit.change, Change::Compacted),
        added: added
            .filter(|part| part.name.stage == stage && part.name.table == table)
            .collect(),
        removed: removed.map(|name| name.file.clone()).collect(),
    }
}

/// The version that leads from what is published to what the case holds, whatever happened in between.
fn of_state<'a>(
    published: Published,
    log: &TableLog,
    state: &'a State,
    (stage, table): (Stage, &str),
    at_milliseconds: i64,
) -> Result<Version<'a>, StoreError> {
    let mut files = log.files()?;
    let live = state
        .live()
        .filter(|part| part.name.stage == stage && part.name.table == table);
    let added = live.filter(|part| files.remove(&part.name.file).is_none()).collect();
    Ok(Version {
        published,
        commit: state.touched(stage, table),
        at_milliseconds,
        operation: "RESTORE",
        data_change: true,
        added,
        removed: files.into_keys().collect(),
    })
}

/// Writes the next version of a table. Somebody else may write one at the same moment, which the next one must then begin from: it is
/// made anew, and not at all where it is needless by then.
fn bring_forward<'a>(
    place: &Place,
    temporary: &Path,
    state: &State,
    (stage, table): (Stage, &str),
    next: &mut dyn FnMut(Published, &TableLog<'_>) -> Result<Version<'a>, StoreError>,
) -> Result<(), StoreError> {
    // A table of a later version of whotalks is published by that version.
    let Some(description) = described(stage, table) else {
        return Ok(());
    };
    loop {
        let log = TableLog::open(place, stage, table)?;
        let published = log.published()?;
        if is_up_to_date(place, &published, state.touched(stage, table)) {
            return Ok(());
        }
        let version = next(published, &log)?;
        if log.write_next(temporary, &actions(&description, log.identifier()?, version))? {
            return Ok(());
        }
    }
}

/// The lines of a version; `identifier` is that of a table which is there already.
fn actions(table: &TableDescription, identifier: Option<String>, version: Version<'_>) -> Vec<Action> {
    let schema_text = schema::text(&stored::schema(&table.schema(), table.stage));
    let checksum = schema::checksum(&schema_text);
    let at = version.at_milliseconds;
    let mut actions = vec![Action::CommitInfo(CommitInfo {
        timestamp: at,
        operation: version.operation.to_owned(),
        engine_info: concat!("whotalks ", env!("CARGO_PKG_VERSION")).to_owned(),
        schema_checksum: Some(checksum.clone()),
    })];
    if identifier.is_none() {
        actions.push(Action::Protocol(Protocol::PLAIN));
    }
    if version.published.schema_checksum.as_ref() != Some(&checksum) {
        let identifier = identifier.unwrap_or_else(random_uuid);
        actions.push(Action::MetaData(metadata(table, identifier, schema_text, at)));
    }
    actions.push(Action::Txn(Transaction {
        app_id: APPLICATION.to_owned(),
        version: version.commit,
    }));
    actions.extend(version.files());
    actions
}

impl Version<'_> {
    /// The files that go, and those that come.
    fn files(self) -> impl Iterator<Item = Action> {
        let (at, data_change) = (self.at_milliseconds, self.data_change);
        let removed = self.removed.into_iter().map(move |path| {
            Action::Remove(Remove {
                path,
                deletion_timestamp: at,
                data_change,
            })
        });
        let added = self.added.into_iter();
        removed.chain(added.map(move |part| Action::Add(Add::of(part, at, data_change))))
    }
}

fn metadata(table: &TableDescription, id: String, schema_string: String, created_time: i64) -> Metadata {
    Metadata {
        id,
        name: table.name.to_owned(),
        description: table.doc.clone(),
        format: Format {
            provider: "parquet".to_owned(),
            options: BTreeMap::new(),
        },
        schema_string,
        partition_columns: Vec::new(),
        configuration: BTreeMap::new(),
        created_time,
    }
}

/// A random UUID (RFC 9562, version 4), from the random keys of the standard library's hash maps.
fn random_uuid() -> String {
    let (high, low) = (RandomState::new().hash_one(0), RandomState::new().hash_one(1));
    let version = (high & !0xf000) | 0x4000;
    let variant = (low & !(0b11 << 62)) | (0b10 << 62);
    format!(
        "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
        version >> 32,
        (version >> 16) & 0xffff,
        version & 0xffff,
        variant >> 48,
        variant & 0xffff_ffff_ffff
    )
}

fn described(stage: Stage, table: &str) -> Option<TableDescription> {
    let tables = match stage {
        Stage::Observed | Stage::Derived => whotalks_tables::all(),
        Stage::Hunting => whotalks_tables::hunting::all(),
    };
    tables.into_iter().find(|description| description.name == table)
}
