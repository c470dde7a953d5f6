//! A case: who may write it, what is written, what is read.

mod derived;
mod desks;
mod flows;
mod reader;
mod store;
mod table_writer;
mod writer;

pub use derived::{Derived, DerivedWriter};
pub use flows::CaseFlows;
pub use reader::CaseReader;
pub use store::CaseStore;
pub(crate) use writer::Shared;
pub use writer::{Begun, CaseWriter, ObservedWriter};
