//! DuckDB and ClickHouse, each as a program of its own.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use xtask::error::{Error, Result};
use xtask::{process, project};

use super::queries::QUERIES;
use super::{Measured, ROUNDS, median, pattern, rows};
use crate::python::Packages;

const PACKAGES: Packages = Packages {
    folder: "hunting-peers",
    names: &["duckdb", "chdb"],
    modules: "duckdb, chdb",
};
const DRIVER: &str = "xtask/proof/data/hunting_peer.py";

/// The installed engines.
pub(super) struct Peer {
    python: PathBuf,
}

/// What the driver is asked.
#[derive(Serialize)]
struct Asked {
    engine: String,
    rounds: usize,
    events: String,
    processes: String,
    queries: Vec<&'static str>,
}

/// What it says of one query.
#[derive(Deserialize)]
struct Said {
    seconds: Vec<f64>,
    rows: u64,
}

impl Peer {
    /// Installs them where they are not there yet; none where that cannot be done.
    pub(super) fn install() -> Option<Self> {
        PACKAGES.install().map(|python| Self { python })
    }

    /// Runs all queries in one of them.
    pub(super) fn run(&self, engine: &str, tables: &[rows::Written]) -> Result<Vec<Measured>> {
        let files = |name: &str| {
            let table = tables.iter().find(|table| table.files.table == name);
            table.map(|table| pattern(&table.files.paths)).unwrap_or_default()
        };
        let asked = Asked {
            engine: engine.to_owned(),
            rounds: ROUNDS,
            events: files("DeviceNetworkEvents"),
            processes: files("DeviceProcessEvents"),
            queries: QUERIES
                .iter()
                .map(|query| {
                    if engine == "duckdb" {
                        query.duckdb
                    } else {
                        query.clickhouse
                    }
                })
                .collect(),
        };
        let asked = serde_json::to_string(&asked).map_err(json)?;
        let driver = project::root().join(DRIVER);
        let output = process::read(process::program(&self.python).arg(driver).arg(asked))?;
        let said: Vec<Said> = serde_json::from_slice(&output).map_err(json)?;
        let measured = said.into_iter().map(|said| Measured {
            median_seconds: median(said.seconds),
            rows: said.rows,
        });
        Ok(measured.collect())
    }
}

const fn json(source: serde_json::Error) -> Error {
    Error::Json {
        what: "the answer of the peer's driver",
        source,
    }
}
