//! The vendor's parser: an npm package, installed below the target folder.

use std::io::Write;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use xtask::error::{Error, Result};
use xtask::output::say;
use xtask::process;
use xtask::project;

use super::texts::Text;

const PACKAGE: &str = "@kusto/language-service-next";
const SYNTAX: &str = "xtask/proof/data/kusto-syntax.cjs";
const COLUMNS: &str = "xtask/proof/data/kusto-columns.cjs";

/// The names and types of columns.
pub(super) type Columns = Vec<(String, String)>;

/// The installed parser.
pub(super) struct Official {
    modules: PathBuf,
}

/// A query, and the tables it is asked over: their names with those of their columns and types.
#[derive(Serialize)]
pub(super) struct Queried<'q> {
    /// What it says.
    pub(super) text: &'q str,
    /// Which of the sets of tables.
    pub(super) tables: &'q Path,
}

/// What it says of a text.
#[derive(Deserialize)]
pub(super) struct Verdict {
    /// Whether the text is a query at all, and no management command.
    pub(super) query: bool,
    /// Its first mistakes of syntax.
    pub(super) mistakes: Vec<String>,
}

impl Official {
    /// Installs it where it is not there yet; none where that cannot be done.
    pub(super) fn install() -> Option<Self> {
        let folder = project::target().join("kusto");
        let modules = folder.join("node_modules");
        let node = process::capture(process::program("node").arg("--version")).ok()?;
        if node.status.success() && modules.join(PACKAGE).is_dir() {
            return Some(Self { modules });
        }
        say("hunting: installing the vendor's parser");
        std::fs::create_dir_all(&folder).ok()?;
        let mut npm = process::program("npm");
        npm.args(["install", "--no-save", "--no-audit", "--no-fund", "--prefix"])
            .arg(&folder)
            .arg(PACKAGE);
        let output = process::capture(&mut npm).ok()?;
        output.status.success().then_some(Self { modules })
    }

    /// What it says of each text.
    pub(super) fn verdicts(&self, texts: &[Text]) -> Result<Vec<Verdict>> {
        self.ask(SYNTAX, texts.iter().map(|text| &text.text))
    }

    /// Which columns it says that each query gives over the tables; none where it does not know.
    pub(super) fn columns(&self, queries: &[Queried<'_>]) -> Result<Vec<Option<Columns>>> {
        self.ask(COLUMNS, queries)
    }

    /// Hands each question to a driver as a line, and reads a line for each.
    fn ask<Q: Serialize, A: DeserializeOwned>(
        &self,
        driver: &str,
        questions: impl IntoIterator<Item = Q>,
    ) -> Result<Vec<A>> {
        let input = tempfile::NamedTempFile::new().map_err(Error::writing("the texts"))?;
        for question in questions {
            let line = serde_json::to_string(&question).map_err(json)?;
            writeln!(input.as_file(), "{line}").map_err(Error::writing(input.path()))?;
        }
        let driver = project::root().join(driver);
        let output = process::read(
            process::program("node")
                .arg(driver)
                .arg(&self.modules)
                .arg(input.path()),
        )?;
        let lines = String::from_utf8_lossy(&output).into_owned();
        lines
            .lines()
            .map(|line| serde_json::from_str(line).map_err(json))
            .collect()
    }
}

fn json(source: serde_json::Error) -> Error {
    Error::Json {
        what: "what the vendor's parser says",
        source,
    }
}
