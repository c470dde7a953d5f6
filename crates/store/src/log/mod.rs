//! The log of a case: what a reader may see, over all its tables.
//!
//! A commit is one file, `commits/00000012.toml`; a batch is visible in all its tables from the moment that file has its name.
//! `commits/00000012.snapshot.toml` holds what all commits up to it add up to, so that older ones need not be read any more.

mod change;
mod commit;
mod files;
mod part;
mod state;

pub(crate) use change::{BatchEntry, Change};
pub(crate) use commit::Commit;
pub(crate) use files::{create, read_state, refresh, write_commit, write_snapshot};
pub(crate) use part::{Part, PartName, Stage, TimeRange, folder};
pub(crate) use state::{DerivedState, RemovedPart, State, Touched, last_of};
