//! What the project's own commands share: errors, the terminal, other programs, and where things are.

pub mod error;
pub mod output;
pub mod process;
pub mod project;
pub mod tshark;
