//! Writers that meet: two runs that add evidence to one case at the same moment, some of it the same, while others read.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};

use serde_json::Value;
use xtask::error::Result;

use super::server::{Server, files, said, text};
use crate::proof::Proof;

/// The case that is written.
const CASE: &str = "s3://evidence/together";

/// How often the runs meet.
const ROUNDS: usize = 3;

pub(super) fn run(server: &Server, evidence: &Path, folder: &Path, proof: &mut Proof) -> Result {
    let all = files(evidence);
    let alone = folder.join("alone");
    let expected = added(server, &all, text(&alone)).and_then(|()| observed(server, text(&alone)));
    for round in 0..ROUNDS {
        let case = format!("{CASE}/{round}");
        let outcome = meeting(server, &all, &case);
        proof.case(&format!("writers meet, {round}"), outcome);
        let found = observed(server, &case);
        proof.case(&format!("nothing is lost or doubled, {round}"), same(&expected, &found));
        proof.case(&format!("the case is whole, {round}"), whole(server, &case));
        // A batch that is handed in again is there once.
        proof.case(&format!("handed in again, {round}"), added(server, &all, &case));
        let found = observed(server, &case);
        proof.case(&format!("it is there once, {round}"), same(&expected, &found));
    }
    Ok(())
}

/// Adds evidence to a case.
pub(super) fn added(server: &Server, pieces: &[PathBuf], case: &str) -> std::result::Result<(), String> {
    server.read(&words(pieces, case)).map(drop)
}

fn words<'a>(pieces: &'a [PathBuf], case: &'a str) -> Vec<&'a str> {
    let mut words = vec!["investigate", "--case", case];
    words.extend(pieces.iter().map(|piece| text(piece)));
    words
}

/// Two runs with most of the evidence each, from both ends, and readers as long as they are at work.
fn meeting(server: &Server, all: &[PathBuf], case: &str) -> std::result::Result<(), String> {
    let most = all.len().saturating_mul(2).div_ceil(3);
    let first: Vec<PathBuf> = all.iter().take(most).cloned().collect();
    let second: Vec<PathBuf> = all.iter().rev().take(most).cloned().collect();
    let mut writers = [
        started(server, &words(&first, case))?,
        started(server, &words(&second, case))?,
    ];
    let mut rows = 0;
    while is_at_work(&mut writers) {
        // The two make the case, too.
        match whole(server, case) {
            Err(said) if rows == 0 && said.contains("not a case") => continue,
            outcome => outcome?,
        }
        let now = observed(server, case)?.values().sum();
        if now < rows {
            return Err(format!("{now} rows after {rows}"));
        }
        rows = now;
    }
    for writer in writers {
        let output = writer.wait_with_output().map_err(|error| error.to_string())?;
        said(&["investigate"], &output)?;
    }
    Ok(())
}

pub(super) fn started(server: &Server, words: &[&str]) -> std::result::Result<Child, String> {
    let mut command = server.whotalks(words);
    let command = command.stdout(Stdio::null()).stderr(Stdio::piped());
    command.spawn().map_err(|error| error.to_string())
}

fn is_at_work(writers: &mut [Child]) -> bool {
    writers.iter_mut().any(|writer| matches!(writer.try_wait(), Ok(None)))
}

/// Whether a case has no fault but what the next writer mends.
pub(super) fn whole(server: &Server, case: &str) -> std::result::Result<(), String> {
    let said = server.read(&["case", "verify", case, "--json"])?;
    let found: Value = serde_json::from_str(&said).map_err(|error| error.to_string())?;
    let faults = found
        .get("faults")
        .and_then(Value::as_array)
        .map_or(&[][..], Vec::as_slice);
    let is_mended = |fault: &&Value| fault.get("mended_by_writing").and_then(Value::as_bool) == Some(true);
    match faults.iter().find(|fault| !is_mended(fault)) {
        None => Ok(()),
        Some(fault) => Err(format!("{fault}")),
    }
}

/// The rows of each observed table of a case, but for the manifest: evidence that is handed in again has a line there each time.
pub(super) fn observed(server: &Server, case: &str) -> std::result::Result<BTreeMap<String, u64>, String> {
    let said = server.read(&["case", "info", case, "--json"])?;
    let info: Value = serde_json::from_str(&said).map_err(|error| error.to_string())?;
    let tables = info
        .get("tables")
        .and_then(Value::as_array)
        .cloned()
        .unwrap_or_default();
    let rows = tables.iter().filter_map(|table| {
        let text = |name: &str| table.get(name)?.as_str().map(str::to_owned);
        let rows = table.get("rows")?.as_u64()?;
        let table = text("table")?;
        (text("stage")? == "observed" && table != "Evidence").then_some((table, rows))
    });
    Ok(rows.collect())
}

/// Whether two cases observed as much.
pub(super) fn same(
    expected: &std::result::Result<BTreeMap<String, u64>, String>,
    found: &std::result::Result<BTreeMap<String, u64>, String>,
) -> std::result::Result<(), String> {
    match (expected, found) {
        (Ok(expected), Ok(found)) if expected == found && !found.is_empty() => Ok(()),
        _ => Err(format!("expected {expected:?}, found {found:?}")),
    }
}
