//! Why a command of the project failed.

use std::path::PathBuf;

/// Why a command of the project failed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A program could not be started.
    #[error("{program} could not be started; is it installed?")]
    Start {
        /// The program.
        program: String,
        /// The system's reason.
        #[source]
        source: std::io::Error,
    },
    /// A program said no.
    #[error("{what} failed with {status}")]
    Failed {
        /// The command line.
        what: String,
        /// How it ended.
        status: std::process::ExitStatus,
    },
    /// A file or folder could not be read or written.
    #[error("{path}: cannot be {verb}", path = path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// `read`, `written`, `created`.
        verb: &'static str,
        /// The system's reason.
        #[source]
        source: std::io::Error,
    },
    /// A program's JSON was not what it should be.
    #[error("{what} is not the JSON that was expected")]
    Json {
        /// Whose output.
        what: &'static str,
        /// Where it differs.
        #[source]
        source: serde_json::Error,
    },
    /// A source file is not Rust.
    #[error("{path}: cannot be parsed", path = path.display())]
    Rust {
        /// Which.
        path: PathBuf,
        /// Where it differs.
        #[source]
        source: syn::Error,
    },
    /// The product gave up where it should have answered.
    #[error("whotalks gave up: {message}")]
    Product {
        /// What it said.
        message: String,
    },
    /// One or more checks failed; each was printed.
    #[error("{count} {what}; see above")]
    Found {
        /// How many.
        count: usize,
        /// What was found.
        what: &'static str,
    },
    /// Something that the command needs is not there.
    #[error("{what} is not there: {remedy}")]
    Missing {
        /// What.
        what: String,
        /// What to do.
        remedy: &'static str,
    },
}

/// What a command of the project returns.
pub type Result<T = ()> = std::result::Result<T, Error>;

impl Error {
    /// For `map_err`: a file that could not be read.
    pub fn reading(path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        Self::file(path, "read")
    }

    /// For `map_err`: a file that could not be written.
    pub fn writing(path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        Self::file(path, "written")
    }

    fn file(path: impl Into<PathBuf>, verb: &'static str) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |source| Self::File { path, verb, source }
    }
}
