//! What the documents must hold so that they stay true.

use std::collections::BTreeSet;

use super::Fault;
use super::workspace::{Dependency, File, Workspace};
use crate::command_line;

const DEPENDENCIES: &str = "docs/dependencies.md";
const ARCHITECTURE: &str = "ARCHITECTURE.md";
/// A map is read when it fits in the head.
const ARCHITECTURE_LINES: usize = 200;
/// What a stranger finds first, and the commands it must name.
const READMES: [&str; 2] = ["README.md", "README.ja.md"];
const README_COMMANDS: [&str; 2] = ["cargo xtask demo", "cargo xtask test"];
/// What must be there at all.
const REQUIRED: [&str; 7] = [
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "README.ja.md",
    ARCHITECTURE,
];

/// All rules about documents.
pub(super) fn all(workspace: &Workspace) -> Vec<Fault> {
    let rules = [required, architecture, readmes, commands_exist, dependencies];
    rules.iter().flat_map(|rule| rule(workspace)).collect()
}

fn required(workspace: &Workspace) -> Vec<Fault> {
    let missing = REQUIRED.iter().filter(|path| workspace.file(path).is_none());
    missing.map(|path| Fault::new(*path, "is missing")).collect()
}

fn architecture(workspace: &Workspace) -> Vec<Fault> {
    let lines = text_of(workspace, ARCHITECTURE).lines().count();
    let long = lines > ARCHITECTURE_LINES;
    long.then(|| {
        Fault::new(
            ARCHITECTURE,
            format!("{lines} lines; the limit is {ARCHITECTURE_LINES}"),
        )
    })
    .into_iter()
    .collect()
}

fn readmes(workspace: &Workspace) -> Vec<Fault> {
    let mut faults = Vec::new();
    for path in READMES {
        let text = text_of(workspace, path);
        let absent = README_COMMANDS.iter().filter(|command| !text.contains(**command));
        faults.extend(absent.map(|command| Fault::new(path, format!("does not name `{command}`"))));
    }
    faults
}

/// Every `cargo xtask WORD` in a document is a command.
fn commands_exist(workspace: &Workspace) -> Vec<Fault> {
    let known = command_line::names();
    let mut faults = Vec::new();
    for file in workspace.files.iter().filter(|file| file.has_extension("md")) {
        let named = xtask_commands(file.text().unwrap_or_default());
        let unknown = named
            .into_iter()
            .filter(|name| !known.iter().any(|known| known == name));
        faults.extend(unknown.map(|name| Fault::new(&file.path, format!("`cargo xtask {name}` does not exist"))));
    }
    faults
}

fn xtask_commands(text: &str) -> BTreeSet<&str> {
    let after = text.split("cargo xtask ").skip(1);
    let names = after.map(|rest| rest.split(|c: char| !c.is_ascii_lowercase()).next().unwrap_or_default());
    names.filter(|name| !name.is_empty()).collect()
}

/// Every direct dependency from outside has a row that says why it is there, and every row a dependency.
fn dependencies(workspace: &Workspace) -> Vec<Fault> {
    let listed = listed_crates(text_of(workspace, DEPENDENCIES));
    let outside = |dependency: &&Dependency| dependency.path.is_none();
    let used = workspace
        .packages
        .iter()
        .flat_map(|package| package.dependencies.iter().filter(outside));
    let used: BTreeSet<&str> = used.map(|dependency| dependency.name.as_str()).collect();
    let unlisted = used.difference(&listed).map(|name| format!("no row for `{name}`"));
    let unused = listed.difference(&used).map(|name| format!("`{name}` is not used"));
    unlisted
        .chain(unused)
        .map(|what| Fault::new(DEPENDENCIES, what))
        .collect()
}

/// The names in backquotes in the first column.
fn listed_crates(text: &str) -> BTreeSet<&str> {
    let cells = text
        .lines()
        .filter_map(|line| line.strip_prefix("| ")?.split(" | ").next());
    cells.flat_map(|cell| cell.split('`').skip(1).step_by(2)).collect()
}

fn text_of<'a>(workspace: &'a Workspace, path: &str) -> &'a str {
    workspace.file(path).and_then(File::text).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_found_wherever_they_stand_in_a_text() {
        let text = "Run `cargo xtask tidy`, then\n    cargo xtask test --quick\n(`cargo xtask COMMAND`)";
        assert_eq!(xtask_commands(text), BTreeSet::from(["test", "tidy"]));
    }

    #[test]
    fn several_crates_may_share_a_row() {
        let table = "| crate | used for |\n|---|---|\n| `a`, `b-c` | x `d` |\n| `e` (tests) | y |\n";
        assert_eq!(listed_crates(table), BTreeSet::from(["a", "b-c", "e"]));
    }
}
