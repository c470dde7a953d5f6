//! A case: who may write it, what is written, what is read.

#[cfg(test)]
mod bucket_tests;
mod derived;
mod desks;
mod flows;
mod observed;
mod reader;
mod shared;
mod store;
mod sweep;
mod table_writer;
mod writer;

pub use derived::{Derived, DerivedWriter};
pub use flows::CaseFlows;
pub(crate) use flows::FlowPart;
pub use observed::{Committed, ObservedWriter};
pub use reader::CaseReader;
pub(crate) use shared::{Proposal, Shared};
pub use store::CaseStore;
pub(crate) use sweep::{strays, sweep_dead};
pub(crate) use table_writer::{PART_ROWS, TableWriter};
pub use writer::{Begun, CaseWriter};
