//! The independent reader: two packages of PyPI, installed below the target folder and run as a program of their own.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use xtask::error::{Error, Result};
use xtask::{process, project};

use super::ours::Row;
use crate::python::Packages;

/// One reads the container, the other the fields of events.
const PACKAGES: Packages = Packages {
    folder: "etl-peer",
    names: &["dissect.etl", "etl-parser"],
    modules: "dissect.etl, etl",
};
const DRIVER: &str = "xtask/proof/data/etl_peer.py";

/// The installed reader.
pub(super) struct Peer {
    python: PathBuf,
}

impl Peer {
    /// Installs it where it is not there yet; none where that cannot be done.
    pub(super) fn install() -> Option<Self> {
        PACKAGES.install().map(|python| Self { python })
    }

    /// What it says of a trace, in the order of the file.
    pub(super) fn rows(&self, trace: &Path) -> Result<Vec<Row>> {
        let driver = project::root().join(DRIVER);
        let output = process::read(process::program(&self.python).arg(driver).arg(trace))?;
        let text = String::from_utf8_lossy(&output);
        let rows: Option<Vec<_>> = text.lines().map(row).collect();
        rows.ok_or(Error::Missing {
            what: format!("a row of the independent reader for {}", trace.display()),
            remedy: "look at what it writes",
        })
    }
}

fn row(line: &str) -> Option<Row> {
    let mut columns = line.split('\t');
    let mut next = || columns.next();
    let provider = next()?.to_owned();
    let (id, version, opcode) = (next()?.parse().ok()?, next()?.parse().ok()?, next()?.parse().ok()?);
    let time = next()?.parse().ok()?;
    let _process = next()?;
    let fields: BTreeMap<String, serde_json::Number> = serde_json::from_str(next()?).ok()?;
    Some(Row {
        provider,
        id,
        version,
        opcode,
        time,
        fields: fields
            .into_iter()
            .filter_map(|(name, number)| Some((name, number.as_i128()?)))
            .collect(),
    })
}
