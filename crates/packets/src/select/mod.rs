//! Packets that pass a filter, and the fields of each that are asked for.
//!
//! [`Select`] is given batch after batch and calls back for the packets that pass. Only the fields that the filter and the columns
//! name are read, and conversations are followed only where one of them needs it. [`Selected`] marks the packets that pass for
//! those who need to see the others, too.

mod annotate;
mod seen;
mod selected;
mod selection;
#[cfg(test)]
mod tests;

pub use annotate::{Annotate, Annotation, Subject};
pub(crate) use seen::Fields;
pub use seen::Seen;
pub use selected::Selected;
pub use selection::{Keep, Select, Selection};
