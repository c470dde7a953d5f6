//! Runs a program with a limit on its time and notes how long it took and how much memory it held.

use std::fs::File;
use std::io::{Read as _, Seek as _};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use xtask::error::{Error, Result};
use xtask::process;

/// How often a running program is looked at; its peak memory is a high-water mark, so little is missed between two looks.
const LOOK_EVERY: Duration = Duration::from_millis(4);

/// What a run was like.
#[derive(Debug)]
pub(crate) struct Run {
    /// How it ended; none where it was stopped at the limit.
    pub(crate) status: Option<ExitStatus>,
    /// How long it took.
    pub(crate) elapsed: Duration,
    /// The most memory it held at once, in bytes; 0 where it ended before the first look.
    pub(crate) peak_bytes: u64,
    /// What it wrote to standard output.
    pub(crate) stdout: Vec<u8>,
    /// What it wrote to standard error.
    pub(crate) stderr: Vec<u8>,
}

/// Runs `command` for at most `limit`.
pub(crate) fn run(command: &mut Command, limit: Duration) -> Result<Run> {
    let (stdout, stderr) = (Capture::new()?, Capture::new()?);
    let start = Instant::now();
    let words = process::words(command);
    let child = command
        .stdin(Stdio::null())
        .stdout(stdout.writer()?)
        .stderr(stderr.writer()?)
        .spawn();
    let child = child.map_err(|source| Error::Start { program: words, source })?;
    let (status, peak_bytes) = watch(child, start, limit)?;
    let elapsed = start.elapsed();
    Ok(Run {
        status,
        elapsed,
        peak_bytes,
        stdout: stdout.read()?,
        stderr: stderr.read()?,
    })
}

/// Waits for `child` until `limit` after `start`, then ends it. How it ended, and its peak memory in bytes.
pub(crate) fn watch(mut child: Child, start: Instant, limit: Duration) -> Result<(Option<ExitStatus>, u64)> {
    let mut peak_bytes = 0;
    loop {
        peak_bytes = peak_bytes.max(high_water_mark(child.id()).unwrap_or(0));
        let waiting = |source| Error::Start {
            program: "a running program".to_owned(),
            source,
        };
        if let Some(status) = child.try_wait().map_err(waiting)? {
            return Ok((Some(status), peak_bytes));
        }
        if start.elapsed() > limit {
            child.kill().map_err(waiting)?;
            child.wait().map_err(waiting)?;
            return Ok((None, peak_bytes));
        }
        std::thread::sleep(LOOK_EVERY);
    }
}

/// The `VmHWM` line of proc_pid_status(5): the most memory a process held at once, in bytes.
pub(crate) fn high_water_mark(pid: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: u64 = line.split_whitespace().next()?.parse().ok()?;
    Some(kibibytes * 1024)
}

/// A nameless file for what a program writes: a pipe would fill up while nobody reads it.
struct Capture(File);

impl Capture {
    fn new() -> Result<Self> {
        tempfile::tempfile()
            .map(Self)
            .map_err(Error::writing("a temporary file"))
    }

    fn writer(&self) -> Result<File> {
        self.0.try_clone().map_err(Error::writing("a temporary file"))
    }

    fn read(mut self) -> Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let outcome = self.0.rewind().and_then(|()| self.0.read_to_end(&mut bytes));
        outcome.map(|_| bytes).map_err(Error::reading("a temporary file"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn output_and_status_of_a_run_are_kept() {
        let run = run(
            Command::new("sh").args(["-c", "echo out; echo err >&2; exit 3"]),
            Duration::from_secs(5),
        );
        let run = run.unwrap();
        assert_eq!(
            (run.stdout.as_slice(), run.stderr.as_slice()),
            (&b"out\n"[..], &b"err\n"[..])
        );
        assert_eq!(run.status.and_then(|status| status.code()), Some(3));
    }

    #[test]
    fn a_run_over_its_limit_is_ended_and_has_no_status() {
        let run = run(Command::new("sleep").arg("30"), Duration::from_millis(50)).unwrap();
        assert!(run.status.is_none());
        assert!(run.elapsed < Duration::from_secs(10));
        assert!(run.peak_bytes > 0);
    }
}
