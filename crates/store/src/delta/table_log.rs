//! The log of one table.

use std::collections::BTreeMap;
use std::path::Path;

use super::action::{APPLICATION, Action, Add, Line};
use crate::StoreError;
use crate::log::{self, Stage};
use crate::place::Place;
use crate::settings::damaged;

/// The log of one table.
pub(super) struct TableLog<'a> {
    place: &'a Place,
    folder: String,
    /// The newest version; none where the table was never published.
    pub(super) newest: Option<u64>,
}

/// How far the log of a table has come.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Published {
    /// The last commit that it publishes; 0 for none.
    pub(super) commit: u64,
    /// The checksum of its schema.
    pub(super) schema_checksum: Option<String>,
}

impl<'a> TableLog<'a> {
    /// Looks at the log of a table.
    pub(super) fn open(place: &'a Place, stage: Stage, table: &str) -> Result<Self, StoreError> {
        let folder = format!("{}/_delta_log", log::folder(stage, table));
        let names = place.names(&folder)?;
        let versions = names.iter().filter_map(|name| version_of(name));
        Ok(Self {
            newest: versions.max(),
            place,
            folder,
        })
    }

    /// How far it has come: as far as the newest version that whotalks wrote says.
    pub(super) fn published(&self) -> Result<Published, StoreError> {
        let mut version = self.newest;
        while let Some(number) = version {
            let published = published_in(self.lines(number)?);
            if published.commit > 0 {
                return Ok(published);
            }
            version = number.checked_sub(1);
        }
        Ok(Published::default())
    }

    /// The files of whotalks that are in the table, with their sizes.
    pub(super) fn files(&self) -> Result<BTreeMap<String, u64>, StoreError> {
        let mut files = BTreeMap::new();
        for line in self.all_lines() {
            let line = line?;
            if let Some(add) = line.add.filter(Add::is_ours) {
                files.insert(add.path, add.size);
            }
            if let Some(remove) = line.remove {
                files.remove(&remove.path);
            }
        }
        Ok(files)
    }

    /// The identifier of the table, which it keeps as long as it lives.
    pub(super) fn identifier(&self) -> Result<Option<String>, StoreError> {
        for line in self.all_lines() {
            if let Some(table) = line?.meta_data {
                return Ok(Some(table.id));
            }
        }
        Ok(None)
    }

    fn all_lines(&self) -> impl Iterator<Item = Result<Line, StoreError>> {
        let versions = 0..self.newest.map_or(0, |newest| newest.saturating_add(1));
        versions.flat_map(|version| match self.lines(version) {
            Ok(lines) => lines.into_iter().map(Ok).collect(),
            Err(error) => vec![Err(error)],
        })
    }

    fn lines(&self, version: u64) -> Result<Vec<Line>, StoreError> {
        let name = self.name(version);
        let text = self.place.read_text(&name)?.unwrap_or_default();
        let lines = text.lines().filter(|line| !line.trim().is_empty());
        let damaged = |error| damaged(&self.place.path(&name), &error);
        let lines = lines.map(|line| serde_json::from_str(line).map_err(damaged));
        lines.collect()
    }

    /// Writes the next version; says whether it was free.
    pub(super) fn write_next(&self, temporary: &Path, actions: &[Action]) -> Result<bool, StoreError> {
        let version = self.newest.map_or(0, |newest| newest.saturating_add(1));
        let name = self.name(version);
        let mut text = String::new();
        for action in actions {
            text += &serde_json::to_string(action).map_err(|error| damaged(&self.place.path(&name), &error))?;
            text.push('\n');
        }
        if version == 0 {
            self.place.create_folder(&self.folder)?;
            self.place.sync_folder_of(&self.folder)?;
        }
        self.place.write_new(&name, temporary, &text)
    }

    fn name(&self, version: u64) -> String {
        format!("{}/{version:020}.json", self.folder)
    }
}

fn version_of(name: &str) -> Option<u64> {
    name.strip_suffix(".json")?.parse().ok()
}

fn published_in(lines: Vec<Line>) -> Published {
    let mut published = Published::default();
    for line in lines {
        if let Some(transaction) = line.txn.filter(|transaction| transaction.app_id == APPLICATION) {
            published.commit = transaction.version;
        }
        if let Some(info) = line.commit_info {
            published.schema_checksum = info.schema_checksum;
        }
    }
    published
}
