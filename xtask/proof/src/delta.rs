//! `cargo xtask delta`: that other programs open every table of a case, whole and in part merged, and find the rows that whotalks finds.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use whotalks_case::upkeep;
use xtask::error::{Error, Result};
use xtask::output::say;
use xtask::{process, project};

use crate::proof::Proof;
use crate::python::Packages;
use crate::sibling;

/// Two implementations that share no code with ours: one over Delta's own kernel, one over its own reader of Parquet.
const PACKAGES: Packages = Packages {
    folder: "delta-peer",
    names: &["deltalake", "polars", "pyarrow"],
    modules: "deltalake, polars, pyarrow",
};
const DRIVER: &str = "xtask/proof/data/delta_peer.py";

/// What is read from the bundled example first; the rest comes later, so that tables have several versions.
const EXAMPLE: &str = "examples/chief-pc.zip";

/// Has other programs open the tables of a case.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Evidence to make a case of, in place of the bundled example.
    #[arg(long, value_name = "PATH")]
    data: Option<PathBuf>,
    /// Where to write the outcome as JSON.
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
}

/// What a reader finds in a table.
#[derive(Debug, Deserialize)]
struct Found {
    table: String,
    reader: String,
    rows: u64,
    columns: Vec<String>,
    /// How many different texts there are, by column.
    distinct: BTreeMap<String, u64>,
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> Result {
    let mut proof = Proof::new("delta");
    let Some(python) = PACKAGES.install() else {
        say("delta: skipped: the independent readers need python3 with venv and a package index");
        return Ok(());
    };
    let folder = tempfile::tempdir().map_err(Error::writing(std::env::temp_dir()))?;
    let case = folder.path().join("case");
    let evidence = arguments.data.clone().unwrap_or_else(|| project::root().join(EXAMPLE));
    whotalks(&[
        "investigate".as_ref(),
        evidence.as_ref(),
        "--case".as_ref(),
        case.as_ref(),
    ])?;
    compare(&python, &case, "new", &mut proof)?;
    whotalks(&[
        "hunt".as_ref(),
        "Flows | count".as_ref(),
        "--case".as_ref(),
        case.as_ref(),
    ])?;
    compare(&python, &case, "hunted", &mut proof)?;
    whotalks(&[
        "evidence".as_ref(),
        project::root().join("README.md").as_ref(),
        "--case".as_ref(),
        case.as_ref(),
    ])?;
    whotalks(&[
        "hunt".as_ref(),
        "Flows | count".as_ref(),
        "--case".as_ref(),
        case.as_ref(),
    ])?;
    whotalks(&["case".as_ref(), "compact".as_ref(), case.as_ref()])?;
    compare(&python, &case, "merged", &mut proof)?;
    let failed = proof.failed;
    proof.require(failed == 0, format!("{failed} tables differ"));
    proof.finish(arguments.json.as_deref())
}

fn whotalks(arguments: &[&std::ffi::OsStr]) -> Result {
    process::read(process::program(sibling("whotalks")).args(arguments)).map(drop)
}

/// Each table as each reader finds it, and as whotalks knows it.
fn compare(python: &Path, case: &Path, moment: &str, proof: &mut Proof) -> Result {
    let output = process::read(process::program(python).arg(project::root().join(DRIVER)).arg(case))?;
    let text = String::from_utf8_lossy(&output);
    let found: Vec<Found> = text
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok())
        .collect();
    let known = known(case)?;
    for (table, rows) in &known {
        for reader in ["deltalake", "polars"] {
            let of_table = found
                .iter()
                .find(|found| found.table == *table && found.reader == reader);
            proof.case(&format!("{moment} {table} by {reader}"), judge(of_table, *rows));
        }
        let both = |found: &&Found| found.table == *table;
        let distinct: Vec<_> = found.iter().filter(both).map(|found| &found.distinct).collect();
        let agree = distinct.windows(2).all(|pair| pair.first() == pair.last());
        let outcome = if agree {
            Ok(())
        } else {
            Err(format!("the readers differ: {distinct:?}"))
        };
        proof.case(&format!("{moment} {table} texts"), outcome);
    }
    proof.require(
        known.len() > 5,
        format!("a case of {} tables is too small", known.len()),
    );
    Ok(())
}

fn judge(found: Option<&Found>, rows: u64) -> std::result::Result<(), String> {
    let found = found.ok_or("the reader does not open it")?;
    match (found.rows == rows, found.columns.is_empty()) {
        (true, false) => Ok(()),
        (false, _) => Err(format!("expected {rows} rows, got {}", found.rows)),
        (true, true) => Err("it has no columns".to_owned()),
    }
}

/// The rows of each table, as the log of the case counts them.
fn known(case: &Path) -> Result<BTreeMap<String, u64>> {
    let info = upkeep::info(case).map_err(|error| Error::Product {
        message: error.to_string(),
    })?;
    let tables = info.tables.into_iter();
    Ok(tables
        .map(|table| (format!("{}/{}", table.stage, table.table), table.rows))
        .collect())
}
