//! Values of one column, and optional ones.

use arrow_array::{Array, ArrayRef};
use whotalks_record::Interner;

use super::{Cells, ColumnSource, Kind, Packed, Packing};
use crate::{Column, TableError};

/// A type whose values lie in one column.
pub(crate) trait Scalar: Sized {
    /// How they lie there.
    type Kind: Kind;
    /// The words it may hold, where the list is closed.
    const WORDS: &'static [&'static str] = &[];

    /// What a declared column gets from this type.
    fn refine(column: Column) -> Column {
        column
    }

    /// The value to be stored.
    fn stored(&self) -> <Self::Kind as Kind>::Value<'_>;

    /// The value from what was stored; none where nothing of this type is stored so.
    fn restored(value: <Self::Kind as Kind>::Value<'_>, texts: &mut Interner) -> Option<Self>;
}

/// The column of a scalar.
fn described<T: Scalar>(declared: Column, nullable: bool) -> Column {
    let lookup = declared.lookup || T::Kind::LOOKUP;
    T::refine(Column {
        data_type: T::Kind::data_type(),
        kusto: T::Kind::KUSTO,
        nullable,
        words: T::WORDS,
        lookup,
        ..declared
    })
}

impl<T: Scalar> Cells for T {
    type Builder = <T::Kind as Kind>::Builder;

    fn describe(declared: Column, columns: &mut Vec<Column>) {
        columns.push(described::<T>(declared, false));
    }

    fn append(&self, builder: &mut Self::Builder) {
        T::Kind::append(builder, self.stored());
    }

    fn text_bytes(builder: &Self::Builder) -> usize {
        T::Kind::text_bytes(builder)
    }

    fn finish(builder: &mut Self::Builder, arrays: &mut Vec<ArrayRef>) {
        arrays.push(T::Kind::finish(builder));
    }

    fn read(source: &ColumnSource<'_>, name: &'static str, texts: &mut Interner) -> Result<Vec<Self>, TableError> {
        let array: &<T::Kind as Kind>::Array = source.required(name)?;
        read_values(source, name, array, texts)
    }

    fn pack(&self, packing: &mut Packing<'_>) {
        T::Kind::pack(self.stored(), packing);
    }

    fn unpack(packed: &mut Packed<'_>, texts: &mut Interner) -> Option<Self> {
        T::restored(T::Kind::unpack(packed)?, texts)
    }

    fn append_packed(packed: &mut Packed<'_>, builder: &mut Self::Builder) -> Option<()> {
        T::Kind::append(builder, T::Kind::unpack(packed)?);
        Some(())
    }
}

/// All values of a column that may have no nulls.
pub(crate) fn read_values<T: Scalar>(
    source: &ColumnSource<'_>,
    name: &'static str,
    array: &<T::Kind as Kind>::Array,
    texts: &mut Interner,
) -> Result<Vec<T>, TableError> {
    let mut value = |row| {
        if array.is_null(row) {
            return Err(source.missing_value(name, row));
        }
        let stored = T::Kind::value(array, row);
        let restored = stored.and_then(|stored| T::restored(stored, texts));
        restored.ok_or_else(|| source.unknown_value(name, row))
    };
    (0..array.len()).map(&mut value).collect()
}

/// A column of values that may be missing, while rows are appended. Most columns of a row are empty, so that what is missing is
/// counted, and appended when a value follows.
#[derive(Default)]
pub(crate) struct Optional<B> {
    stated: B,
    missing: usize,
}

impl<B> Optional<B> {
    /// The builder with everything that was missing so far.
    fn caught_up<K: Kind<Builder = B>>(&mut self) -> &mut B {
        if self.missing > 0 {
            K::append_nulls(&mut self.stated, std::mem::take(&mut self.missing));
        }
        &mut self.stated
    }
}

/// A scalar that may be missing. A column that a file does not have, since an older version wrote it, is missing in every
/// row.
impl<T: Scalar> Cells for Option<T> {
    type Builder = Optional<<T::Kind as Kind>::Builder>;

    fn describe(declared: Column, columns: &mut Vec<Column>) {
        columns.push(described::<T>(declared, true));
    }

    fn append(&self, builder: &mut Self::Builder) {
        match self {
            Some(value) => T::Kind::append(builder.caught_up::<T::Kind>(), value.stored()),
            None => builder.missing += 1,
        }
    }

    fn text_bytes(builder: &Self::Builder) -> usize {
        T::Kind::text_bytes(&builder.stated)
    }

    fn finish(builder: &mut Self::Builder, arrays: &mut Vec<ArrayRef>) {
        arrays.push(T::Kind::finish(builder.caught_up::<T::Kind>()));
    }

    fn read(source: &ColumnSource<'_>, name: &'static str, texts: &mut Interner) -> Result<Vec<Self>, TableError> {
        let Some(array) = source.optional::<<T::Kind as Kind>::Array>(name)? else {
            return Ok((0..source.rows()).map(|_| None).collect());
        };
        let mut value = |row| {
            if array.is_null(row) {
                return Ok(None);
            }
            let stored = T::Kind::value(array, row);
            let restored = stored.and_then(|stored| T::restored(stored, texts));
            restored.map(Some).ok_or_else(|| source.unknown_value(name, row))
        };
        (0..array.len()).map(&mut value).collect()
    }

    fn pack(&self, packing: &mut Packing<'_>) {
        match self {
            Some(value) => {
                packing.stated();
                value.pack(packing);
            }
            None => packing.missing(),
        }
    }

    fn unpack(packed: &mut Packed<'_>, texts: &mut Interner) -> Option<Self> {
        if packed.is_stated()? {
            T::unpack(packed, texts).map(Some)
        } else {
            Some(None)
        }
    }

    fn append_packed(packed: &mut Packed<'_>, builder: &mut Self::Builder) -> Option<()> {
        if packed.is_stated()? {
            T::append_packed(packed, builder.caught_up::<T::Kind>())
        } else {
            builder.missing += 1;
            Some(())
        }
    }
}
