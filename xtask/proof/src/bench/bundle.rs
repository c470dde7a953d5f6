//! A support bundle of a gigabyte, from nothing to the answer.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use whotalks_testkit::bundle::{BundleSize, write_large_bundle};
use xtask::error::{Error, Result};
use xtask::output::say;

use crate::measure;
use crate::proof::Proof;

/// What the bundle holds.
const SIZE: BundleSize = BundleSize {
    packets: 450_000_000,
    sockets: 150_000_000,
    events: 300_000_000,
};
/// What the answer may take.
const MOST_SECONDS: f64 = 20.0;
const MOST_MEMORY_BYTES: u64 = 1 << 30;
const GIVE_UP: Duration = Duration::from_secs(600);

/// Asks a bundle about an address that one connection of its packets leads to.
pub(super) fn measure(proof: &mut Proof) -> Result {
    let folder = tempfile::tempdir().map_err(Error::writing(std::env::temp_dir()))?;
    let asked = write_large_bundle(folder.path(), SIZE).map_err(Error::writing(folder.path()))?;
    let mut command = Command::new(crate::sibling("whotalks"));
    command.args(["ask", &asked.ip().to_string()]).arg(folder.path());
    let run = measure::run(&mut command, GIVE_UP)?;
    let (bytes, seconds) = (bytes_of(folder.path())?, run.elapsed.as_secs_f64());
    let answer = String::from_utf8_lossy(&run.stdout);
    say(&format!(
        "bundle: {bytes} bytes asked in {seconds:.1} s, peak memory {} MiB",
        run.peak_bytes >> 20
    ));
    proof.figure("bundle_bytes", bytes as f64);
    proof.figure("bundle_s", seconds);
    proof.figure("bundle_peak_memory_bytes", run.peak_bytes as f64);
    let is_answered = answer.contains(&asked.ip().to_string()) && answer.contains("app.exe");
    let outcome = is_answered.then_some(()).ok_or_else(|| {
        let said: String = answer.chars().take(400).collect();
        format!(
            "{asked} has no program: {said} {}",
            String::from_utf8_lossy(&run.stderr)
        )
    });
    proof.case("bundle", outcome);
    proof.require(
        seconds <= MOST_SECONDS,
        format!("a bundle needs {seconds:.1} s, wanted 20"),
    );
    proof.require(
        run.peak_bytes <= MOST_MEMORY_BYTES,
        format!("a bundle needs {} bytes at once", run.peak_bytes),
    );
    Ok(())
}

fn bytes_of(folder: &Path) -> Result<u64> {
    let entries = std::fs::read_dir(folder).map_err(Error::reading(folder))?;
    let sizes = entries.filter_map(|entry| Some(entry.ok()?.metadata().ok()?.len()));
    Ok(sizes.sum())
}
