//! A case on disk: Parquet tables, observed rows apart from derived ones; and flows that do not fit into memory.
//!
//! ```text
//! case.toml                              the format and the version that reads it
//! commits/00000012.toml                  one file per commit: the parts that come and go, their rows and bytes
//! commits/00000012.snapshot.toml         what all commits up to here add up to
//! observed/<Table>/                      what sources say; appended batch by batch
//! derived/<Table>/                       what is concluded; replaced as a whole
//! hunting/<Table>/                       what hunting queries see, made when they first ask; replaced as a whole
//!   <part>.parquet
//!   _delta_log/00000000000000000007.json the same table for other tools, as a Delta Lake table
//! tmp/<writer>/                          what is not committed yet; swept by the next writer when its writer is dead
//! commit.lock, writer.lock               held while somebody commits, while somebody writes
//! next-evidence                          the next free number of evidence
//! ```
//!
//! A batch is visible in all its tables from the moment its file in `commits/` has its name; parts that no commit names do not exist
//! for a reader. So a killed writer loses no committed batch, a batch that is added again under its identifier is added once, and
//! several writers can prepare their batches side by side: only the moment of a commit is one writer's alone.
//!
//! | module | what it holds |
//! |---|---|
//! | `case/` | [`CaseStore`], [`CaseWriter`], [`ObservedWriter`], [`DerivedWriter`], [`CaseReader`], [`CaseFlows`] |
//! | `log/` | commits, and what they add up to |
//! | `delta/` | the same for other tools, table by table |
//! | `parts/` | one Parquet file: how it is written and read |
//! | `hunting/` | [`HuntingTable`]: the rows that hunting queries see |
//! | `maintenance/` | merging, taking away, checking, rebuilding |
//! | `spill/` | [`FlowSpill`], [`RowSpill`]: rows of a case in memory, beyond a bound in a temporary file |
//! | `settings`, `lock`, `lease`, `batch` | the small files of a case |
//! | `place/` | where a case lies: a folder, or a bucket of an object store |
//! | `disk` | writing so that a power cut leaves the old or the new file |

mod batch;
mod case;
mod delta;
mod disk;
mod error;
mod hunting;
mod lease;
mod lock;
mod log;
mod maintenance;
mod parts;
mod place;
mod settings;
mod spill;

pub use batch::BatchId;
pub use case::{
    Begun, CaseFlows, CaseReader, CaseStore, CaseWriter, Committed, Derived, DerivedWriter, ObservedWriter,
};
pub use error::StoreError;
pub use hunting::{HuntingDesks, HuntingInMemory, HuntingRows, HuntingTable, HuntingWriter};
pub use lock::WriterIdentity;
pub use maintenance::{Compaction, Fault, Info, Maintenance, Rebuild, Retention, Retired, TableInfo, Verification};
pub use parts::Rows;
pub use place::{ObjectError, ObjectProblem, Objects};
pub use settings::FORMAT;
pub use spill::{FlowSpill, RowSpill};
