//! `cargo xtask corpus|conformance|conversations|accuracy|bench|hunting|etl|delta|objects`: builds the proofs and hands them the arguments.

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

/// How the proofs and the program that they run are built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Build {
    /// As users get it; for figures of speed.
    Release,
    /// The program alone, as fast as it can be built: the optimised engine of queries takes four times as long.
    Demo,
    /// As the tests are, whose build is there already: with checks of arithmetic, and without waiting for another one.
    Tested,
}

impl Build {
    /// What `cargo` is asked for. The build of the tests is asked for as a whole, since a part of it would be built with other
    /// features of the libraries, and so anew.
    pub(crate) fn arguments(self) -> &'static [&'static str] {
        match self {
            Self::Release => &["--release", "--package", "whotalks-cli", "--package", "whotalks-proof"],
            Self::Demo => &["--profile", "demo", "--package", "whotalks-cli"],
            Self::Tested => &["--workspace", "--tests", "--bins"],
        }
    }

    /// Its folder under `target`.
    fn folder(self) -> &'static str {
        match self {
            Self::Release => "release",
            Self::Demo => "demo",
            Self::Tested => "debug",
        }
    }
}

/// Runs the proof of that name, built for release.
pub(crate) fn run(name: &str, arguments: &Arguments) -> Result {
    run_with(Build::Release, name, &arguments.rest)
}

/// Runs the proof of that name with those arguments.
pub(crate) fn run_with(build: Build, name: &str, arguments: &[OsString]) -> Result {
    process::run(process::cargo().args(["build", "--quiet"]).args(build.arguments()))?;
    process::run(
        process::program(binary(build, "whotalks-proof"))
            .arg(name)
            .args(arguments),
    )
}

/// The path of a program.
pub(crate) fn binary(build: Build, name: &str) -> PathBuf {
    project::target()
        .join(build.folder())
        .join(name)
        .with_extension(std::env::consts::EXE_EXTENSION)
}
