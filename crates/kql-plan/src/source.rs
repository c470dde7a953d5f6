//! Where the tables of a query come from.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::path::PathBuf;
use std::sync::Arc;

use datafusion::arrow::array::{ArrayRef, RecordBatch};
use datafusion::arrow::compute::cast;
use datafusion::arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use datafusion::arrow::error::ArrowError;
use datafusion::catalog::TableProvider;
use datafusion::datasource::file_format::parquet::ParquetFormat;
use datafusion::datasource::listing::{ListingOptions, ListingTable, ListingTableConfig, ListingTableUrl};
use datafusion::datasource::{MemTable, ViewTable, provider_as_source};
use datafusion::logical_expr::{Expr, LogicalPlan, LogicalPlanBuilder};
use whotalks_kql_values::KustoType;

use crate::Column;
use crate::error::{PlanError, PlanProblem, Result};
use crate::physical::text;
use crate::places::Places;
use crate::remote::{RemoteFiles, RemoteTable};

/// A table that queries can name.
#[derive(Debug, Clone)]
pub struct Source {
    /// Its columns as Kusto knows them: those of the rows, in the order of the rows, then the further ones.
    pub columns: Vec<Column>,
    /// Its rows. Each column stands under its name, in the Arrow type that the crate's page lists; times also as nanosecond
    /// timestamps, and dynamic values as JSON texts.
    pub provider: Arc<dyn TableProvider>,
    /// What the last columns hold, which the rows do not have.
    pub further: Vec<Further>,
}

/// What a column holds that the rows of a table do not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Further {
    /// What another column holds, by its name in the rows.
    SameAs(String),
    /// The same text in every row.
    Text(String),
    /// Nothing.
    Nothing,
}

impl Source {
    /// A table whose rows are in memory.
    ///
    /// # Errors
    ///
    /// [`PlanProblem::Engine`] where a batch has another schema.
    pub fn of_batches(columns: Vec<Column>, schema: SchemaRef, batches: Vec<RecordBatch>) -> Result<Self> {
        let schema = bare(&schema);
        let batches = batches.iter().map(|batch| {
            let columns = batch
                .columns()
                .iter()
                .map(as_views)
                .collect::<std::result::Result<_, _>>()?;
            RecordBatch::try_new(Arc::clone(&schema), columns)
        });
        let batches = batches.collect::<std::result::Result<Vec<_>, _>>();
        let batches = batches.map_err(|error| PlanProblem::Engine(error.to_string()))?;
        let provider = MemTable::try_new(schema, vec![batches])?;
        Ok(Self {
            columns,
            provider: Arc::new(provider),
            further: Vec::new(),
        })
    }

    /// A table whose rows are in Parquet files of one schema.
    ///
    /// # Errors
    ///
    /// [`PlanProblem::Engine`] where a path cannot be named as a file.
    pub fn of_files(columns: Vec<Column>, schema: SchemaRef, paths: &[PathBuf]) -> Result<Self> {
        let urls = paths.iter().map(|path| {
            let path = std::path::absolute(path).map_err(|error| PlanProblem::Engine(error.to_string()))?;
            Ok(ListingTableUrl::parse(path.to_string_lossy())?)
        });
        let urls = urls.collect::<Result<Vec<_>>>()?;
        let options = ListingOptions::new(Arc::new(ParquetFormat::default()));
        let config = ListingTableConfig::new_with_multi_paths(urls)
            .with_listing_options(options)
            .with_schema(bare(&schema));
        Ok(Self {
            columns,
            provider: Arc::new(ListingTable::try_new(config)?),
            further: Vec::new(),
        })
    }
}

impl Source {
    /// A table whose rows are in Parquet files of one schema that lie elsewhere.
    ///
    /// # Errors
    ///
    /// [`PlanProblem::Engine`] where a name cannot be that of a file.
    pub fn of_remote(columns: Vec<Column>, schema: SchemaRef, files: RemoteFiles) -> Result<Self> {
        Ok(Self {
            columns,
            provider: Arc::new(RemoteTable::new(files, bare(&schema))?),
            further: Vec::new(),
        })
    }

    /// The same table, whose last columns are none of the rows.
    pub fn with_further(self, further: Vec<Further>) -> Self {
        Self { further, ..self }
    }

    /// A table made of tables of the same columns, each with a name that a further column holds; `table` is what all are called.
    ///
    /// # Errors
    ///
    /// [`PlanProblem::Engine`] where there is none, or their schemas differ.
    pub fn together(table: &str, column: &str, parts: Vec<(String, Self)>) -> Result<Self> {
        let none = || PlanProblem::Engine(format!("no table {table} to put together"));
        let first = &parts.first().ok_or_else(none)?.1;
        let (mut columns, further) = (first.columns.clone(), first.further.clone());
        let stored = columns.len().saturating_sub(further.len());
        columns.insert(stored, Column::new(column, KustoType::String));
        let mut plans = parts
            .into_iter()
            .map(|(name, part)| part.with_name(table, column, &name));
        let first = plans.next().ok_or_else(none)??;
        let plan = plans.try_fold(LogicalPlanBuilder::from(first), |all, next| {
            Ok::<_, PlanError>(all.union(next?)?)
        })?;
        Ok(Self {
            columns,
            provider: Arc::new(ViewTable::new(plan.build()?, None)),
            further,
        })
    }

    fn with_name(self, table: &str, column: &str, name: &str) -> Result<LogicalPlan> {
        let plan = LogicalPlanBuilder::scan(table, provider_as_source(self.provider), None)?;
        let fields = plan.schema().iter().map(|(qualifier, field)| {
            let stored = Expr::Column((qualifier, field).into());
            stored.alias(field.name())
        });
        let mut fields: Vec<Expr> = fields.collect();
        fields.push(text(name).alias(column));
        Ok(plan.project(fields)?.build()?)
    }
}

/// A schema as it is read: texts as views, which nothing copies on their way; and without what is said about tables and columns, since
/// the engine loses it on the way and then takes the two for different.
fn bare(schema: &SchemaRef) -> SchemaRef {
    let fields = schema.fields().iter().map(|field| {
        let data_type = match field.data_type() {
            DataType::Utf8 => DataType::Utf8View,
            other => other.clone(),
        };
        Field::new(field.name(), data_type, field.is_nullable())
    });
    Arc::new(Schema::new(fields.collect::<Vec<_>>()))
}

/// Texts as views of the same bytes.
fn as_views(array: &ArrayRef) -> std::result::Result<ArrayRef, ArrowError> {
    match array.data_type() {
        DataType::Utf8 => cast(array, &DataType::Utf8View),
        _ => Ok(Arc::clone(array)),
    }
}

/// The tables that queries can name.
pub trait Tables: Debug + Send + Sync {
    /// The table of a name; names are case-sensitive.
    fn table(&self, name: &str) -> Option<Source>;

    /// The names of all tables, sorted; for wildcards, `search *` and suggestions.
    fn names(&self) -> Vec<String>;

    /// What `externaldata` may read at a location; none where that is not allowed.
    fn external(&self, location: &str) -> Option<&[u8]> {
        let _ = location;
        None
    }

    /// What knows where addresses are; none where nothing does.
    fn places(&self) -> Option<Arc<dyn Places>> {
        None
    }
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

/// Tables by their names.
#[derive(Debug, Clone, Default)]
pub struct TableSet {
    tables: BTreeMap<String, Source>,
    external: BTreeMap<String, Vec<u8>>,
    places: Option<Arc<dyn Places>>,
}

impl TableSet {
    /// Lets `externaldata` read a content at a location: the text that a query names, a URL or the name of a file.
    pub fn allow(&mut self, location: impl Into<String>, content: Vec<u8>) {
        self.external.insert(location.into(), content);
    }

    /// Lets `geo_info_from_ip_address` ask where addresses are.
    pub fn set_places(&mut self, places: Arc<dyn Places>) {
        self.places = Some(places);
    }

    /// Adds a table; one of the same name is replaced.
    pub fn insert(&mut self, name: impl Into<String>, source: Source) {
        self.tables.insert(name.into(), source);
    }
}

impl Tables for TableSet {
    fn table(&self, name: &str) -> Option<Source> {
        self.tables.get(name).cloned()
    }

    fn names(&self) -> Vec<String> {
        self.tables.keys().cloned().collect()
    }

    fn external(&self, location: &str) -> Option<&[u8]> {
        self.external.get(location).map(Vec::as_slice)
    }

    fn places(&self) -> Option<Arc<dyn Places>> {
        self.places.clone()
    }
}
