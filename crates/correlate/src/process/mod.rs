//! Process instances: who had a process identifier, and when.

mod hosted;
mod image;
mod instance;
mod table;
mod watch;

pub(crate) use hosted::hosted_code;
pub(crate) use image::same_image;
pub(crate) use instance::Instance;
pub(crate) use table::{Lookup, ProcessTable};
