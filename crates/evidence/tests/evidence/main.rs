//! The crate from outside: files, archives and the shared corpus through the public interface.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "the helpers of tests fail as tests do"
)]

mod cabinets;
mod containers;
mod corpus;
mod files;
mod lzx_writer;
mod raw;
mod support;
