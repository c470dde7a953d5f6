//! One sorter per hunting table.

use std::path::{Path, PathBuf};

use arrow_array::RecordBatch;
use arrow_schema::SchemaRef;
use whotalks_tables::hunting::{
    self, AlertEvidence, AlertInfo, Coverage, DeviceEvents, DeviceInfo, DeviceNetworkEvents, DeviceNetworkInfo,
    DeviceProcessEvents, DnsTransactions, Endpoints, Evidence, FirewallFilters, Flows, HttpTransactions, Names,
    NetworkCounters, Sockets, Take, TimeSorted, TlsHandshakes,
};
use whotalks_tables::{Table, TableDescription};

use super::sorted::SortedRows;
use super::{HuntingRows, HuntingTable};
use crate::StoreError;
use crate::case::TableWriter;
use crate::log::Stage;
use crate::parts::{FinishedPart, stored};

/// How many rows a batch in memory has.
const BATCH_ROWS: usize = 8_192;

/// The most rows of a table that stay in memory as batches; a larger table becomes a file.
const MOST_ROWS_IN_MEMORY: u64 = 262_144;

/// The fewest rows of a file that ends with a day: smaller ones would cost more than they spare.
const ROWS_OF_A_DAY: u64 = 131_072;

/// Nanoseconds of a day.
const NANOSECONDS_OF_DAY: i64 = 86_400 * 1_000_000_000;

/// Where the rows of a table end: files in a folder, or batches as far as the bound allows.
#[derive(Clone, Copy)]
pub(super) enum End<'a> {
    /// Every table with rows in files, whose names begin so once they are committed.
    Files(&'a Path, &'a str),
    /// Small tables in memory, larger ones in files.
    MemoryOrFiles(&'a Path),
}

/// A table with all its rows.
pub(super) struct Ended {
    description: TableDescription,
    rows: EndedRows,
}

/// Where the rows of a table have ended.
enum EndedRows {
    Files(Vec<FinishedPart>),
    Batches(Vec<RecordBatch>),
}

impl Ended {
    /// Its files.
    pub(super) fn into_parts(self) -> Vec<FinishedPart> {
        match self.rows {
            EndedRows::Files(parts) => parts,
            EndedRows::Batches(_) => Vec::new(),
        }
    }

    /// The table with its files where they lie now.
    pub(super) fn into_table(self) -> HuntingTable {
        let rows = match self.rows {
            EndedRows::Files(parts) => HuntingRows::Files(parts.into_iter().map(|part| part.temporary).collect()),
            EndedRows::Batches(batches) => HuntingRows::Batches(batches),
        };
        HuntingTable {
            description: self.description,
            rows,
        }
    }
}

macro_rules! desks {
    ($($field:ident: $table:ident),+ $(,)?) => {
        /// Takes the rows of all hunting tables and brings them into the order of time.
        pub struct HuntingDesks {
            $( $field: SortedRows<$table>, )+
            /// The first failure; what comes after it is not taken.
            failure: Option<StoreError>,
        }

        impl HuntingDesks {
            /// No rows yet; what does not fit into memory will go to temporary files in `folder`.
            pub fn new(folder: &Path) -> Self {
                Self {
                    $( $field: SortedRows::new(folder), )+
                    failure: None,
                }
            }

            /// All tables in the order of documentation, with their rows.
            pub(super) fn finish(self, end: End<'_>) -> Result<Vec<Ended>, StoreError> {
                self.failure.map_or(Ok(()), Err)?;
                let mut rows = vec![$( ($table::NAME, ended(self.$field, end)?), )+];
                let table = |description: TableDescription| {
                    let place = rows.iter().position(|(name, _)| *name == description.name);
                    let rows = place.map(|place| rows.swap_remove(place).1);
                    Ended {
                        description,
                        rows: rows.unwrap_or(EndedRows::Batches(Vec::new())),
                    }
                };
                Ok(hunting::all().into_iter().map(table).collect())
            }
        }

        $(
            impl Take<$table> for HuntingDesks {
                fn take(&mut self, row: &<$table as Table>::Row) {
                    if self.failure.is_none() {
                        self.failure = self.$field.push(row).err();
                    }
                }
            }
        )+
    };
}

desks!(
    network_events: DeviceNetworkEvents,
    device_events: DeviceEvents,
    process_events: DeviceProcessEvents,
    network_info: DeviceNetworkInfo,
    device_info: DeviceInfo,
    flows: Flows,
    dns: DnsTransactions,
    http: HttpTransactions,
    tls: TlsHandshakes,
    sockets: Sockets,
    counters: NetworkCounters,
    filters: FirewallFilters,
    endpoints: Endpoints,
    names: Names,
    evidence: Evidence,
    coverage: Coverage,
    alerts: AlertInfo,
    alert_evidence: AlertEvidence,
);

fn ended<T: TimeSorted>(rows: SortedRows<T>, end: End<'_>) -> Result<EndedRows, StoreError> {
    match end {
        _ if rows.len() == 0 => Ok(EndedRows::Batches(Vec::new())),
        End::MemoryOrFiles(_) if rows.len() <= MOST_ROWS_IN_MEMORY => Ok(EndedRows::Batches(batches(rows)?)),
        End::MemoryOrFiles(folder) => files(rows, folder, T::NAME),
        End::Files(folder, stem) => files(rows, folder, stem),
    }
}

/// Files by time: a file ends when it is full, and with a day where it is large enough, so that a query about days reads no others.
fn files<T: TimeSorted>(rows: SortedRows<T>, folder: &Path, stem: &str) -> Result<EndedRows, StoreError> {
    let mut table = TableWriter::<T>::new(folder, Stage::Hunting, stem);
    let mut day = None;
    rows.visit(&mut |row| {
        let today = row.time.map(|time| time.nanoseconds().div_euclid(NANOSECONDS_OF_DAY));
        if day != today && table.rows_of_part() >= ROWS_OF_A_DAY {
            table.begin_part()?;
        }
        day = today;
        table.append_packed(row.packed)
    })?;
    table.finish().map(EndedRows::Files)
}

fn batches<T: TimeSorted>(rows: SortedRows<T>) -> Result<Vec<RecordBatch>, StoreError> {
    let schema = stored::schema(&T::schema(), T::STAGE);
    let mut builder = T::builder();
    let mut batches = Vec::new();
    rows.visit(&mut |row| {
        builder.append_packed(row.packed).ok_or(StoreError::DamagedSpill)?;
        if builder.rows() >= BATCH_ROWS {
            batches.push(as_in_files(&builder.finish(), &schema)?);
        }
        Ok(())
    })?;
    if builder.rows() > 0 {
        batches.push(as_in_files(&builder.finish(), &schema)?);
    }
    Ok(batches)
}

/// Rows in memory are what they would be in files, so that a query has one answer.
fn as_in_files(batch: &RecordBatch, schema: &SchemaRef) -> Result<RecordBatch, StoreError> {
    stored::store(batch, schema).map_err(|error| StoreError::WritePart {
        path: PathBuf::new(),
        source: error.into(),
    })
}
