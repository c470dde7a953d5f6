//! Packets that pass a filter, and the fields of each that are asked for.
//!
//! [`Select`] is a sink: a capture's reader shows it every packet, and it calls back for those that pass. Only the fields that
//! the filter and the columns name are read, and conversations are followed only where one of them needs it.

mod annotate;
mod selection;
#[cfg(test)]
mod tests;

pub use annotate::{Annotate, Annotation, Subject};
pub use selection::{Keep, Select, Selection};
