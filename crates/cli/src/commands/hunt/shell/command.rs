//! What begins with a point: questions about tables, saved queries and the last answer.

use whotalks_case::hunt::reference_of;
use whotalks_case::tables::hunting::{self, Flavour};
use whotalks_render::messages::HuntMessage as M;
use whotalks_render::terminal;

use super::keys::Keys;
use super::{Next, Shell};
use crate::commands::explain;
use crate::failure::Failure;

/// Does what a command says.
pub(super) fn run(shell: &mut Shell<'_>, command: &str, keys: Option<&mut Keys>) -> Result<Next, Failure> {
    let mut words = command.split_whitespace();
    let name = words.next().unwrap_or_default();
    let rest: Vec<&str> = words.collect();
    match (name, rest.as_slice()) {
        ("exit" | "quit", []) => return Ok(Next::End),
        ("help", []) => shell.face.say(&M::ShellHelp),
        ("tables", []) => tables(shell)?,
        ("columns", [table]) => columns(shell, table)?,
        ("queries", []) => queries(shell)?,
        ("run", [name, given @ ..]) => saved(shell, name, given, keys)?,
        ("explain", [row]) => explain_row(shell, row)?,
        ("plan", []) => plan(shell)?,
        _ => shell.face.say(&M::ShellUnknown { name: name.to_owned() }),
    }
    Ok(Next::More)
}

fn flavour(shell: &Shell<'_>) -> Flavour {
    shell.arguments.flavour.map(Flavour::from).unwrap_or_default()
}

fn tables(shell: &Shell<'_>) -> Result<(), Failure> {
    let flavour = flavour(shell);
    let tables: Vec<_> = hunting::all()
        .iter()
        .map(|table| flavour.view(table).description)
        .collect();
    shell.face.write(&terminal::tables(&tables, &shell.face.options))
}

fn columns(shell: &Shell<'_>, name: &str) -> Result<(), Failure> {
    let tables = hunting::all();
    let table = tables.iter().find(|table| table.name.eq_ignore_ascii_case(name));
    let table = table.ok_or_else(|| Failure::NoSuchTable { name: name.to_owned() })?;
    let table = flavour(shell).view(table).description;
    shell.face.write(&terminal::columns(&table, &shell.face.options))
}

fn queries(shell: &Shell<'_>) -> Result<(), Failure> {
    let queries = super::super::saved::all(&shell.arguments.folders)?;
    shell
        .face
        .write(&terminal::saved_queries(&queries, &shell.face.options))
}

fn saved(shell: &mut Shell<'_>, name: &str, given: &[&str], keys: Option<&mut Keys>) -> Result<(), Failure> {
    let given: Vec<String> = given.iter().map(|text| (*text).to_owned()).collect();
    let (text, parameters) = super::super::saved::chosen(name, &given, &shell.arguments.folders)?;
    shell.query(&text, &parameters, keys)?;
    Ok(())
}

/// The evidence behind a row of the last answer.
fn explain_row(shell: &Shell<'_>, row: &str) -> Result<(), Failure> {
    let face = shell.face;
    let Some(answer) = &shell.last else {
        face.say(&M::ShellNoAnswer);
        return Ok(());
    };
    let (row, count) = (row.parse().unwrap_or(0), answer.row_count());
    if row == 0 || row > count {
        face.say(&M::ShellNoRow {
            row: row as u64,
            count: count as u64,
        });
        return Ok(());
    }
    let Some(reference) = reference_of(answer, row) else {
        face.say(&M::ShellNoReference);
        return Ok(());
    };
    let (found, path) = shell.cases.explain(&reference)?;
    face.write(&explain::page(&found, &path, face))
}

/// What was done for the last answer.
fn plan(shell: &Shell<'_>) -> Result<(), Failure> {
    match &shell.last {
        Some(answer) => shell.face.write(&terminal::plan(answer, &shell.face.options)),
        None => {
            shell.face.say(&M::ShellNoAnswer);
            Ok(())
        }
    }
}
