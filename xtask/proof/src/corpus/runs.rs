//! Runs the real program over a file: it must not panic, hang or end in a way that is not documented.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use xtask::error::Result;

use crate::measure::{self, Run};

/// No file of the corpus may take longer.
const LONGEST: Duration = Duration::from_secs(10);
/// A run is given up here, so that one that hangs does not hold up the rest.
const GIVE_UP: Duration = Duration::from_secs(20);
/// Exit codes that the manual states for evidence, good or bad: 0 where anything was readable, 2 where nothing was.
const SANE_CODES: [i32; 2] = [0, 2];

/// What a run was like: whether it was sane, and how long it took.
pub(super) struct Outcome {
    pub(super) verdict: std::result::Result<(), String>,
    pub(super) elapsed: Duration,
    pub(super) peak_bytes: u64,
}

/// Runs `whotalks COMMAND FILE --json` and judges it.
pub(super) fn judge(program: &Path, command: &str, file: &Path) -> Result<Outcome> {
    let mut line = Command::new(program);
    line.arg(command).arg(file).arg("--json");
    let run = measure::run(&mut line, GIVE_UP)?;
    Ok(Outcome {
        verdict: verdict(&run),
        elapsed: run.elapsed,
        peak_bytes: run.peak_bytes,
    })
}

fn verdict(run: &Run) -> std::result::Result<(), String> {
    let complaint = String::from_utf8_lossy(&run.stderr);
    if complaint.contains("panicked at") {
        let line = complaint
            .lines()
            .find(|line| line.contains("panicked at"))
            .unwrap_or_default();
        return Err(line.to_owned());
    }
    let Some(status) = run.status else {
        return Err(format!("still running after {} s", GIVE_UP.as_secs()));
    };
    let Some(code) = status.code().filter(|code| SANE_CODES.contains(code)) else {
        let first = complaint.lines().next().unwrap_or_default();
        return Err(format!("ended with {status}, wanted exit code 0 or 2: {first}"));
    };
    if run.elapsed > LONGEST {
        return Err(format!(
            "took {:.1} s, limit {} s",
            run.elapsed.as_secs_f64(),
            LONGEST.as_secs()
        ));
    }
    if code == 0 && serde_json::from_slice::<serde::de::IgnoredAny>(&run.stdout).is_err() {
        return Err("what it printed is not JSON".to_owned());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict_of(script: &str) -> std::result::Result<(), String> {
        verdict(&measure::run(Command::new("sh").args(["-c", script]), LONGEST).unwrap())
    }

    #[test]
    fn json_and_an_exit_code_of_the_manual_are_sane() {
        assert_eq!(verdict_of("echo '{}'"), Ok(()));
        assert_eq!(verdict_of("exit 2"), Ok(()));
    }

    #[test]
    fn a_panic_another_code_a_signal_and_broken_json_are_not() {
        for script in [
            "echo 'thread panicked at x.rs:1' >&2; exit 2",
            "exit 101",
            "kill -9 $$",
            "echo '{'",
        ] {
            assert!(verdict_of(script).is_err(), "{script}");
        }
    }
}
