//! Proves the product on data: `cargo xtask corpus|conversations|accuracy|bench|hunting|etl|delta|objects`, and makes what is made from the sources.
//!
//! Built by `cargo xtask`, which hands it the arguments.

mod accuracy;
mod bench;
mod command_line;
mod conformance;
mod conversations;
mod corpus;
mod delta;
mod docs;
mod etl;
mod examples;
mod hunting;
mod measure;
mod objects;
mod proof;
mod python;
mod reasons;
mod told;

use std::path::PathBuf;
use std::process::ExitCode;

use xtask::{output, project};

fn main() -> ExitCode {
    match command_line::run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            output::complain(&error);
            ExitCode::FAILURE
        }
    }
}

/// The path of a program that was built along with this one.
fn sibling(name: &str) -> PathBuf {
    let own = std::env::current_exe().unwrap_or_else(|_| project::target().join("release").join(name));
    own.with_file_name(name).with_extension(std::env::consts::EXE_EXTENSION)
}
