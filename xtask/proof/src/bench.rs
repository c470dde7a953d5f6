//! `cargo xtask bench`: speed against a peer on the same file in the same run, and peak memory.

mod bundle;
mod captures;
mod contest;
mod hunting;
mod logs;
mod stream;

use std::path::PathBuf;

use xtask::error::Result;
use xtask::process;

use crate::proof::Proof;

/// Measures speed against a peer on the same file in the same run, and peak memory.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// A capture, or a folder laid out like ../shared/corpus, in place of the big capture and the corpus.
    #[arg(long, value_name = "PATH")]
    data: Option<PathBuf>,
    /// Where to write the outcome as JSON.
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// Only this measurement.
    #[arg(long, value_enum)]
    only: Option<Measurement>,
    /// How many connections the hunting queries are asked over.
    #[arg(long, default_value_t = 20_000_000)]
    rows: u64,
    /// Also read ten gigabytes with five million flows from standard input and look at the memory; takes minutes.
    #[arg(long)]
    stream: bool,
}

/// What can be measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Measurement {
    /// The whole investigation of a capture, against ndpiReader.
    Capture,
    /// All statistics of a capture, against capinfos, ndpiReader and tshark.
    Packets,
    /// Event logs to tables, against `evtx_dump`.
    Logs,
    /// Hunting queries over many rows, against DuckDB and ClickHouse.
    Hunting,
    /// A support bundle of a gigabyte, from nothing to the answer.
    Bundle,
    /// A stream that does not fit into memory.
    Stream,
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> Result {
    let mut proof = Proof::new("bench");
    let wanted = |measurement| arguments.only.is_none_or(|only| only == measurement);
    if wanted(Measurement::Capture) {
        captures::measure(arguments.data.as_deref(), &mut proof)?;
    }
    if wanted(Measurement::Packets) {
        captures::measure_statistics(arguments.data.as_deref(), &mut proof)?;
    }
    if wanted(Measurement::Logs) {
        logs::measure(arguments.data.as_deref(), &mut proof)?;
    }
    if wanted(Measurement::Hunting) {
        hunting::measure(arguments.rows, &mut proof)?;
    }
    if wanted(Measurement::Bundle) {
        bundle::measure(&mut proof)?;
    }
    if arguments.stream || arguments.only == Some(Measurement::Stream) {
        stream::measure(&mut proof)?;
    }
    proof.finish(arguments.json.as_deref())
}

/// Installs the Debian packages whose programs are missing; the first package that could not be had.
fn install(programs: &[(&str, &'static str)]) -> Option<&'static str> {
    let missing = || {
        programs
            .iter()
            .find(|(program, _)| !is_installed(program))
            .map(|(_, package)| *package)
    };
    while let Some(package) = missing() {
        let mut command = process::program("apt-get");
        command
            .args(["install", "--yes", "--no-install-recommends", package])
            .env("DEBIAN_FRONTEND", "noninteractive");
        if process::run(&mut command).is_err() {
            return Some(package);
        }
    }
    None
}

fn is_installed(name: &str) -> bool {
    let paths = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&paths).any(|folder| folder.join(name).is_file())
}
