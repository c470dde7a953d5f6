//! Proves the product on data: `cargo xtask corpus|conversations|accuracy|bench|hunting|etl`, and makes what is made from the sources.
//!
//! Built for release by `cargo xtask`, which hands it the arguments.

mod accuracy;
mod bench;
mod command_line;
mod conformance;
mod conversations;
mod corpus;
mod docs;
mod etl;
mod examples;
mod hunting;
mod measure;
mod proof;
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

/// The path of a program that was built for release.
fn release_binary(name: &str) -> PathBuf {
    project::target()
        .join("release")
        .join(name)
        .with_extension(std::env::consts::EXE_EXTENSION)
}
