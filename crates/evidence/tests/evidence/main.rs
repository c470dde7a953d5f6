//! The crate from outside: files, archives and the shared corpus through the public interface.

mod containers;
mod corpus;
mod files;
mod raw;
mod support;
