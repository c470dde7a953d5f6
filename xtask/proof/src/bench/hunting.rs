//! Hunting queries over many rows, against DuckDB and ClickHouse on the same files in the same run.

mod peer;
mod queries;
mod rows;

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::thread::available_parallelism;
use std::time::Instant;

use whotalks_case::kql::values::DateTime;
use whotalks_case::kql::{Embedded, Limits, Source, TableSet};
use xtask::error::{Error, Result};
use xtask::output::say;

use self::queries::{QUERIES, Query};
use crate::proof::Proof;

/// Rounds of each query; the median of five is steady against one disturbance or two.
const ROUNDS: usize = 5;

/// The most of a peer's time that all queries together may need, as the geometric mean of ratios.
const MOST_OF_PEER: f64 = 1.0;

/// The most of a peer's time that any query may need.
const MOST_OF_PEER_EACH: f64 = 2.0;

/// The most seconds for the rows with one address.
const NEEDLE_SECONDS: f64 = 0.050;

/// The fewest rows per second that a case takes in.
const ROWS_PER_SECOND: f64 = 1_000_000.0;

/// What a query may use.
const MEMORY_BYTES: usize = 4 << 30;

/// Measures over `rows` connections and a tenth as many processes.
pub(super) fn measure(rows: u64, proof: &mut Proof) -> Result {
    let folder = tempfile::tempdir().map_err(Error::writing(std::env::temp_dir()))?;
    let tables = rows::write(folder.path(), rows, proof)?;
    let Some(peer) = peer::Peer::install() else {
        say("hunting: skipped: DuckDB and ClickHouse need python3 with venv and a package index");
        return Ok(());
    };
    let ours = ours(&tables)?;
    for name in ["duckdb", "chdb"] {
        let theirs = peer.run(name, &tables)?;
        compare(name, &ours, &theirs, proof);
    }
    Ok(())
}

/// What a query needed and gave.
#[derive(Debug, Clone, Copy)]
struct Measured {
    median_seconds: f64,
    rows: u64,
}

/// The files of a table.
struct Files {
    table: &'static str,
    paths: Vec<PathBuf>,
}

fn ours(tables: &[rows::Written]) -> Result<Vec<Measured>> {
    let engine = Embedded::new(Limits {
        memory_bytes: MEMORY_BYTES,
        threads: available_parallelism().unwrap_or(NonZeroUsize::MIN),
        time: None,
    });
    let engine = engine.map_err(product)?;
    let mut set = TableSet::default();
    for table in tables {
        let source = Source::of_files(table.columns.clone(), table.schema.clone(), &table.files.paths);
        set.insert(table.files.table, source.map_err(product)?);
    }
    QUERIES.iter().map(|query| run(&engine, &set, query)).collect()
}

fn run(engine: &Embedded, tables: &TableSet, query: &Query) -> Result<Measured> {
    let mut seconds = Vec::new();
    let mut rows = 0;
    for _ in 0..ROUNDS {
        let start = Instant::now();
        let answer = engine
            .query(query.kusto, tables, DateTime::UNIX_EPOCH)
            .map_err(product)?;
        seconds.push(start.elapsed().as_secs_f64());
        rows = answer.row_count() as u64;
    }
    Ok(Measured {
        median_seconds: median(seconds),
        rows,
    })
}

fn median(mut seconds: Vec<f64>) -> f64 {
    seconds.sort_by(f64::total_cmp);
    seconds.get(seconds.len() / 2).copied().unwrap_or(f64::NAN)
}

fn compare(peer: &str, ours: &[Measured], theirs: &[Measured], proof: &mut Proof) {
    let mut logarithms = 0.0;
    for ((query, ours), theirs) in QUERIES.iter().zip(ours).zip(theirs) {
        let ratio = ours.median_seconds / theirs.median_seconds;
        logarithms += ratio.ln();
        let name = query.name;
        say(&format!(
            "hunting: {name:<10} {:>8.3} s, {peer} {:>8.3} s, ratio {ratio:.2}, {} rows",
            ours.median_seconds, theirs.median_seconds, ours.rows
        ));
        proof.figure(format!("hunting_{name}_s"), ours.median_seconds);
        proof.figure(format!("hunting_{name}_{peer}_s"), theirs.median_seconds);
        let same = match ours.rows == theirs.rows {
            true => Ok(()),
            false => Err(format!("{} rows, {peer} has {}", ours.rows, theirs.rows)),
        };
        proof.case(&format!("{name}: as many rows as {peer}"), same);
        proof.require(
            ratio <= MOST_OF_PEER_EACH,
            format!("{name}: {ratio:.2} of the time of {peer}, wanted at most {MOST_OF_PEER_EACH}"),
        );
    }
    let mean = (logarithms / QUERIES.len().max(1) as f64).exp();
    say(&format!(
        "hunting: geometric mean {mean:.3} of the time of {peer}, wanted at most {MOST_OF_PEER}"
    ));
    proof.figure(format!("hunting_{peer}_geometric_mean"), mean);
    proof.require(
        mean <= MOST_OF_PEER,
        format!("hunting: {mean:.3} of the time of {peer}"),
    );
    let needle = ours.first().map_or(f64::NAN, |needle| needle.median_seconds);
    proof.require(needle <= NEEDLE_SECONDS, format!("one address needs {needle:.3} s"));
}

fn product(error: impl std::fmt::Display) -> Error {
    Error::Product {
        message: error.to_string(),
    }
}

/// The folder of a file, as a pattern over all files in it.
fn pattern(paths: &[PathBuf]) -> String {
    let folder = paths.first().and_then(|path| path.parent()).unwrap_or(Path::new("."));
    folder.join("*.parquet").display().to_string()
}
