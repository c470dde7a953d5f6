//! Where the tables of a query come from.

use std::fmt::Debug;
use std::sync::Arc;

use datafusion::catalog::TableProvider;

use crate::Column;

/// A table that queries can name.
#[derive(Debug, Clone)]
pub struct Source {
    /// Its columns as Kusto knows them. The provider has each under its name, in the Arrow type that the crate's page lists, or
    /// as a nanosecond timestamp where the type is `datetime`.
    pub columns: Vec<Column>,
    /// Its rows.
    pub provider: Arc<dyn TableProvider>,
}

/// The tables that queries can name.
pub trait Tables: Debug + Send + Sync {
    /// The table of a name; names are case-sensitive.
    fn table(&self, name: &str) -> Option<Source>;

    /// The names of all tables, sorted; for wildcards, `search *` and suggestions.
    fn names(&self) -> Vec<String>;
}

/// No tables: for queries that bring their own rows.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoTables;

impl Tables for NoTables {
    fn table(&self, _: &str) -> Option<Source> {
        None
    }

    fn names(&self) -> Vec<String> {
        Vec::new()
    }
}
