//! `cargo xtask corpus --damage`: captures cut at every byte and altered at random, read in every way there is.
//!
//! Nothing may panic, hang or take much memory. Inputs have numbers, and a number is the same input on every machine.

mod alter;
mod campaign;
mod choose;
mod read;
mod workers;

use std::path::Path;
use std::time::Duration;

use xtask::error::{Error, Result};
use xtask::output::say;
use xtask::project;

use crate::measure;
use crate::proof::Proof;
use campaign::Campaign;
use workers::{Outcome, Settings, Verdict};

/// Captures that are altered at random, each as often as the others.
const CORRUPTIONS: u64 = 100_000;
/// An input has a few kilobytes and takes milliseconds; on a busy machine it may take a hundred times as long.
const LONGEST: Duration = Duration::from_secs(10);
/// What the reading may hold at once, on all processors together. Every cache has a bound of its own far above what a few
/// kilobytes can fill, so that more than this is memory taken at the word of a length field.
const MOST_RESIDENT_BYTES: u64 = 512 << 20;

/// Damages captures of the corpus and reads them: every `every`-th truncation and corruption.
pub(super) fn run(corpus: &Path, files: &[String], every: u64, proof: &mut Proof) -> Result {
    let captures = choose::captures(corpus, files)?;
    let campaign = Campaign::new(captures, CORRUPTIONS, every);
    tell_choice(&campaign);
    let folder = tempfile::tempdir().map_err(Error::writing("a temporary folder"))?;
    let settings = Settings {
        reader: read::everything,
        longest: LONGEST,
        folder: folder.path(),
    };
    let outcome = workers::run(campaign, settings);
    judge(&outcome, proof)
}

fn tell_choice(campaign: &Campaign) {
    say(&format!(
        "corpus: {} damaged captures are read, made of:",
        campaign.len()
    ));
    for capture in campaign.captures() {
        let bytes = capture.bytes.len();
        say(&format!("{} ({bytes} bytes)", capture.file));
    }
}

fn judge(outcome: &Outcome, proof: &mut Proof) -> Result {
    let resident = measure::high_water_mark(std::process::id()).unwrap_or(0);
    proof.passed += outcome.held;
    proof.total += outcome.held;
    for verdict in &outcome.verdicts {
        let kept = keep(verdict)?;
        proof.fail(&*verdict.case, format!("{}; kept in {kept}", verdict.why));
    }
    let failed = outcome.verdicts.len();
    proof.require(
        failed == 0,
        format!("{failed} damaged captures were not read as they should be"),
    );
    let mebibytes = resident >> 20;
    let most = MOST_RESIDENT_BYTES >> 20;
    proof.require(
        resident <= MOST_RESIDENT_BYTES,
        format!("{mebibytes} MiB were held at once, wanted at most {most}"),
    );
    proof.figure("slowest_input_s", outcome.slowest.as_secs_f64());
    proof.figure("peak_resident_bytes", resident as f64);
    proof.figure("packets_read", outcome.packets as f64);
    say(&format!(
        "corpus: {} damaged captures read, {} packets; the slowest took {:.0} ms ({}), {mebibytes} MiB were held at most",
        outcome.held,
        outcome.packets,
        outcome.slowest.as_secs_f64() * 1_000.0,
        outcome.slowest_case,
    ));
    Ok(())
}

/// Keeps the input, so that what broke can be looked at and become a test. Where it lies.
fn keep(verdict: &Verdict) -> Result<String> {
    let folder = project::target().join("damage");
    std::fs::create_dir_all(&folder).map_err(Error::writing(&folder))?;
    let path = folder.join(verdict.case.replace(['/', ' '], "_"));
    std::fs::write(&path, &verdict.bytes).map_err(Error::writing(&path))?;
    Ok(path.display().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::index;

    /// So few that an unoptimised build, which checks arithmetic, reads them in seconds.
    const EVERY: u64 = 1_000;

    #[test]
    fn some_damaged_captures_are_read_where_arithmetic_is_checked() {
        let corpus = project::corpus();
        if !corpus.is_dir() {
            say("skipped: the corpus is not there");
            return;
        }
        let files = index::files(&corpus, Some("pcap/")).unwrap();
        let mut proof = Proof::new("damage");
        run(&corpus, &files, EVERY, &mut proof).unwrap();
        assert_eq!(proof.failures, []);
        assert!(proof.passed > 100, "{} were read", proof.passed);
    }
}
