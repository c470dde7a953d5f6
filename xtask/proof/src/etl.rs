//! `cargo xtask etl`: that event traces are read as an independent reader reads them, that every cut of two of them gives a part of
//! the whole, and how fast they are read.

mod cut;
mod ours;
mod peer;
mod speed;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use xtask::error::{Error, Result};
use xtask::output::say;
use xtask::project;

use crate::proof::Proof;
use ours::Row;

/// Compares event traces with an independent reader.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// A folder of event traces, in place of the ones beside the project.
    #[arg(long, value_name = "FOLDER")]
    data: Option<PathBuf>,
    /// Cuts the traces at every so manieth byte.
    #[arg(long, default_value_t = 1)]
    every: usize,
    /// Where to write the outcome as JSON.
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
}

/// How far apart two readers may see an event: the other one computes with fractions, and rounds to 100 ns twice.
const MOST_TICKS_APART: i64 = 2;

/// Events whose fields are compared, over all traces.
const SAMPLED: usize = 1_000;

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> Result {
    let folder = arguments.data.clone().unwrap_or_else(|| project::corpus().join("etl"));
    let mut proof = Proof::new("etl");
    let traces = traces(&folder)?;
    let Some(peer) = peer::Peer::install() else {
        say("etl: skipped: the independent reader needs python3 with venv and a package index");
        return Ok(());
    };
    let mut compared = 0;
    for trace in &traces {
        let name = trace.file_name().unwrap_or_default().to_string_lossy();
        let bytes = std::fs::read(trace).map_err(Error::reading(trace))?;
        let ours = ours::rows(&bytes);
        let theirs = peer.rows(trace)?;
        counts(&name, &ours, &theirs, &mut proof);
        times(&name, &ours, &theirs, &mut proof);
        compared += fields(&name, &ours, &theirs, SAMPLED.saturating_sub(compared), &mut proof);
    }
    proof.figure("sampled_events", compared as f64);
    proof.require(!traces.is_empty(), "no trace was found");
    cut::prove(&traces, arguments.every.max(1), &mut proof)?;
    speed::measure(&mut proof);
    speed::measure_sockets(&mut proof);
    let failed = proof.failed;
    proof.require(failed == 0, format!("{failed} cases differ"));
    proof.finish(arguments.json.as_deref())
}

fn traces(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder).map_err(Error::reading(folder))?;
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let mut traces: Vec<_> = paths
        .filter(|path| path.extension().is_some_and(|extension| extension == "etl"))
        .collect();
    traces.sort();
    Ok(traces)
}

type Key = (String, u16, u8, u8);

/// Events per provider, number, version and type.
fn counts(name: &str, ours: &[Row], theirs: &[Row], proof: &mut Proof) {
    let count = |rows: &[Row]| {
        let mut counts: BTreeMap<Key, u64> = BTreeMap::new();
        for row in rows {
            *counts
                .entry((row.provider.clone(), row.id, row.version, row.opcode))
                .or_default() += 1;
        }
        counts
    };
    let (ours, theirs) = (count(ours), count(theirs));
    for key in ours.keys().chain(theirs.keys().filter(|key| !ours.contains_key(key))) {
        let of = |counts: &BTreeMap<Key, u64>| counts.get(key).copied().unwrap_or_default();
        let (ours, theirs) = (of(&ours), of(&theirs));
        let case = format!("{name} events of {key:?}");
        proof.case(
            &case,
            if ours == theirs {
                Ok(())
            } else {
                Err(format!("expected {theirs}, got {ours}"))
            },
        );
    }
}

/// Every event's time, and with it the first and the last.
fn times(name: &str, ours: &[Row], theirs: &[Row], proof: &mut Proof) {
    let apart = |(ours, theirs): (&Row, &Row)| (ours.time - theirs.time).abs();
    let most = ours.iter().zip(theirs).map(apart).max().unwrap_or_default();
    let case = format!("{name} times");
    let outcome = if most <= MOST_TICKS_APART && ours.len() == theirs.len() {
        Ok(())
    } else {
        Err(format!("{most} units of 100 ns apart at most"))
    };
    proof.case(&case, outcome);
}

/// Fields of up to `most` events, evenly over the trace; says how many were compared. Events of which the other reader skips a field,
/// as it does with addresses of IPv6, are left out.
fn fields(name: &str, ours: &[Row], theirs: &[Row], most: usize, proof: &mut Proof) -> usize {
    let pairs: Vec<_> = ours
        .iter()
        .zip(theirs)
        .filter(|(ours, theirs)| ours.is_comparable(theirs))
        .collect();
    if most == 0 || pairs.is_empty() {
        return 0;
    }
    let step = pairs.len().div_ceil(most);
    let mut compared = 0;
    for (ours, theirs) in pairs.into_iter().step_by(step) {
        compared += 1;
        let case = format!("{name} fields of {} {}", ours.provider, ours.id);
        proof.case(&case, ours.same_fields(theirs));
    }
    compared
}
