//! Which target is fuzzed when, and what came of it.

use std::num::NonZero;
use std::path::PathBuf;
use std::sync::Mutex;
use std::time::Duration;

use super::seeds;
use xtask::error::{Error, Result};
use xtask::output::say;
use xtask::process;
use xtask::project;

/// An input that takes longer than this is a failure: no reader may hang on a small input.
const LONGEST_RUN_SECONDS: u32 = 10;
/// A target that takes more memory than this fails. Every cache of a reader is bounded far below.
const MEMORY_LIMIT_MEBIBYTES: u32 = 1024;
/// Inputs stay small so that many are tried; the header and one chunk of an event log, the largest unit, fit.
const LONGEST_INPUT_BYTES: usize = 4_096 + 65_536;

/// Fuzz targets and the time for them.
pub(super) struct Campaign {
    targets: Vec<String>,
    share_seconds: u64,
    workers: usize,
}

impl Campaign {
    /// Shares `time` over `targets`, one per processor at a time.
    pub(super) fn new(targets: Vec<String>, time: Duration) -> Self {
        let workers = std::thread::available_parallelism().map_or(1, NonZero::get);
        let rounds = targets.len().div_ceil(workers).max(1) as u64;
        Self {
            targets,
            share_seconds: (time.as_secs() / rounds).max(1),
            workers,
        }
    }

    /// How many targets.
    pub(super) fn len(&self) -> usize {
        self.targets.len()
    }

    /// Seconds for each.
    pub(super) fn share(&self) -> u64 {
        self.share_seconds
    }

    /// How many run at a time.
    pub(super) fn workers(&self) -> usize {
        self.workers
    }

    /// Runs them all; the number of targets that failed.
    pub(super) fn run(&self) -> Result<usize> {
        let queue = Mutex::new(self.targets.iter());
        let work = || {
            let mut failed = 0;
            while let Some(target) = queue.lock().ok().and_then(|mut queue| queue.next()) {
                failed += usize::from(!self.fuzz(target)?);
            }
            Ok(failed)
        };
        std::thread::scope(|scope| {
            let workers: Vec<_> = (0..self.workers).map(|_| scope.spawn(work)).collect();
            workers.into_iter().map(|worker| worker.join().unwrap_or(Ok(1))).sum()
        })
    }

    /// Runs one target; whether it held.
    fn fuzz(&self, target: &str) -> Result<bool> {
        let folder = project::root().join("fuzz");
        let found = make_folder(folder.join("corpus").join(target))?;
        seeds::plant(target, LONGEST_INPUT_BYTES, &found)?;
        let artifacts = make_folder(folder.join("artifacts").join(target))?;
        let mut command = process::program(program_path(target));
        command.arg(found).args(seeds::folder(target)).args([
            format!("-max_total_time={}", self.share_seconds),
            format!("-timeout={LONGEST_RUN_SECONDS}"),
            format!("-rss_limit_mb={MEMORY_LIMIT_MEBIBYTES}"),
            format!("-max_len={LONGEST_INPUT_BYTES}"),
            format!("-artifact_prefix={}/", artifacts.display()),
            "-print_final_stats=1".to_owned(),
        ]);
        let output = process::capture(&mut command)?;
        report(
            target,
            output.status.success(),
            &String::from_utf8_lossy(&output.stderr),
        );
        Ok(output.status.success())
    }
}

fn report(target: &str, held: bool, log: &str) {
    if held {
        say(&format!("fuzz: {target}: {} inputs, no failure", executed(log)));
        return;
    }
    let lines: Vec<&str> = log
        .lines()
        .filter(|line| !line.starts_with('#') && !line.starts_with("INFO:"))
        .collect();
    let shown = lines.get(..lines.len().min(40)).unwrap_or(&[]).join("\n");
    say(&format!("fuzz: {target}: FAILED\n{shown}"));
}

/// The number of inputs that libFuzzer says it tried.
fn executed(log: &str) -> &str {
    let line = log
        .lines()
        .find_map(|line| line.strip_prefix("stat::number_of_executed_units:"));
    line.map_or("no", str::trim)
}

/// Where cargo-fuzz puts what it built.
fn program_path(target: &str) -> PathBuf {
    let triple = format!("{}-unknown-linux-gnu", std::env::consts::ARCH);
    super::target_folder().join(triple).join("release").join(target)
}

fn make_folder(path: PathBuf) -> Result<PathBuf> {
    std::fs::create_dir_all(&path).map_err(Error::writing(&path))?;
    Ok(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_minutes_over_thirteen_targets_and_any_number_of_processors_are_shared_evenly() {
        let campaign = Campaign::new(vec!["reader".to_owned(); 13], Duration::from_secs(300));
        let rounds = 13_usize.div_ceil(campaign.workers()) as u64;
        assert!(campaign.share() * rounds <= 300);
        assert!((campaign.share() + 1) * rounds > 300);
    }

    #[test]
    fn the_number_of_inputs_is_read_from_the_final_statistics() {
        let log = "Done 12 runs\nstat::number_of_executed_units: 4711\nstat::average_exec_per_sec: 3\n";
        assert_eq!(executed(log), "4711");
    }
}
