//! What ran, what came of it and how long it took.

use std::time::{Duration, Instant};

use super::steps::Step;
use xtask::output::{complain, say};

/// What one step counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) passed: usize,
    pub(super) failed: usize,
    pub(super) skipped: usize,
    /// Why it was skipped as a whole.
    pub(super) reason: Option<&'static str>,
}

impl Counts {
    /// A step that held and is counted as one test.
    pub(super) fn step() -> Self {
        Self {
            passed: 1,
            ..Self::default()
        }
    }

    /// A step that could not run here.
    pub(super) fn skipped(reason: &'static str) -> Self {
        Self {
            skipped: 1,
            reason: Some(reason),
            ..Self::default()
        }
    }

    fn failed_step() -> Self {
        Self {
            failed: 1,
            ..Self::default()
        }
    }
}

/// What all steps counted.
#[derive(Debug, Default)]
pub(super) struct Summary {
    rows: Vec<(&'static str, Counts, Duration)>,
}

impl Summary {
    /// Runs a step; an error is printed and counted, and the next step may run.
    pub(super) fn run(&mut self, step: &Step) {
        say(&format!("\n== {}", step.name));
        let start = Instant::now();
        let counts = (step.action)().unwrap_or_else(|error| {
            complain(&error);
            Counts::failed_step()
        });
        self.rows.push((step.name, counts, start.elapsed()));
    }

    /// How many tests and steps failed.
    pub(super) fn failed(&self) -> usize {
        self.rows.iter().map(|(_, counts, _)| counts.failed).sum()
    }

    /// Prints a line per step and the line that closes the run.
    pub(super) fn print(&self) {
        say("\n== summary");
        for (name, counts, time) in &self.rows {
            say(&row(name, counts, *time));
        }
        say(&self.closing_line());
    }

    fn closing_line(&self) -> String {
        let passed: usize = self.rows.iter().map(|(_, counts, _)| counts.passed).sum();
        let skipped: usize = self.rows.iter().map(|(_, counts, _)| counts.skipped).sum();
        let rest = if skipped == 0 {
            String::new()
        } else {
            format!(", {skipped} skipped")
        };
        format!("{passed} passed, {} failed{rest}", self.failed())
    }
}

fn row(name: &str, counts: &Counts, time: Duration) -> String {
    let word = match counts {
        Counts {
            reason: Some(reason), ..
        } => format!("skipped: {reason}"),
        Counts {
            failed: 0, passed: 1, ..
        } => "passed".to_owned(),
        Counts { failed: 0, passed, .. } => format!("{passed} passed"),
        Counts { failed, .. } => format!("FAILED ({failed})"),
    };
    format!("{name:<16} {:>7.1} s  {word}", time.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::*;
    use xtask::error::Error;

    fn summary_of(actions: &[fn() -> xtask::error::Result<Counts>]) -> Summary {
        let mut summary = Summary::default();
        for action in actions {
            summary.run(&Step {
                name: "a step",
                action: *action,
            });
        }
        summary
    }

    #[test]
    fn the_closing_line_adds_up_steps_and_tests() {
        let tests = || {
            Ok(Counts {
                passed: 40,
                skipped: 2,
                ..Counts::default()
            })
        };
        let summary = summary_of(&[|| Ok(Counts::step()), tests]);
        assert_eq!(summary.closing_line(), "41 passed, 0 failed, 2 skipped");
    }

    #[test]
    fn a_step_that_ends_in_an_error_is_a_failure_and_the_next_one_still_runs() {
        let summary = summary_of(&[
            || {
                Err(Error::Found {
                    count: 3,
                    what: "faults",
                })
            },
            || Ok(Counts::step()),
        ]);
        assert_eq!(summary.closing_line(), "1 passed, 1 failed");
    }
}
