//! `externaldata`: a table that is read from elsewhere.

use whotalks_kql_syntax::tree::ExternalData;

use super::data_table::{declared_columns, table_of_rows};
use crate::answer::Notice;
use crate::bind::Binder;
use crate::error::Result;
use crate::relation::Relation;

impl Binder<'_> {
    /// Nothing is fetched: whotalks works offline. The table has its columns and no rows.
    pub(crate) fn external_data(&mut self, table: &ExternalData) -> Result<Relation> {
        self.notices.insert(Notice::ExternalDataNotRead);
        table_of_rows(declared_columns(&table.schema)?, &[])
    }
}
