//! One sorter per hunting table.

use std::path::{Path, PathBuf};

use arrow_array::RecordBatch;
use whotalks_tables::hunting::{
    self, Coverage, DeviceEvents, DeviceInfo, DeviceNetworkEvents, DeviceNetworkInfo, DeviceProcessEvents,
    DnsTransactions, Endpoints, Evidence, FirewallFilters, Flows, HttpTransactions, Names, NetworkCounters, Sockets,
    Take, TimeSorted, TlsHandshakes,
};
use whotalks_tables::{Table, TableDescription};

use super::sorted::SortedRows;
use super::{HuntingRows, HuntingTable};
use crate::StoreError;
use crate::parts::PartWriter;

/// How many rows a batch in memory has.
const BATCH_ROWS: usize = 8_192;

/// The most rows of a table that stay in memory as batches; a larger table becomes a file.
const MOST_ROWS_IN_MEMORY: u64 = 262_144;

/// Where the rows of a table end: files in a folder, or batches as far as the bound allows.
#[derive(Clone, Copy)]
pub(super) enum End<'a> {
    /// Every table with rows in a file.
    Files(&'a Path),
    /// Small tables in memory, larger ones in files.
    MemoryOrFiles(&'a Path),
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
            pub(super) fn finish(self, end: End<'_>) -> Result<Vec<HuntingTable>, StoreError> {
                self.failure.map_or(Ok(()), Err)?;
                let mut rows = vec![$( ($table::NAME, ended(self.$field, end)?), )+];
                let table = |description: TableDescription| {
                    let place = rows.iter().position(|(name, _)| *name == description.name);
                    let rows = place.map(|place| rows.swap_remove(place).1);
                    HuntingTable {
                        description,
                        rows: rows.unwrap_or(HuntingRows::Batches(Vec::new())),
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
);

/// The path of a table's file in a folder.
pub(super) fn file_of(folder: &Path, table: &str) -> PathBuf {
    folder.join(format!("{table}.parquet"))
}

fn ended<T: TimeSorted>(rows: SortedRows<T>, end: End<'_>) -> Result<HuntingRows, StoreError> {
    match end {
        _ if rows.len() == 0 => Ok(HuntingRows::Batches(Vec::new())),
        End::MemoryOrFiles(_) if rows.len() <= MOST_ROWS_IN_MEMORY => Ok(HuntingRows::Batches(batches(rows)?)),
        End::Files(folder) | End::MemoryOrFiles(folder) => {
            let path = file_of(folder, T::NAME);
            let mut part = PartWriter::<T>::new(path.clone());
            rows.visit(&mut |row| part.append(row))?;
            part.finish(None)?;
            Ok(HuntingRows::Files(vec![path]))
        }
    }
}

fn batches<T: TimeSorted>(rows: SortedRows<T>) -> Result<Vec<RecordBatch>, StoreError> {
    let mut builder = T::builder();
    let mut batches = Vec::new();
    rows.visit(&mut |row| {
        builder.append(row);
        if builder.rows() >= BATCH_ROWS {
            batches.push(builder.finish());
        }
        Ok(())
    })?;
    if builder.rows() > 0 {
        batches.push(builder.finish());
    }
    Ok(batches)
}
