//! `cargo xtask corpus|conversations|accuracy|bench|hunting|etl`: builds the proofs for release and hands them the arguments.

use std::ffi::OsString;
use std::path::PathBuf;

use xtask::error::Result;
use xtask::process;
use xtask::project;

/// Proves the product on data; `--help` shows the options.
#[derive(Debug, clap::Args)]
#[command(disable_help_flag = true)]
pub(crate) struct Arguments {
    /// Passed on as they are.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    rest: Vec<OsString>,
}

/// Runs the proof of that name.
pub(crate) fn run(name: &str, arguments: &Arguments) -> Result {
    run_with(name, &arguments.rest)
}

/// Runs the proof of that name with those arguments.
pub(crate) fn run_with(name: &str, arguments: &[OsString]) -> Result {
    build()?;
    process::run(process::program(binary("whotalks-proof")).arg(name).args(arguments))
}

/// Builds `whotalks` and the proofs for release.
pub(crate) fn build() -> Result {
    let packages = [
        "build",
        "--release",
        "--quiet",
        "--package",
        "whotalks-cli",
        "--package",
        "whotalks-proof",
    ];
    process::run(process::cargo().args(packages))
}

/// The path of a program that was built for release.
pub(crate) fn binary(name: &str) -> PathBuf {
    project::target()
        .join("release")
        .join(name)
        .with_extension(std::env::consts::EXE_EXTENSION)
}
