//! Kusto Query Language text as a tree: lexer, parser, places, diagnostics and a printer.
//!
//! ```text
//! text ──► lexer ──► tokens ──► parser ──► tree::Script + diagnostics
//!                                              │
//!                                              └──► Display: canonical text
//! ```
//!
//! Reading never fails: [`parse`] gives a tree of whatever was understood and every diagnostic; a text is well formed exactly
//! when there is none. The crate knows no tables, columns, functions or types of values: whether a name exists and what an
//! operator does with it is the business of whoever binds the tree. It reads no files and has no engine, so that an editor can
//! use it too.
//!
//! The language is the one of Microsoft's reference (<https://learn.microsoft.com/kusto/query/>), read as the vendor's own
//! parser reads it; what only the engine's internals use (graphs, materialized-view merging) is read just far enough to be
//! refused by name.

mod diagnostic;
mod keyword;
mod lexer;
mod parser;
mod print;

mod span;
mod suggest;
mod token;
pub mod tree;
pub mod value;

pub use diagnostic::{Diagnostic, Expected, Found, Problem};
pub use keyword::{OPERATOR_NAMES, STRING_OPERATORS, TYPE_NAMES, is_keyword};
pub use parser::{MAX_BYTES, MAX_DEPTH, MAX_DIAGNOSTICS};
pub use span::{Lines, Position, Span};

/// What a text says, and what is wrong with it.
#[derive(Debug, Clone, PartialEq)]
pub struct Parsed {
    /// The statements that were understood; holds `Missing` nodes where something was not.
    pub tree: tree::Script,
    /// What is wrong, in the order of the text; empty for a well-formed text.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a text of one or more statements. Takes time linear in its length and never panics.
pub fn parse(text: &str) -> Parsed {
    parser::parse(text)
}
