//! One file or folder per command.

pub(crate) mod demo;
pub(crate) mod docs;
pub(crate) mod etl_templates;
pub(crate) mod examples;
pub(crate) mod fuzz;
pub(crate) mod proof;
pub(crate) mod setup;
pub(crate) mod test;
pub(crate) mod tidy;
