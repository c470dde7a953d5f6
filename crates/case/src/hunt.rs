//! Hunting queries over the case.

use whotalks_kql_plan::values::DateTime;
use whotalks_kql_plan::{Answer, Column, Embedded, Limits, PlanError, Source, TableSet};
use whotalks_record::Timestamp;
use whotalks_store::{HuntingRows, HuntingTable};
use whotalks_tables::TableDescription;
use whotalks_tables::hunting::Flavour;

use crate::{Case, CaseError};

/// Why a query has no answer.
#[derive(Debug, thiserror::Error)]
pub enum HuntError {
    /// The case cannot be read or written.
    #[error(transparent)]
    Case(#[from] CaseError),
    /// The query is wrong, or went beyond its limits.
    #[error(transparent)]
    Query(#[from] PlanError),
}

impl Case {
    /// The answer to a query in the Kusto Query Language over the tables of the case, with the names of a flavour. `now` is what `now()` gives, and names the
    /// writer of a case on disk.
    ///
    /// # Errors
    ///
    /// [`HuntError::Query`] where the query is wrong, [`HuntError::Case`] where the case cannot be read.
    pub fn hunt(&mut self, query: &str, flavour: Flavour, limits: Limits, now: Timestamp) -> Result<Answer, HuntError> {
        let mut tables = TableSet::default();
        for table in self.hunting_tables(now)? {
            tables.insert(table.description.name, source(table, flavour)?);
        }
        let moment = DateTime::from_unix_nanoseconds(now.nanoseconds()).unwrap_or(DateTime::UNIX_EPOCH);
        Ok(Embedded::new(limits)?.query(query, &tables, moment)?)
    }
}

fn source(table: HuntingTable, flavour: Flavour) -> Result<Source, PlanError> {
    // A view has the columns in the order in which they are kept.
    let columns = columns(&flavour.view(&table.description).description);
    let schema = table.schema();
    match table.rows {
        HuntingRows::Files(paths) if !paths.is_empty() => Source::of_files(columns, schema, &paths),
        HuntingRows::Files(_) => Source::of_batches(columns, schema, Vec::new()),
        HuntingRows::Batches(batches) => Source::of_batches(columns, schema, batches),
    }
}

fn columns(description: &TableDescription) -> Vec<Column> {
    let columns = description.columns.iter();
    columns.map(|column| Column::new(column.name, column.kusto)).collect()
}
