//! `cargo xtask docs`: the pages that are made from the sources.

use crate::commands::proof;
use xtask::error::Result;

/// Writes the pages that are made from the sources, or proves that they are up to date.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Only compare; fail where a page differs.
    #[arg(long)]
    check: bool,
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> Result {
    if arguments.check {
        check()
    } else {
        proof::run_with(proof::Build::Tested, "docs", &[])
    }
}

/// Fails where what is there differs from what would be made.
pub(crate) fn check() -> Result {
    proof::run_with(proof::Build::Tested, "docs", &["--check".into()])
}
