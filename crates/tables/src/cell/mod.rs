//! How one Rust value lies in columns.
//!
//! A [`Kind`] is a way of lying in one column (a number, a text, an instant); a [`Scalar`] is a type that has such a kind; a
//! [`Cells`] is anything that takes one column or several: a scalar, an optional one, a list, or a struct declared with
//! `columns!`.

mod dotted;
mod kind;
mod list;
mod packed;
mod scalar;
mod source;
mod span;
mod values;

pub(crate) use kind::{Address, Flag, Instant, Kind, Long, Number, Real, Unsigned, Written};
pub(crate) use list::Item;
pub(crate) use packed::{Packed, Packing};
pub(crate) use scalar::Scalar;
pub(crate) use source::{ColumnSource, downcast};
pub use values::Json;

use arrow_array::ArrayRef;
use whotalks_record::Interner;

use crate::{Column, TableError};

/// A value that takes one or more columns.
pub(crate) trait Cells: Sized {
    /// The columns while rows are appended.
    type Builder: Default + Send;

    /// Adds its columns to `columns`; `declared` is what the table says of it.
    fn describe(declared: Column, columns: &mut Vec<Column>);

    /// Appends this value as one row.
    fn append(&self, builder: &mut Self::Builder);

    /// How many bytes of text wait in the builder; what has a fixed width is not counted.
    fn text_bytes(builder: &Self::Builder) -> usize;

    /// Takes the finished columns out, in the order of [`Cells::describe`].
    fn finish(builder: &mut Self::Builder, arrays: &mut Vec<ArrayRef>);

    /// All rows of the column `name`; a type that brings its own columns does not look at the name.
    fn read(source: &ColumnSource<'_>, name: &'static str, texts: &mut Interner) -> Result<Vec<Self>, TableError>;

    /// Appends the compact form.
    fn pack(&self, packing: &mut Packing<'_>);

    /// Reads the compact form; none where the bytes are not one.
    fn unpack(packed: &mut Packed<'_>, texts: &mut Interner) -> Option<Self>;

    /// Appends what is read off the compact form, without making a value of it in between; none where the bytes are not one, and then
    /// the builder is of no use any more.
    fn append_packed(packed: &mut Packed<'_>, builder: &mut Self::Builder) -> Option<()>;
}
