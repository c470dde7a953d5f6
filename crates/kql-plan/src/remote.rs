//! Tables whose Parquet files lie elsewhere and are read there, range by range.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use async_trait::async_trait;
use bytes::Bytes;
use datafusion::arrow::datatypes::SchemaRef;
use datafusion::catalog::{Session, TableProvider};
use datafusion::common::Statistics;
use datafusion::datasource::TableType;
use datafusion::datasource::file_format::parquet::ParquetFormat;
use datafusion::datasource::listing::{ListingOptions, ListingTable, ListingTableConfig, ListingTableUrl};
use datafusion::execution::object_store::ObjectStoreUrl;
use datafusion::logical_expr::{Expr, TableProviderFilterPushDown};
use datafusion::object_store::path::Path;
use datafusion::object_store::{
    self as store, CopyOptions, GetOptions, GetResult, GetResultPayload, ListResult, MultipartUpload, ObjectMeta,
    ObjectStore, PutMultipartOptions, PutOptions, PutPayload, PutResult,
};
use datafusion::physical_plan::ExecutionPlan;
use futures::stream::{self, BoxStream, StreamExt as _};

use crate::error::Result;

/// What the engine is told as the name of the place.
const STORE: &str = "case";

/// Files that lie elsewhere.
#[derive(Clone)]
pub struct RemoteFiles {
    /// Their place and table in letters, digits, hyphens and dots, as no other table has it.
    pub name: String,
    /// Their names, and how many bytes each has.
    pub files: Vec<(String, u64)>,
    /// Gives a range of a file, or says why it cannot be had. It may take its time: it is asked on a thread of its own.
    pub read: Arc<ReadRange>,
}

/// Gives a range of a file.
pub type ReadRange = dyn Fn(&str, Range<u64>) -> std::result::Result<Vec<u8>, String> + Send + Sync;

impl fmt::Debug for RemoteFiles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RemoteFiles")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

/// Names the place of files for people who look at plans.
impl fmt::Display for RemoteFiles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

/// A table of such files.
#[derive(Debug)]
pub(crate) struct RemoteTable {
    files: Arc<RemoteFiles>,
    url: ObjectStoreUrl,
    table: ListingTable,
}

impl RemoteTable {
    /// A table whose files have this schema.
    pub(crate) fn new(files: RemoteFiles, schema: SchemaRef) -> Result<Self> {
        let url = ObjectStoreUrl::parse(format!("{STORE}://{}", files.name))?;
        let urls = files.files.iter().map(|(name, _)| {
            let url = format!("{}{}", url.as_str(), Path::from(name.as_str()));
            Ok(ListingTableUrl::parse(url)?)
        });
        let urls = urls.collect::<Result<Vec<_>>>()?;
        let options = ListingOptions::new(Arc::new(ParquetFormat::default()));
        let config = ListingTableConfig::new_with_multi_paths(urls)
            .with_listing_options(options)
            .with_schema(schema);
        Ok(Self {
            table: ListingTable::try_new(config)?,
            files: Arc::new(files),
            url,
        })
    }

    /// The files of the table.
    pub(crate) fn files(&self) -> &RemoteFiles {
        &self.files
    }
}

#[async_trait]
impl TableProvider for RemoteTable {
    fn schema(&self) -> SchemaRef {
        self.table.schema()
    }

    fn table_type(&self) -> TableType {
        TableType::Base
    }

    /// The engine learns here where the files are: before a scan it knows of no table, and after it of this one.
    async fn scan(
        &self,
        state: &dyn Session,
        projection: Option<&Vec<usize>>,
        filters: &[Expr],
        limit: Option<usize>,
    ) -> datafusion::common::Result<Arc<dyn ExecutionPlan>> {
        let files: Arc<dyn ObjectStore> = Arc::<RemoteFiles>::clone(&self.files);
        state.runtime_env().register_object_store(self.url.as_ref(), files);
        self.table.scan(state, projection, filters, limit).await
    }

    fn supports_filters_pushdown(
        &self,
        filters: &[&Expr],
    ) -> datafusion::common::Result<Vec<TableProviderFilterPushDown>> {
        self.table.supports_filters_pushdown(filters)
    }

    fn statistics(&self) -> Option<Statistics> {
        self.table.statistics()
    }
}

impl RemoteFiles {
    /// What is known of a file without asking for it.
    fn about(&self, location: &Path) -> store::Result<ObjectMeta> {
        let known = self
            .files
            .iter()
            .find(|(name, _)| Path::from(name.as_str()) == *location);
        let (_, size) = known.ok_or_else(|| store::Error::NotFound {
            path: location.to_string(),
            source: "no file of this table".into(),
        })?;
        Ok(ObjectMeta {
            location: location.clone(),
            // Files are never changed, so that no time tells one content from another.
            last_modified: Default::default(),
            size: *size,
            e_tag: None,
            version: None,
        })
    }

    async fn range(&self, location: &Path, range: Range<u64>) -> store::Result<Bytes> {
        let (read, name) = (Arc::clone(&self.read), location.to_string());
        let read = tokio::task::spawn_blocking(move || read(&name, range)).await;
        match read {
            Ok(Ok(bytes)) => Ok(bytes.into()),
            Ok(Err(reason)) => Err(failed(reason)),
            Err(error) => Err(failed(error.to_string())),
        }
    }
}

fn failed(reason: String) -> store::Error {
    store::Error::Generic {
        store: STORE,
        source: reason.into(),
    }
}

/// Files are only read here.
fn read_only<T>() -> store::Result<T> {
    Err(store::Error::NotSupported {
        source: "files of a case are only read".into(),
    })
}

#[async_trait]
impl ObjectStore for RemoteFiles {
    async fn get_opts(&self, location: &Path, options: GetOptions) -> store::Result<GetResult> {
        let meta = self.about(location)?;
        let whole = 0..meta.size;
        let range = match options.range {
            Some(range) => range.as_range(meta.size).map_err(|error| failed(error.to_string()))?,
            None => whole,
        };
        let bytes = match options.head {
            true => Bytes::new(),
            false => self.range(location, range.clone()).await?,
        };
        Ok(GetResult {
            payload: GetResultPayload::Stream(stream::once(async { Ok(bytes) }).boxed()),
            meta,
            range,
            attributes: store::Attributes::default(),
        })
    }

    fn list(&self, prefix: Option<&Path>) -> BoxStream<'static, store::Result<ObjectMeta>> {
        let names = self.files.iter().map(|(name, _)| Path::from(name.as_str()));
        let below = names.filter(|name| prefix.is_none_or(|prefix| name.prefix_matches(prefix)));
        stream::iter(below.map(|name| self.about(&name)).collect::<Vec<_>>()).boxed()
    }

    async fn list_with_delimiter(&self, _: Option<&Path>) -> store::Result<ListResult> {
        read_only()
    }

    async fn put_opts(&self, _: &Path, _: PutPayload, _: PutOptions) -> store::Result<PutResult> {
        read_only()
    }

    async fn put_multipart_opts(&self, _: &Path, _: PutMultipartOptions) -> store::Result<Box<dyn MultipartUpload>> {
        read_only()
    }

    fn delete_stream(&self, _: BoxStream<'static, store::Result<Path>>) -> BoxStream<'static, store::Result<Path>> {
        stream::once(async { read_only() }).boxed()
    }

    async fn copy_opts(&self, _: &Path, _: &Path, _: CopyOptions) -> store::Result<()> {
        read_only()
    }
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroUsize;

    use datafusion::arrow::array::{Int64Array, RecordBatch};
    use datafusion::arrow::datatypes::{DataType, Field, Schema};
    use datafusion::parquet::arrow::ArrowWriter;
    use whotalks_kql_values::{DateTime, KustoType};

    use super::*;
    use crate::Column;
    use crate::engine::{Embedded, Limits};
    use crate::source::{Source, TableSet};

    fn file(values: std::ops::Range<i64>) -> Vec<u8> {
        let schema = Arc::new(Schema::new(vec![Field::new("N", DataType::Int64, true)]));
        let column = Arc::new(Int64Array::from_iter_values(values));
        let batch = RecordBatch::try_new(Arc::clone(&schema), vec![column]).unwrap();
        let mut writer = ArrowWriter::try_new(Vec::new(), schema, None).unwrap();
        writer.write(&batch).unwrap();
        writer.into_inner().unwrap()
    }

    fn asked(files: Vec<(String, Vec<u8>)>, query: &str) -> std::result::Result<String, String> {
        let sizes = files
            .iter()
            .map(|(name, bytes)| (name.clone(), bytes.len() as u64))
            .collect();
        let remote = RemoteFiles {
            name: "test.table".to_owned(),
            files: sizes,
            read: Arc::new(move |name, range| {
                let (_, bytes) = files.iter().find(|(known, _)| known == name).unwrap();
                let range = usize::try_from(range.start).unwrap()..usize::try_from(range.end).unwrap();
                let bytes = bytes.get(range).ok_or_else(|| "it is gone".to_owned())?;
                Ok(bytes.to_vec())
            }),
        };
        let schema = Arc::new(Schema::new(vec![Field::new("N", DataType::Int64, true)]));
        let columns = vec![Column::new("N", KustoType::Long)];
        let mut tables = TableSet::default();
        tables.insert("T", Source::of_remote(columns, schema, remote).unwrap());
        let limits = Limits {
            memory_bytes: 64 << 20,
            threads: NonZeroUsize::MIN,
            time: None,
        };
        let engine = Embedded::new(limits).unwrap();
        let answer = engine
            .query(query, &tables, DateTime::UNIX_EPOCH)
            .map_err(|error| error.to_string())?;
        let mut rows = String::new();
        answer.for_each_row(|row| rows += &format!("{row:?}"));
        Ok(rows)
    }

    #[test]
    fn files_that_lie_elsewhere_are_read_as_others_are() {
        let files = vec![
            ("a/1.parquet".to_owned(), file(0..1_000)),
            ("a/2.parquet".to_owned(), file(1_000..3_000)),
        ];
        let answer = asked(files, "T | where N >= 500 | summarize count(), sum(N)").unwrap();
        assert!(answer.contains("2500") && answer.contains("4373750"), "{answer}");
    }

    #[test]
    fn a_file_that_cannot_be_read_is_no_answer() {
        let mut cut = file(0..1_000);
        let whole = cut.len();
        let files = vec![("a/1.parquet".to_owned(), {
            cut.truncate(whole - 10);
            cut
        })];
        assert!(asked(files, "T | count").is_err());
    }
}
