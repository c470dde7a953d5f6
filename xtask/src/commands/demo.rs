//! `cargo xtask demo`: everything from nothing to the answer on the bundled example.

use crate::commands::proof;
use xtask::error::{Error, Result};
use xtask::output::say;
use xtask::process;
use xtask::project;

/// Builds whotalks, runs it on the bundled example, prints the answer and the path of the report.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {}

/// Runs the command; writes nothing outside the target folder.
pub(crate) fn run(_: &Arguments) -> Result {
    if !project::root().join(project::EXAMPLE).is_file() {
        return Err(Error::Missing {
            what: project::EXAMPLE.to_owned(),
            remedy: "run `cargo xtask examples`",
        });
    }
    process::run(process::cargo().arg("build").args(proof::Build::Demo.arguments()))?;
    let folder = project::target().join("demo");
    std::fs::create_dir_all(&folder).map_err(Error::writing(&folder))?;
    let report = folder.join("report.html");
    process::run(
        process::program(proof::binary(proof::Build::Demo, "whotalks"))
            .args(["investigate", project::EXAMPLE, "--html"])
            .arg(&report),
    )?;
    say(&format!("\nReport: {}", report.display()));
    Ok(())
}
