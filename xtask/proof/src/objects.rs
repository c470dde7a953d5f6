//! `cargo xtask objects`: that a case in a bucket says what the same case in a folder says, that nothing is lost or doubled there when
//! writers meet or are killed, and that what goes wrong is told.

mod crashes;
mod faults;
mod same;
mod secure;
mod server;
mod speed;
mod together;

use std::path::PathBuf;

use whotalks_testkit::scenario::Scenario;
use whotalks_testkit::sources::Sources;
use whotalks_testkit::write;
use xtask::error::{Error, Result};
use xtask::output::say;

use self::server::Server;
use crate::proof::Proof;
use crate::python::Packages;

/// A server for S3 that shares no code with what asks it.
const PACKAGES: Packages = Packages {
    folder: "s3-peer",
    names: &["moto[server]"],
    modules: "moto.server, boto3",
};

/// Asks a server for S3 on this computer.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Evidence to make cases of, in place of what the generator writes: a folder of several files.
    #[arg(long, value_name = "PATH")]
    data: Option<PathBuf>,
    /// How often a writer is killed.
    #[arg(long, value_name = "N", default_value_t = 5)]
    kills: u32,
    /// How many rows the table has on which speed is measured; 0 measures none.
    #[arg(long, value_name = "N", default_value_t = 0)]
    rows: u64,
    /// Where to write the outcome as JSON.
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> Result {
    let mut proof = Proof::new("objects");
    let Some(python) = PACKAGES.install() else {
        say("objects: skipped: the server for S3 needs python3 with venv and a package index");
        return Ok(());
    };
    let folder = tempfile::tempdir().map_err(Error::writing(std::env::temp_dir()))?;
    let evidence = match &arguments.data {
        Some(path) => path.clone(),
        None => generated(&folder.path().join("evidence"))?,
    };
    let server = Server::start(&python, folder.path())?;
    same::run(&server, &evidence, folder.path(), &mut proof)?;
    together::run(&server, &evidence, folder.path(), &mut proof)?;
    crashes::run(&server, &evidence, folder.path(), arguments.kills, &mut proof)?;
    secure::run(&server, &evidence, &mut proof)?;
    if arguments.rows > 0 {
        speed::run(&server, folder.path(), arguments.rows, &mut proof)?;
    }
    faults::run(server, &evidence, &mut proof)?;
    let failed = proof.failed;
    proof.require(failed == 0, format!("{failed} cases do not hold"));
    proof.finish(arguments.json.as_deref())
}

/// The evidence of the bundled example, file by file.
fn generated(folder: &std::path::Path) -> Result<PathBuf> {
    for file in write::files(&Scenario::example(), &Sources::all()) {
        let path = folder.join(&file.path);
        let parent = path.parent().unwrap_or(folder);
        std::fs::create_dir_all(parent).map_err(Error::writing(parent))?;
        std::fs::write(&path, file.bytes).map_err(Error::writing(&path))?;
    }
    Ok(folder.to_owned())
}
