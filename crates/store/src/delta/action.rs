//! The actions of a version: one JSON object per line.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::log::{Part, Stage, TimeRange};

/// The application under whose name versions carry the commits that they publish.
pub(super) const APPLICATION: &str = "whotalks";

/// The tag of files that whotalks added; files that others added are left alone.
pub(super) const TAG: &str = "whotalks.commit";

/// Nanoseconds of a millisecond.
const NANOSECONDS_OF_MILLISECOND: i64 = 1_000_000;

/// One action, as it is written.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum Action {
    /// What a reader and a writer must be able to do.
    Protocol(Protocol),
    /// What the table is.
    MetaData(Metadata),
    /// A file whose rows are in the table from now on.
    Add(Add),
    /// A file whose rows are not in the table any more.
    Remove(Remove),
    /// How far an application has come.
    Txn(Transaction),
    /// Who did this, for people.
    CommitInfo(CommitInfo),
}

/// One line, as it is read. What whotalks does not need is passed over.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Line {
    pub(super) meta_data: Option<TableIdentifier>,
    pub(super) add: Option<Add>,
    pub(super) remove: Option<Remove>,
    pub(super) txn: Option<Transaction>,
    pub(super) commit_info: Option<CommitInfo>,
}

/// The part of `metaData` that stays the same as long as the table lives.
#[derive(Debug, Deserialize)]
pub(super) struct TableIdentifier {
    pub(super) id: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Protocol {
    pub(super) min_reader_version: u32,
    pub(super) min_writer_version: u32,
}

impl Protocol {
    /// Tables without any feature that needs more.
    pub(super) const PLAIN: Self = Self {
        min_reader_version: 1,
        min_writer_version: 2,
    };
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Metadata {
    /// A UUID.
    pub(super) id: String,
    pub(super) name: String,
    pub(super) description: String,
    pub(super) format: Format,
    pub(super) schema_string: String,
    pub(super) partition_columns: Vec<String>,
    pub(super) configuration: BTreeMap<String, String>,
    pub(super) created_time: i64,
}

#[derive(Debug, Serialize)]
pub(super) struct Format {
    pub(super) provider: String,
    pub(super) options: BTreeMap<String, String>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Add {
    pub(super) path: String,
    pub(super) partition_values: BTreeMap<String, String>,
    pub(super) size: u64,
    pub(super) modification_time: i64,
    pub(super) data_change: bool,
    #[serde(default)]
    pub(super) stats: Option<String>,
    #[serde(default)]
    pub(super) tags: Option<BTreeMap<String, Option<String>>>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Remove {
    pub(super) path: String,
    #[serde(default)]
    pub(super) deletion_timestamp: i64,
    pub(super) data_change: bool,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Transaction {
    pub(super) app_id: String,
    pub(super) version: u64,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct CommitInfo {
    #[serde(default)]
    pub(super) timestamp: i64,
    #[serde(default)]
    pub(super) operation: String,
    #[serde(default)]
    pub(super) engine_info: String,
    /// The checksum of the schema that the table has since this version or an earlier one.
    #[serde(default)]
    pub(super) schema_checksum: Option<String>,
}

/// The statistics of a file, as the protocol wants them: a text of JSON.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Statistics<'a> {
    num_records: u64,
    min_values: BTreeMap<&'a str, Value>,
    max_values: BTreeMap<&'a str, Value>,
}

impl Add {
    /// A part of a case.
    pub(super) fn of(part: &Part, at_milliseconds: i64, data_change: bool) -> Self {
        Self {
            path: part.name.file.clone(),
            partition_values: BTreeMap::new(),
            size: part.bytes,
            modification_time: at_milliseconds,
            data_change,
            stats: statistics(part),
            tags: Some(BTreeMap::from([(TAG.to_owned(), Some(part.commit.to_string()))])),
        }
    }

    /// Whether whotalks added it.
    pub(super) fn is_ours(&self) -> bool {
        self.tags.as_ref().is_some_and(|tags| tags.contains_key(TAG))
    }
}

fn statistics(part: &Part) -> Option<String> {
    let of_number: [fn(&TimeRange) -> Option<Value>; 2] =
        [|range| Some(range.first.into()), |range| Some(range.last.into())];
    let of_instant: [fn(&TimeRange) -> Option<Value>; 2] = [
        |range| instant(floor(range.first)),
        |range| instant(ceiling(range.last)),
    ];
    // Only hunting tables hold instants; other times are numbers.
    let [first, last] = if part.name.stage == Stage::Hunting {
        of_instant
    } else {
        of_number
    };
    let bounds = |bound: fn(&TimeRange) -> Option<Value>| -> BTreeMap<&str, Value> {
        let columns = part.times.iter();
        columns
            .filter_map(|range| Some((range.column.as_str(), bound(range)?)))
            .collect()
    };
    let statistics = Statistics {
        num_records: part.rows,
        min_values: bounds(first),
        max_values: bounds(last),
    };
    serde_json::to_string(&statistics).ok()
}

/// Bounds are told in milliseconds; the earlier one may only become earlier, the later one only later.
const fn floor(nanoseconds: i64) -> i64 {
    nanoseconds.div_euclid(NANOSECONDS_OF_MILLISECOND)
}

fn ceiling(nanoseconds: i64) -> i64 {
    let exact = nanoseconds.rem_euclid(NANOSECONDS_OF_MILLISECOND) == 0;
    floor(nanoseconds).saturating_add(i64::from(!exact))
}

fn instant(milliseconds: i64) -> Option<Value> {
    let instant = jiff::Timestamp::from_millisecond(milliseconds).ok()?;
    Some(format!("{instant:.3}").into())
}
