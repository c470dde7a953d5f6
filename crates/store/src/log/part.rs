//! A Parquet file of a case.

use serde::{Deserialize, Serialize};
use whotalks_tables::{Evidence, Table as _};

/// What a table is for; also the folder in which it lies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Stage {
    /// What sources say.
    #[default]
    Observed,
    /// What whotalks concludes.
    Derived,
    /// What hunting queries see.
    Hunting,
}

impl Stage {
    pub(crate) const ALL: [Self; 3] = [Self::Observed, Self::Derived, Self::Hunting];

    /// The name of its folder.
    pub(crate) const fn folder(self) -> &'static str {
        match self {
            Self::Observed => "observed",
            Self::Derived => "derived",
            Self::Hunting => "hunting",
        }
    }
}

/// Which file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct PartName {
    /// What its table is for.
    #[serde(default)]
    pub(crate) stage: Stage,
    /// The table.
    pub(crate) table: String,
    /// The file in the folder of the table.
    #[serde(default)]
    pub(crate) file: String,
}

impl PartName {
    /// The folder of its table, within the case.
    pub(crate) fn folder(&self) -> String {
        folder(self.stage, &self.table)
    }

    /// Its name within the case.
    pub(crate) fn name(&self) -> String {
        format!("{}/{}", self.folder(), self.file)
    }
}

/// The folder of a table, within the case.
pub(crate) fn folder(stage: Stage, table: &str) -> String {
    format!("{}/{table}", stage.folder())
}

/// One Parquet file of a commit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Part {
    /// Which file.
    #[serde(flatten)]
    pub(crate) name: PartName,
    /// Its number within commit and table; the part of `FlowNames` belongs to that of `Flows` with the same number and source.
    pub(crate) number: u32,
    /// How many rows.
    pub(crate) rows: u64,
    /// How many bytes.
    pub(crate) bytes: u64,
    /// The batches whose rows it holds; none for tables that are replaced as a whole.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) batches: Vec<String>,
    /// The commit that it came with; set by the reader of the log.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub(crate) commit: u64,
    /// The removed file whose place it takes in the order of parts; none to come last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) replaces: Option<String>,
    /// The times in it, column by column.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) times: Vec<TimeRange>,
}

/// The times in a column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct TimeRange {
    /// The column.
    pub(crate) column: String,
    /// The earliest, in nanoseconds since 1970.
    pub(crate) first: i64,
    /// The latest, in nanoseconds since 1970.
    pub(crate) last: i64,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
const fn is_zero(number: &u64) -> bool {
    *number == 0
}

impl Part {
    /// The latest time of an observation in it; none where no row has one. The manifest holds no observations.
    pub(crate) fn last_time(&self) -> Option<i64> {
        let is_manifest = self.name.table == Evidence::NAME;
        let times = self.times.iter().filter(|_| !is_manifest);
        times.map(|range| range.last).max()
    }
}
