//! A case on disk: Parquet tables, observed rows apart from derived ones; and flows that do not fit into memory.
//!
//! ```text
//! case.toml                              the format and the version that reads it
//! writer.lock, writer.toml               who is writing
//! commits/00000001.toml                  one file per committed batch: its parts, their rows and bytes
//! observed/<Table>/<batch>-<part>.parquet
//! derived/<Table>.parquet                replaced as a whole
//! hunting/<commit>-<edition>/            what hunting queries see, made when they first ask
//! tmp/                                   what is not committed yet; swept by the next writer
//! ```
//!
//! A batch is visible from the moment its file in `commits/` has its name; parts that no commit names do not exist for a
//! reader. So a killed writer loses no committed batch, and a batch that is added again under its identifier is added once.
//!
//! | module | what it holds |
//! |---|---|
//! | `case/` | [`CaseStore`], [`CaseWriter`], [`ObservedWriter`], [`DerivedWriter`], [`CaseReader`], [`CaseFlows`] |
//! | `parts/` | one Parquet file: how it is written and read |
//! | `hunting/` | [`HuntingTable`]: the rows that hunting queries see |
//! | `spill/` | [`FlowSpill`], [`RowSpill`]: rows of a case in memory, beyond a bound in a temporary file |
//! | `settings`, `commits`, `lock`, `batch` | the small files of a case |
//! | `disk` | writing so that a power cut leaves the old or the new file |

mod batch;
mod case;
mod commits;
mod disk;
mod error;
mod hunting;
mod lock;
mod parts;
mod settings;
mod spill;

pub use batch::BatchId;
pub use case::{Begun, CaseFlows, CaseReader, CaseStore, CaseWriter, Derived, DerivedWriter, ObservedWriter};
pub use error::StoreError;
pub use hunting::{HuntingDesks, HuntingInMemory, HuntingRows, HuntingTable, HuntingWriter};
pub use lock::WriterIdentity;
pub use parts::Rows;
pub use settings::FORMAT;
pub use spill::{FlowSpill, RowSpill};
