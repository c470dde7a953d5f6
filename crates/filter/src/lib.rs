//! Wireshark's display filter language, as of version 4.0, over the fields of a frame.
//!
//! *Brief overview*
//! - [`Filter::compile`] reads a filter once: it finds the fields, checks the types and reads the values.
//! - [`Filter::fields`] and [`Filter::level`] say what must be known of a frame, so that nothing else is read.
//! - [`Filter::matches`] says whether a frame passes.
//! - [`FilterError`] says what is wrong with a text and where.
//!
//! The language is described in `docs/display-filters.md`.

mod check;
mod error;
mod evaluate;
mod filter;
mod item;
mod lexer;
mod literal;
mod parser;
mod program;
mod span;
mod syntax;
mod token;

pub use error::{FilterError, Problem};
pub use filter::Filter;
pub use span::Span;
