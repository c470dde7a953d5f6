//! How a run ended, as a script sees it. The codes are documented in `docs/exit-codes.md` and in the help.

use std::process::ExitCode;

/// The end of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The question was answered.
    Answered,
    /// Nothing in the evidence matches the question.
    NothingFound,
    /// Wrong usage, or none of the evidence could be read.
    Unusable,
    /// The result could not be written, or whotalks itself failed.
    Failed,
}

impl Outcome {
    /// Prints what `clap` has to say. Help and version go to standard output and are no mistake.
    pub(crate) fn of_usage(error: &clap::Error) -> Self {
        // What cannot be printed cannot be told either.
        drop(error.print());
        if error.use_stderr() {
            Self::Unusable
        } else {
            Self::Answered
        }
    }
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        Self::from(match outcome {
            Outcome::Answered => 0,
            Outcome::NothingFound => 1,
            Outcome::Unusable => 2,
            Outcome::Failed => 3,
        })
    }
}
