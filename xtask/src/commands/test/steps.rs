//! The steps of the test command, cheapest first.

use std::process::Command;

use super::harness;
use super::summary::Counts;
use crate::commands::proof::Build;
use crate::commands::{docs, examples, fuzz, proof, setup, tidy};
use xtask::error::Result;
use xtask::process;
use xtask::project;

/// One step of the test command.
pub(super) struct Step {
    /// What it is called in the summary.
    pub(super) name: &'static str,
    /// What it does.
    pub(super) action: fn() -> Result<Counts>,
}

/// Fuzzing time shared over all targets, in seconds.
const FUZZ_SECONDS: u64 = 300;
/// Every so manieth damaged capture is read: two minutes' worth on two slow processors.
const DAMAGE_EVERY: &str = "20";
/// The scenarios that the accuracy proof runs over.
const ACCURACY_SEEDS: &str = "0..200";

/// What answers within two minutes.
const QUICK: [Step; 4] = [
    Step::new("format", format),
    Step::new("lints", lints),
    Step::new("tidy", tidy),
    Step::new("tests", harness::run),
];

/// What takes longer.
const SLOW: [Step; 14] = [
    Step::new("documentation", documentation),
    Step::new("dependencies", dependencies),
    Step::new("generated pages", generated_pages),
    Step::new("example", example),
    Step::new("corpus", corpus),
    Step::new("packets", packets),
    Step::new("damage", damage),
    Step::new("conversations", conversations),
    Step::new("accuracy", accuracy),
    Step::new("conformance", conformance),
    Step::new("hunting", hunting),
    Step::new("delta", delta),
    Step::new("objects", objects),
    Step::new("fuzz", fuzz),
];

impl Step {
    const fn new(name: &'static str, action: fn() -> Result<Counts>) -> Self {
        Self { name, action }
    }
}

/// The steps that answer within two minutes, or all of them.
pub(super) fn all(quick: bool) -> Vec<Step> {
    if quick {
        return QUICK.into();
    }
    let setup = Step::new("setup", setup);
    std::iter::once(setup).chain(QUICK).chain(SLOW).collect()
}

fn setup() -> Result<Counts> {
    setup::install_missing().map(|()| Counts::step())
}

fn step(command: &mut Command) -> Result<Counts> {
    process::run(command).map(|()| Counts::step())
}

fn format() -> Result<Counts> {
    step(process::cargo().args(["fmt", "--all", "--", "--check"]))?;
    step(process::cargo().args(["fmt", "--manifest-path", "fuzz/Cargo.toml", "--", "--check"]))
}

fn lints() -> Result<Counts> {
    step(process::cargo().args([
        "clippy",
        "--quiet",
        "--workspace",
        "--all-targets",
        "--",
        "-D",
        "warnings",
    ]))
}

fn tidy() -> Result<Counts> {
    tidy::check().map(|()| Counts::step())
}

fn documentation() -> Result<Counts> {
    let options = ["doc", "--quiet", "--workspace", "--no-deps"];
    step(process::cargo().args(options).env("RUSTDOCFLAGS", "-D warnings"))
}

fn dependencies() -> Result<Counts> {
    let checks = ["check", "--hide-inclusion-graph", "licenses", "bans", "sources"];
    step(process::cargo().arg("deny").args(checks))?;
    step(
        process::cargo()
            .args(["deny", "--manifest-path", "fuzz/Cargo.toml"])
            .args(checks),
    )
}

fn generated_pages() -> Result<Counts> {
    docs::check().map(|()| Counts::step())
}

fn example() -> Result<Counts> {
    examples::check().map(|()| Counts::step())
}

fn corpus() -> Result<Counts> {
    if !project::corpus().is_dir() {
        return Ok(Counts::skipped("the folder ../shared/corpus is absent"));
    }
    proof::run_with(Build::Tested, "corpus", &[]).map(|()| Counts::step())
}

/// Statistics, display filters, fingerprints and applications of packets, against other programs.
fn packets() -> Result<Counts> {
    if !project::corpus().is_dir() {
        return Ok(Counts::skipped("the folder ../shared/corpus is absent"));
    }
    for part in ["--packets", "--ja4", "--applications"] {
        proof::run_with(Build::Tested, "corpus", &[part.into()])?;
    }
    Ok(Counts::step())
}

/// A share of the captures that are cut and altered; all of them take many minutes.
fn damage() -> Result<Counts> {
    if !project::corpus().is_dir() {
        return Ok(Counts::skipped("the folder ../shared/corpus is absent"));
    }
    let arguments = ["--damage", "--every", DAMAGE_EVERY].map(Into::into);
    proof::run_with(Build::Tested, "corpus", &arguments).map(|()| Counts::step())
}

/// The analysis of TCP on random conversations, against tshark.
fn conversations() -> Result<Counts> {
    proof::run_with(Build::Tested, "conversations", &[]).map(|()| Counts::step())
}

fn accuracy() -> Result<Counts> {
    proof::run_with(Build::Tested, "accuracy", &["--seeds".into(), ACCURACY_SEEDS.into()]).map(|()| Counts::step())
}

/// Recorded answers of other engines.
fn conformance() -> Result<Counts> {
    proof::run_with(Build::Tested, "conformance", &[]).map(|()| Counts::step())
}

/// Published hunting queries: how they read, and that they run.
fn hunting() -> Result<Counts> {
    proof::run_with(Build::Tested, "hunting", &[]).map(|()| Counts::step())
}

/// Cases on disk, as other programs open them.
fn delta() -> Result<Counts> {
    proof::run_with(Build::Tested, "delta", &[]).map(|()| Counts::step())
}

/// Cases in a bucket.
fn objects() -> Result<Counts> {
    proof::run_with(Build::Tested, "objects", &[]).map(|()| Counts::step())
}

fn fuzz() -> Result<Counts> {
    fuzz::for_seconds(FUZZ_SECONDS, None).map(|()| Counts::step())
}
