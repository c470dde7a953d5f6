//! `cargo xtask examples`: the bundled example, written by the scenario generator.

use crate::commands::proof;
use xtask::error::Result;

/// Writes the bundled example anew, or proves that it is what the generator writes.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Only compare; fail where a file differs.
    #[arg(long)]
    check: bool,
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> Result {
    if arguments.check {
        check()
    } else {
        proof::run_with(proof::Build::Tested, "examples", &[])
    }
}

/// Fails where what is there differs from what would be made.
pub(crate) fn check() -> Result {
    proof::run_with(proof::Build::Tested, "examples", &["--check".into()])
}
