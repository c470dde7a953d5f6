//! How a table is declared.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, RecordBatchOptions, StructArray};
use arrow_schema::{Fields, Schema, SchemaRef};
use whotalks_record::Interner;

use crate::cell::{Cells, ColumnSource, Packed, Packing, downcast};
use crate::{Column, Origin, TableError};

/// Whether a table holds what sources say or what whotalks concludes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Stored once, as a source says it, and never changed.
    Observed,
    /// Computed again whenever evidence is added.
    Derived,
    /// Made of both for hunting queries, when they first ask.
    Hunting,
}

/// A table: what it is called, its columns, and the way between its rows and Arrow.
pub trait Table {
    /// One row as a Rust value.
    type Row: Send + 'static;

    /// Its name, as questions and files call it.
    const NAME: &'static str;
    /// Observed or derived.
    const STAGE: Stage;

    /// What it holds, as Markdown.
    fn doc() -> String;

    /// Its columns, in order.
    fn columns() -> Vec<Column>;

    /// Collects rows for record batches.
    fn builder() -> Box<dyn BatchBuilder<Self::Row>>;

    /// The rows of a batch, exactly as they were appended. Equal texts become one allocation in `texts`. Columns that this
    /// version does not know are passed over; columns that an older version did not have are read as not stated.
    ///
    /// # Errors
    ///
    /// [`TableError`] where a column is missing, of another type, or holds a value that this version does not know.
    fn rows(batch: &RecordBatch, texts: &mut Interner) -> Result<Vec<Self::Row>, TableError>;

    /// Appends the compact form of a row, for temporary files of this run only.
    fn pack(row: &Self::Row, bytes: &mut Vec<u8>);

    /// Reads the first row off `bytes` and moves them on; none where they are no such row.
    fn unpack(bytes: &mut &[u8], texts: &mut Interner) -> Option<Self::Row>;

    /// Its Arrow schema, with the texts of table and columns as metadata.
    fn schema() -> SchemaRef {
        Self::describe().schema()
    }

    /// All that is said about it, for documentation and completion.
    fn describe() -> TableDescription {
        TableDescription {
            name: Self::NAME,
            stage: Self::STAGE,
            doc: Self::doc(),
            columns: Self::columns(),
        }
    }
}

/// What is said about a table.
#[derive(Clone, Debug, PartialEq)]
pub struct TableDescription {
    /// Its name.
    pub name: &'static str,
    /// Observed or derived.
    pub stage: Stage,
    /// What it holds, as Markdown.
    pub doc: String,
    /// Its columns, in order.
    pub columns: Vec<Column>,
}

impl TableDescription {
    /// Its Arrow schema, with the texts of table and columns as metadata.
    pub fn schema(&self) -> SchemaRef {
        let fields: Fields = self.columns.iter().map(Column::field).collect();
        let metadata = HashMap::from([
            ("table".to_owned(), self.name.to_owned()),
            ("doc".to_owned(), self.doc.clone()),
        ]);
        Arc::new(Schema::new_with_metadata(fields, metadata))
    }
}

/// Collects rows for record batches of one table.
pub trait BatchBuilder<R>: Send {
    /// Appends a row.
    fn append(&mut self, row: &R);

    /// Appends a row in its compact form ([`Table::pack`]), without making the row of it; none where the bytes are not exactly one
    /// row, and then the builder is of no use any more.
    fn append_packed(&mut self, bytes: &[u8]) -> Option<()>;

    /// How many rows wait.
    fn rows(&self) -> usize;

    /// How many bytes of text wait. Numbers are not counted: they are as many as the columns are wide.
    fn text_bytes(&self) -> usize;

    /// The waiting rows as one batch; the builder is empty afterwards.
    fn finish(&mut self) -> RecordBatch;
}

/// The columns of a type that brings its own.
pub(crate) fn columns_of<R: Cells>() -> Vec<Column> {
    let mut columns = Vec::new();
    R::describe(Column::declared("", "", Origin::Reader), &mut columns);
    columns
}

/// The builder of every table.
pub(crate) struct Batches<R: Cells> {
    schema: SchemaRef,
    builder: R::Builder,
    rows: usize,
}

impl<R: Cells> Batches<R> {
    pub(crate) fn new(schema: SchemaRef) -> Self {
        Self {
            schema,
            builder: R::Builder::default(),
            rows: 0,
        }
    }
}

impl<R: Cells> BatchBuilder<R> for Batches<R> {
    fn append(&mut self, row: &R) {
        row.append(&mut self.builder);
        self.rows = self.rows.saturating_add(1);
    }

    fn append_packed(&mut self, bytes: &[u8]) -> Option<()> {
        let mut packed = Packed::new(bytes);
        R::append_packed(&mut packed, &mut self.builder)?;
        self.rows = self.rows.saturating_add(1);
        packed.rest().is_empty().then_some(())
    }

    fn rows(&self) -> usize {
        self.rows
    }

    fn text_bytes(&self) -> usize {
        R::text_bytes(&self.builder)
    }

    fn finish(&mut self) -> RecordBatch {
        let mut arrays: Vec<ArrayRef> = Vec::new();
        R::finish(&mut self.builder, &mut arrays);
        let options = RecordBatchOptions::new().with_row_count(Some(std::mem::take(&mut self.rows)));
        let schema = Arc::clone(&self.schema);
        // Schema and arrays come from the same declaration; `every_table_builds_a_batch_of_its_schema` proves it.
        RecordBatch::try_new_with_options(schema, arrays, &options)
            .unwrap_or_else(|_| RecordBatch::new_empty(Arc::clone(&self.schema)))
    }
}

/// All rows of a batch.
pub(crate) fn rows_of<R: Cells>(
    table: &'static str,
    batch: &RecordBatch,
    texts: &mut Interner,
) -> Result<Vec<R>, TableError> {
    R::read(&ColumnSource::of_batch(table, batch), "", texts)
}

/// Appends the compact form of a row.
pub(crate) fn pack_row<R: Cells>(row: &R, bytes: &mut Vec<u8>) {
    let mut packing = Packing::new(bytes);
    row.pack(&mut packing);
    packing.finish();
}

/// The first row of `bytes`.
pub(crate) fn unpack_row<R: Cells>(bytes: &mut &[u8], texts: &mut Interner) -> Option<R> {
    let mut packed = Packed::new(bytes);
    let row = R::unpack(&mut packed, texts)?;
    *bytes = packed.rest();
    Some(row)
}

/// The items of a list of structs as one array.
pub(crate) fn struct_of<R: Cells>(builder: &mut R::Builder) -> ArrayRef {
    let mut arrays = Vec::new();
    R::finish(builder, &mut arrays);
    let fields: Fields = columns_of::<R>().iter().map(Column::field).collect();
    Arc::new(StructArray::new(fields, arrays, None))
}

/// The items of a list of structs.
pub(crate) fn read_structs<R: Cells>(
    source: &ColumnSource<'_>,
    name: &'static str,
    items: &ArrayRef,
    texts: &mut Interner,
) -> Result<Vec<R>, TableError> {
    let structs: &StructArray = downcast(source.table(), name, items)?;
    R::read(&ColumnSource::of_items(source.table(), structs), name, texts)
}

/// Declares the columns of a struct: each once, with text, name, type, `[Origin marks…]` and where its value is found;
/// after the arrow, how the struct is made of the columns again.
macro_rules! columns {
    ($row:ty as $binding:ident {
        $( $(#[doc = $doc:literal])+ $name:ident: $type:ty [$origin:ident $($mark:ident)*] = $value:expr; )+
    } => $build:expr) => {
        const _: () = {
            use whotalks_record::Interner;

            use crate::cell::{Cells, ColumnSource, Packed, Packing};
            use crate::{Column, Origin, TableError};

            #[expect(non_snake_case, reason = "a column has one name, in the style of the tables")]
            #[derive(Default)]
            pub(crate) struct Builder {
                $( $name: <$type as Cells>::Builder, )+
            }

            impl Cells for $row {
                type Builder = Builder;

                fn describe(_declared: Column, columns: &mut Vec<Column>) {
                    $(
                        let declared = Column::declared(stringify!($name), concat!($($doc, "\n"),+), Origin::$origin);
                        <$type as Cells>::describe(declared$(.$mark())*, columns);
                    )+
                }

                fn append(&self, builder: &mut Builder) {
                    let $binding = self;
                    $( <$type as Cells>::append(&$value, &mut builder.$name); )+
                }

                fn text_bytes(builder: &Builder) -> usize {
                    0_usize $( .saturating_add(<$type as Cells>::text_bytes(&builder.$name)) )+
                }

                fn finish(builder: &mut Builder, arrays: &mut Vec<arrow_array::ArrayRef>) {
                    $( <$type as Cells>::finish(&mut builder.$name, arrays); )+
                }

                #[expect(non_snake_case, reason = "a column has one name, in the style of the tables")]
                fn read(
                    source: &ColumnSource<'_>,
                    _name: &'static str,
                    texts: &mut Interner,
                ) -> Result<Vec<Self>, TableError> {
                    $( let mut $name = <$type as Cells>::read(source, stringify!($name), texts)?.into_iter(); )+
                    let mut rows = Vec::with_capacity(source.rows());
                    while let ($(Some($name),)+) = ($($name.next(),)+) {
                        rows.push($build);
                    }
                    Ok(rows)
                }

                fn pack(&self, packing: &mut Packing<'_>) {
                    let $binding = self;
                    $( <$type as Cells>::pack(&$value, packing); )+
                }

                #[expect(non_snake_case, reason = "a column has one name, in the style of the tables")]
                fn unpack(packed: &mut Packed<'_>, texts: &mut Interner) -> Option<Self> {
                    $( let $name = <$type as Cells>::unpack(packed, texts)?; )+
                    Some($build)
                }

                fn append_packed(packed: &mut Packed<'_>, builder: &mut Builder) -> Option<()> {
                    $( <$type as Cells>::append_packed(packed, &mut builder.$name)?; )+
                    Some(())
                }
            }
        };
    };
}

/// Declares the columns of a struct that stands in lists.
macro_rules! item {
    ($row:ty as $binding:ident $columns:tt => $build:expr) => {
        columns!($row as $binding $columns => $build);

        impl crate::cell::Item for $row {
            fn item_type() -> arrow_schema::DataType {
                let columns = crate::declare::columns_of::<Self>();
                arrow_schema::DataType::Struct(columns.iter().map(crate::Column::field).collect())
            }

            fn finish_items(builder: &mut Self::Builder) -> arrow_array::ArrayRef {
                crate::declare::struct_of::<Self>(builder)
            }

            fn read_items(
                source: &crate::cell::ColumnSource<'_>,
                name: &'static str,
                items: &arrow_array::ArrayRef,
                texts: &mut whotalks_record::Interner,
            ) -> Result<Vec<Self>, crate::TableError> {
                crate::declare::read_structs(source, name, items, texts)
            }
        }
    };
}

/// Declares a table and its columns.
macro_rules! table {
    (
        $(#[doc = $doc:literal])+
        pub struct $table:ident($stage:ident);
        $row:ty as $binding:ident $columns:tt => $build:expr
    ) => {
        $(#[doc = $doc])+
        #[derive(Clone, Copy, Debug)]
        pub struct $table;

        columns!($row as $binding $columns => $build);

        impl crate::Table for $table {
            type Row = $row;

            const NAME: &'static str = stringify!($table);
            const STAGE: crate::Stage = crate::Stage::$stage;

            fn doc() -> String {
                let lines: Vec<&str> = concat!($($doc, "\n"),+).lines().map(str::trim).collect();
                lines.join(" ")
            }

            fn columns() -> Vec<crate::Column> {
                crate::declare::columns_of::<$row>()
            }

            fn builder() -> Box<dyn crate::BatchBuilder<$row>> {
                Box::new(crate::declare::Batches::<$row>::new(Self::schema()))
            }

            fn rows(
                batch: &arrow_array::RecordBatch,
                texts: &mut whotalks_record::Interner,
            ) -> Result<Vec<$row>, crate::TableError> {
                crate::declare::rows_of(Self::NAME, batch, texts)
            }

            fn pack(row: &$row, bytes: &mut Vec<u8>) {
                crate::declare::pack_row(row, bytes);
            }

            fn unpack(bytes: &mut &[u8], texts: &mut whotalks_record::Interner) -> Option<$row> {
                crate::declare::unpack_row(bytes, texts)
            }
        }
    };
}

/// Declares a table and the struct of its rows at once, for rows that are no record of their own.
macro_rules! row_table {
    (
        $(#[doc = $doc:literal])+
        pub struct $table:ident($stage:ident);
        $(#[doc = $row_doc:literal])+
        pub struct $row:ident {
            $( $(#[doc = $column_doc:literal])+
            pub $field:ident as $name:ident: $type:ty [$origin:ident $($mark:ident)*], )+
        }
    ) => {
        $(#[doc = $row_doc])+
        #[derive(Clone, Debug, PartialEq)]
        pub struct $row {
            $( $(#[doc = $column_doc])+ pub $field: $type, )+
        }

        table! {
            $(#[doc = $doc])+
            pub struct $table($stage);
            $row as row {
                $( $(#[doc = $column_doc])+ $name: $type [$origin $($mark)*] = row.$field; )+
            } => $row { $( $field: $name, )+ }
        }
    };
}

/// Declares a struct that stands in lists of a table, with its columns.
macro_rules! row_item {
    (
        $(#[doc = $row_doc:literal])+
        pub struct $row:ident {
            $( $(#[doc = $column_doc:literal])+
            pub $field:ident as $name:ident: $type:ty [$origin:ident $($mark:ident)*], )+
        }
    ) => {
        $(#[doc = $row_doc])+
        #[derive(Clone, Debug, PartialEq)]
        pub struct $row {
            $( $(#[doc = $column_doc])+ pub $field: $type, )+
        }

        item! {
            $row as row {
                $( $(#[doc = $column_doc])+ $name: $type [$origin $($mark)*] = row.$field; )+
            } => $row { $( $field: $name, )+ }
        }
    };
}

pub(crate) use {columns, item, row_item, row_table, table};
