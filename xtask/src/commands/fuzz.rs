//! `cargo xtask fuzz`: a while of fuzzing, shared over all targets.
//!
//! The targets are built without a sanitizer: no crate of the project contains unsafe code, so a panic, a hang or too much
//! memory is what can go wrong, and a stable compiler suffices.

mod campaign;
mod seeds;

use std::path::PathBuf;
use std::time::Duration;

use campaign::Campaign;
use xtask::error::{Error, Result};
use xtask::output::say;
use xtask::process;
use xtask::project;

/// Fuzzes every target for its share of the time.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Time for all targets together, in seconds.
    #[arg(long, default_value_t = 300)]
    seconds: u64,
    /// Only targets whose name contains this.
    #[arg(long)]
    target: Option<String>,
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> Result {
    for_seconds(arguments.seconds, arguments.target.as_deref())
}

/// Fuzzes all targets, or those whose name contains `filter`, for `seconds` together.
pub(crate) fn for_seconds(seconds: u64, filter: Option<&str>) -> Result {
    let targets: Vec<String> = targets()?
        .into_iter()
        .filter(|name| name.contains(filter.unwrap_or("")))
        .collect();
    let options = ["build", "--sanitizer", "none", "--debug-assertions", "--target-dir"];
    process::run(cargo_fuzz().args(options).arg(target_folder()))?;
    let campaign = Campaign::new(targets, Duration::from_secs(seconds));
    say(&format!(
        "fuzz: {} targets, {} s each, {} at a time",
        campaign.len(),
        campaign.share(),
        campaign.workers()
    ));
    let count = campaign.run()?;
    if count == 0 {
        Ok(())
    } else {
        Err(Error::Found {
            count,
            what: "fuzz targets failed",
        })
    }
}

fn targets() -> Result<Vec<String>> {
    let names = process::read(cargo_fuzz().arg("list"))?;
    Ok(String::from_utf8_lossy(&names).lines().map(str::to_owned).collect())
}

/// Apart from the workspace's builds, since the compiler flags differ.
fn target_folder() -> PathBuf {
    project::target().join("fuzz")
}

fn cargo_fuzz() -> std::process::Command {
    let mut command = process::cargo();
    command.arg("fuzz");
    command
}
