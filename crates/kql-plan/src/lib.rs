//! Kusto queries as DataFusion plans: names and types are bound, operators become plan nodes, and an engine runs them.
//!
//! ```text
//! text ──kql-syntax──► tree ──bind/──► Relation (LogicalPlan + Kusto columns) ──engine/──► Answer (columns + batches)
//!                              │
//!                              ├─ operator/   one tabular operator per file
//!                              ├─ function/   scalar functions of kql-functions as engine functions
//!                              └─ aggregate/  one aggregation per file
//! ```
//!
//! `chart` says what `render` draws, `completion` what can stand at a place of a text, `portable` what an engine elsewhere is told of functions and tables, `engine/profile` what was done for an answer.
//!
//! | Kusto type | lies in an Arrow column of |
//! |---|---|
//! | `bool`, `int`, `long`, `real` | `Boolean`, `Int32`, `Int64`, `Float64` |
//! | `decimal` | `Decimal128(38, 18)` |
//! | `string` | `Utf8View`, never null |
//! | `datetime`, `timespan` | `Int64`: ticks of 100 ns, since the year 1 for `datetime`, because no Arrow type holds the years 1 to 9999 at that precision |
//! | `guid` | `FixedSizeBinary(16)` |
//! | `dynamic` | `Binary`: the encoding of `kql-values` |
//!
//! A construct that is not supported is an error that names it and where it stands; nothing is answered wrongly for want of it.

mod aggregate;
mod answer;
mod bind;
pub mod chart;
pub mod completion;
pub mod documentation;
mod engine;
mod error;
mod function;
mod operator;
mod parquet_file;
mod phrase;
mod physical;
mod places;
pub mod portable;
mod relation;
mod remote;
mod row_function;
mod source;

pub use answer::{Answer, Notice};
pub use engine::{
    Embedded, Limits, Parameter, Planned, Profile, Progress, Pruned, Question, Reading, Run, Step, StepKind, Unwatched,
    Watch,
};
pub use error::{PlanError, PlanProblem};
pub use parquet_file::ParquetFailure;
pub use phrase::Phrase;
pub use places::{Place, Places};
pub use relation::Column;
pub use remote::{ReadRange, RemoteFiles};
pub use source::{Further, NoTables, Source, TableSet, Tables};
pub use whotalks_kql_functions as functions;
pub use whotalks_kql_syntax as syntax;
pub use whotalks_kql_values as values;
