//! `cargo xtask test`: all set-up, then every test.

mod harness;
mod steps;
mod summary;

use summary::Summary;
use xtask::error::{Error, Result};

/// Runs every test of the project, after installing what they need.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Only what answers within two minutes: format, lints, tidy, unit and black-box tests.
    #[arg(long)]
    quick: bool,
}

/// Runs the command. The last line printed is `N passed, N failed`, where N counts tests and steps.
pub(crate) fn run(arguments: &Arguments) -> Result {
    let mut summary = Summary::default();
    for step in steps::all(arguments.quick) {
        summary.run(&step);
    }
    summary.print();
    match summary.failed() {
        0 => Ok(()),
        count => Err(Error::Found {
            count,
            what: "tests or steps failed",
        }),
    }
}
