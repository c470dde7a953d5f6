//! Lists within one column.

use std::sync::Arc;

use arrow_array::{Array, ArrayRef, ListArray};
use arrow_buffer::{OffsetBuffer, ScalarBuffer};
use arrow_schema::{DataType, Field};
use whotalks_kql_values::KustoType;
use whotalks_record::Interner;

use super::scalar::read_values;
use super::source::downcast;
use super::{Cells, ColumnSource, Kind, Packed, Packing, Scalar};
use crate::{Column, TableError};

/// The name of the field inside a list, as Parquet's "LogicalTypes" and Arrow have it.
const ITEM: &str = "item";

/// A type that can stand in a list: a scalar, or a struct declared with `columns!`.
pub(crate) trait Item: Cells {
    /// The type of one item.
    fn item_type() -> DataType;

    /// All items of all rows as one array.
    fn finish_items(builder: &mut Self::Builder) -> ArrayRef;

    /// All items of an array.
    fn read_items(
        source: &ColumnSource<'_>,
        name: &'static str,
        items: &ArrayRef,
        texts: &mut Interner,
    ) -> Result<Vec<Self>, TableError>;
}

impl<T: Scalar> Item for T {
    fn item_type() -> DataType {
        T::Kind::data_type()
    }

    fn finish_items(builder: &mut Self::Builder) -> ArrayRef {
        T::Kind::finish(builder)
    }

    fn read_items(
        source: &ColumnSource<'_>,
        name: &'static str,
        items: &ArrayRef,
        texts: &mut Interner,
    ) -> Result<Vec<Self>, TableError> {
        let array: &<T::Kind as Kind>::Array = downcast(source.table(), name, items)?;
        read_values(source, name, array, texts)
    }
}

/// A column of lists while rows are appended.
pub(crate) struct ListBuilder<B> {
    items: B,
    ends: Vec<i32>,
    count: i32,
}

impl<B: Default> Default for ListBuilder<B> {
    fn default() -> Self {
        Self {
            items: B::default(),
            ends: vec![0],
            count: 0,
        }
    }
}

fn item_field<T: Item>() -> Arc<Field> {
    Arc::new(Field::new(ITEM, T::item_type(), false))
}

/// A list; a column that a file does not have, since an older version wrote it, is empty in every row.
impl<T: Item> Cells for Vec<T> {
    type Builder = ListBuilder<T::Builder>;

    fn describe(declared: Column, columns: &mut Vec<Column>) {
        columns.push(Column {
            data_type: DataType::List(item_field::<T>()),
            kusto: KustoType::Dynamic,
            ..declared
        });
    }

    fn append(&self, builder: &mut Self::Builder) {
        for item in self {
            item.append(&mut builder.items);
            builder.count = builder.count.saturating_add(1);
        }
        builder.ends.push(builder.count);
    }

    fn text_bytes(builder: &Self::Builder) -> usize {
        // An item costs at least its place in the offsets, so that a flood of empty items is counted too.
        let places = usize::try_from(builder.count).unwrap_or_default();
        T::text_bytes(&builder.items).saturating_add(places.saturating_mul(size_of::<i32>()))
    }

    fn finish(builder: &mut Self::Builder, arrays: &mut Vec<ArrayRef>) {
        let mut done = std::mem::take(builder);
        let items = T::finish_items(&mut done.items);
        let ends = OffsetBuffer::new(ScalarBuffer::from(done.ends));
        arrays.push(Arc::new(ListArray::new(item_field::<T>(), ends, items, None)));
    }

    fn read(source: &ColumnSource<'_>, name: &'static str, texts: &mut Interner) -> Result<Vec<Self>, TableError> {
        let Some(lists) = source.optional::<ListArray>(name)? else {
            return Ok((0..source.rows()).map(|_| Self::new()).collect());
        };
        let first = lists.value_offsets().first().copied().unwrap_or_default();
        let mut items = T::read_items(source, name, lists.values(), texts)?.into_iter();
        items
            .by_ref()
            .take(usize::try_from(first).unwrap_or_default())
            .for_each(drop);
        let lengths = (0..lists.len()).map(|row| usize::try_from(lists.value_length(row)).unwrap_or_default());
        Ok(lengths.map(|length| items.by_ref().take(length).collect()).collect())
    }

    fn pack(&self, packing: &mut Packing<'_>) {
        packing.count(self.len());
        for item in self {
            item.pack(packing);
        }
    }

    fn unpack(packed: &mut Packed<'_>, texts: &mut Interner) -> Option<Self> {
        let count = packed.count()?;
        (0..count).map(|_| T::unpack(packed, texts)).collect()
    }

    fn append_packed(packed: &mut Packed<'_>, builder: &mut Self::Builder) -> Option<()> {
        for _ in 0..packed.count()? {
            T::append_packed(packed, &mut builder.items)?;
            builder.count = builder.count.saturating_add(1);
        }
        builder.ends.push(builder.count);
        Some(())
    }
}
