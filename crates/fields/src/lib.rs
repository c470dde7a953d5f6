//! The fields of display filters, under Wireshark's names, and their values in a frame.
//!
//! *Brief overview*
//! - [`FieldId`] stands for a field; [`find`] gives it by name, [`info`] tells its type and title.
//! - [`Value`] is what a field holds in one frame; [`FrameFields`] holds all of them, in the order of the frame.
//! - [`FieldSet`] says which fields are wanted, so that nothing is read that no question needs.

mod declare;
mod extract;
mod field;
mod labels;
mod protocols;
mod set;
mod text;
mod value;

pub use extract::{Extractor, Frame, Interface};
pub use field::{Field, FieldId, FieldKind, Level, Notation, all, find, info};
pub use labels::Labels;
pub use set::FieldSet;
pub use text::text;
pub use value::{FrameFields, Value};
