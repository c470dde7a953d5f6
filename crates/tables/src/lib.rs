//! The contract: every table and every column, once.
//!
//! One declaration per table ([`Table`]) gives its Arrow schema with a text for every column, the way from rows to a record
//! batch and exactly back, a compact form for temporary files, and a description that documentation and completion walk.
//! A declaration names each column once; that no field of a record is forgotten is checked by the compiler, since the way
//! back is the record's own constructor and an unused column is a warning.
//!
//! | folder | what it holds |
//! |---|---|
//! | `column` | [`Column`]: name, type, unit, origin, text |
//! | `declare` | the macro that declares a table, and [`Table`] |
//! | `cell/` | how one Rust value lies in columns |
//! | `words/` | the stored words of closed lists ([`Word`]) |
//! | `observed/` | what sources say, one table per kind of record |
//! | `derived/` | what whotalks concludes |
//! | `hunting/` | what hunting queries see: the tables of Defender and ours, flat and with types of Kusto |

mod cell;
mod column;
mod declare;
mod derived;
mod error;
pub mod hunting;
mod observed;
mod words;

pub use cell::Json;
pub use column::{Column, Origin, Unit};
pub use declare::{BatchBuilder, Stage, Table, TableDescription};
pub use derived::{ConversationRow, Conversations, NameCandidateItem, ProcessConflictItem};
pub use error::TableError;
pub use observed::*;
pub use whotalks_kql_values::KustoType;
pub use words::{UnknownKind, Word};

/// Every table that is stored, in the order of documentation: observed ones first. What hunting queries see is
/// [`hunting::all`].
pub fn all() -> Vec<TableDescription> {
    let mut tables = observed::all();
    tables.extend(derived::all());
    tables
}
