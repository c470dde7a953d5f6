//! Event logs to tables, against `evtx_dump` on the same files.

use std::path::{Path, PathBuf};
use std::process::Command;

use xtask::error::{Error, Result};
use xtask::output::say;
use xtask::{process, project};

use super::contest::{self, Contestant};
use crate::proof::Proof;

/// The peer's version.
const EVTX_DUMP: &str = "evtx@0.15.1";

/// Measures `whotalks investigate --case` against `evtx_dump -t 2 -o jsonl` over all event logs.
pub(super) fn measure(data: Option<&Path>, proof: &mut Proof) -> Result {
    let corpus = data
        .filter(|path| path.is_dir())
        .map_or_else(project::corpus, Path::to_owned);
    let logs = logs_of(&corpus)?;
    if logs.is_empty() {
        say(&format!("logs: skipped: no event logs in {}", corpus.display()));
        return Ok(());
    }
    contest::compare(
        "logs",
        &whotalks(logs.clone()),
        &evtx_dump(logs, evtx_dump_program()?),
        1.0,
        proof,
    )
}

fn logs_of(corpus: &Path) -> Result<Vec<PathBuf>> {
    let folder = corpus.join("evtx");
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let entries = std::fs::read_dir(&folder).map_err(Error::reading(&folder))?;
    let mut logs: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    logs.retain(|path| path.extension().is_some_and(|extension| extension == "evtx"));
    logs.sort();
    Ok(logs)
}

fn whotalks(logs: Vec<PathBuf>) -> Contestant {
    let command = move || {
        let case = project::target().join("bench/case");
        // A case of an earlier round would make this one a no-op; absent is as good as removed.
        let _ = std::fs::remove_dir_all(&case);
        let mut command = Command::new(crate::sibling("whotalks"));
        command.arg("investigate").args(&logs).arg("--case").arg(case);
        command
    };
    Contestant {
        name: "whotalks",
        command: Box::new(command),
    }
}

/// One process per file, as `evtx_dump` takes one file; the shell that starts them is a small part of the time.
fn evtx_dump(logs: Vec<PathBuf>, program: PathBuf) -> Contestant {
    let command = move || {
        let mut command = Command::new("sh");
        let script = r#"program=$1; shift; for file; do "$program" -t 2 -o jsonl "$file" 2>/dev/null || :; done"#;
        command.args(["-c", script, "sh"]).arg(&program).args(&logs);
        command
    };
    Contestant {
        name: "evtx_dump",
        command: Box::new(command),
    }
}

/// The peer, built once from its sources.
fn evtx_dump_program() -> Result<PathBuf> {
    let folder = project::target().join("bench/tools");
    let program = folder.join("bin/evtx_dump");
    if !program.is_file() {
        process::run(
            process::cargo()
                .args(["install", "--locked", "--quiet", EVTX_DUMP, "--root"])
                .arg(&folder),
        )?;
    }
    Ok(program)
}
