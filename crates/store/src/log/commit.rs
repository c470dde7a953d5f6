//! A commit, and the file that it is.

use serde::{Deserialize, Serialize};

use super::change::BatchEntry;
use super::{Change, Part, PartName};
use crate::BatchId;

/// A committed change, or one about to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Commit {
    /// Its place in the order of commits, from 1.
    pub(crate) sequence: u64,
    /// When, in milliseconds since 1970, by the clock of the writer.
    pub(crate) at_milliseconds: i64,
    /// What it does.
    pub(crate) change: Change,
    /// The files that it brings, by table and number.
    pub(crate) added: Vec<Part>,
    /// The files that hold no rows of the case any more.
    pub(crate) removed: Vec<PartName>,
}

/// The kinds of change, as files name them. Format 1 knew only the first and did not name it.
#[derive(Clone, Copy, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    #[default]
    Observed,
    Derived,
    Hunting,
    Compacted,
    Retired,
    Rebuilt,
    Swept,
}

/// A commit as its file says it.
#[derive(Serialize, Deserialize)]
pub(super) struct CommitFile {
    #[serde(default)]
    kind: Kind,
    #[serde(default, rename = "at-milliseconds")]
    at_milliseconds: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    batch: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sha256: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    table: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    of: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    edition: Option<u32>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    retired: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    swept: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    rebuilt: Vec<BatchEntry>,
    #[serde(default)]
    part: Vec<Part>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    removed: Vec<PartName>,
}

impl CommitFile {
    /// What the file says.
    ///
    /// # Errors
    ///
    /// What it lacks, or says wrongly.
    pub(super) fn into_commit(self, sequence: u64) -> Result<Commit, String> {
        let change = match self.kind {
            Kind::Observed => Change::Observed {
                batch: checked(self.batch.ok_or("missing field `batch`")?)?,
                sha256: self.sha256,
            },
            Kind::Derived => Change::Derived {
                table: plain(self.table.ok_or("missing field `table`")?)?,
                of: self.of.ok_or("missing field `of`")?,
            },
            Kind::Hunting => Change::Hunting {
                of: self.of.ok_or("missing field `of`")?,
                edition: self.edition.ok_or("missing field `edition`")?,
            },
            Kind::Compacted => Change::Compacted,
            Kind::Retired => Change::Retired { batches: self.retired },
            Kind::Rebuilt => Change::Rebuilt { batches: self.rebuilt },
            Kind::Swept => Change::Swept { writers: self.swept },
        };
        let (mut added, removed) = (self.part, self.removed);
        for part in &mut added {
            complete(part, sequence, &change);
            check_name(&part.name)?;
        }
        removed.iter().try_for_each(check_name)?;
        Ok(Commit {
            sequence,
            at_milliseconds: self.at_milliseconds,
            change,
            added,
            removed,
        })
    }
}

/// Fills in what goes without saying: format 1 named files by their batches.
fn complete(part: &mut Part, sequence: u64, change: &Change) {
    part.commit = sequence;
    let Change::Observed { batch, .. } = change else { return };
    if part.batches.is_empty() {
        part.batches.push(batch.clone());
    }
    if part.name.file.is_empty() {
        part.name.file = format!("{batch}-{:05}.parquet", part.number);
    }
}

fn checked(batch: String) -> Result<String, String> {
    match batch.parse::<BatchId>() {
        Ok(_) => Ok(batch),
        Err(error) => Err(error.to_string()),
    }
}

/// A log that somebody changed must not lead out of the case.
fn check_name(name: &PartName) -> Result<(), String> {
    plain(name.table.clone())?;
    let stem = name.file.strip_suffix(".parquet").unwrap_or_default();
    plain(stem.to_owned()).map(drop)
}

fn plain(text: String) -> Result<String, String> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    match !text.is_empty() && text.bytes().all(is_plain) {
        true => Ok(text),
        false => Err(format!("{text:?} is no name of a table or part")),
    }
}

impl From<&Commit> for CommitFile {
    fn from(commit: &Commit) -> Self {
        let mut file = Self {
            kind: Kind::Compacted,
            at_milliseconds: commit.at_milliseconds,
            batch: None,
            sha256: None,
            table: None,
            of: None,
            edition: None,
            retired: Vec::new(),
            swept: Vec::new(),
            rebuilt: Vec::new(),
            part: commit.added.iter().map(without_commit).collect(),
            removed: commit.removed.clone(),
        };
        match &commit.change {
            Change::Observed { batch, sha256 } => {
                (file.kind, file.batch, file.sha256) = (Kind::Observed, Some(batch.clone()), sha256.clone());
            }
            Change::Derived { table, of } => {
                (file.kind, file.table, file.of) = (Kind::Derived, Some(table.clone()), Some(*of));
            }
            Change::Hunting { of, edition } => {
                (file.kind, file.of, file.edition) = (Kind::Hunting, Some(*of), Some(*edition));
            }
            Change::Compacted => {}
            Change::Retired { batches } => (file.kind, file.retired) = (Kind::Retired, batches.clone()),
            Change::Swept { writers } => (file.kind, file.swept) = (Kind::Swept, writers.clone()),
            Change::Rebuilt { batches } => (file.kind, file.rebuilt) = (Kind::Rebuilt, batches.clone()),
        }
        file
    }
}

/// The number of a commit is the name of its file.
fn without_commit(part: &Part) -> Part {
    Part {
        commit: 0,
        ..part.clone()
    }
}
