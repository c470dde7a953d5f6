//! `whotalks hunt`: a query in the Kusto Query Language over the evidence.
//!
//! | file | what it does |
//! |---|---|
//! | `cases` | the cases that are asked |
//! | `outside` | what queries may read beside them |
//! | `saved` | saved queries, and the parameters of one |
//! | `write` | the answer in the form that is asked for |
//! | `shell/` | one query after another |

mod cases;
mod outside;
mod saved;
mod shell;
mod write;

use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use whotalks_case::hunt::{Hunted, flavour_of};
use whotalks_case::kql::{Answer, Parameter};
use whotalks_case::tables::hunting::Flavour as View;
use whotalks_render::saved as documents;
use whotalks_render::{hunt, terminal};

use crate::arguments::Hunt;
use crate::face::Face;
use crate::failure::Failure;
use crate::outcome::Outcome;
use crate::progress::QueryBar;
use crate::source;

pub(super) fn run(arguments: &Hunt, face: &Face) -> Result<Outcome, Failure> {
    if arguments.list {
        return list(arguments, face);
    }
    write::check(arguments)?;
    if arguments.shell {
        let cases = cases::opened(arguments, &paths(arguments, true), face)?;
        return shell::run(arguments, cases, face);
    }
    let (text, parameters, is_path) = asked(arguments)?;
    let mut cases = cases::opened(arguments, &paths(arguments, is_path), face)?;
    let answer = ask(&mut cases, &text, &parameters, arguments, face)?;
    if arguments.explain {
        explain(arguments, &answer, face)?;
        return Ok(Outcome::Answered);
    }
    write::answer(arguments, &answer, &text, face)?;
    Ok(outcome(&answer))
}

/// The answer to a query, with a bar meanwhile.
fn ask(
    cases: &mut cases::Cases,
    text: &str,
    parameters: &[Parameter],
    arguments: &Hunt,
    face: &Face,
) -> Result<Answer, Failure> {
    let hunted = hunted(text, parameters, arguments);
    let mut bar = QueryBar::new(&face.words);
    cases.ask(&hunted, &mut bar)
}

/// What is asked, with the flavour that is given or told by the query.
fn hunted<'q>(text: &'q str, parameters: &'q [Parameter], arguments: &Hunt) -> Hunted<'q> {
    Hunted {
        text,
        parameters,
        flavour: arguments.flavour.map_or_else(|| flavour_of(text), View::from),
        now: source::now(),
    }
}

fn outcome(answer: &Answer) -> Outcome {
    if answer.row_count() == 0 {
        Outcome::NothingFound
    } else {
        Outcome::Answered
    }
}

/// Shows what was done for the answer.
fn explain(arguments: &Hunt, answer: &Answer, face: &Face) -> Result<(), Failure> {
    if arguments.json {
        face.write_json(&hunt::plan(answer))
    } else {
        face.write(&terminal::plan(answer, &face.options))
    }
}

fn list(arguments: &Hunt, face: &Face) -> Result<Outcome, Failure> {
    let queries = saved::all(&arguments.folders)?;
    if arguments.json {
        face.write_json(&documents::queries(&queries))?;
    } else {
        face.write(&terminal::saved_queries(&queries, &face.options))?;
    }
    Ok(Outcome::Answered)
}

/// The query, its parameters, and whether the first word is a path; `-` in place of a query is standard input.
fn asked(arguments: &Hunt) -> Result<(String, Vec<Parameter>, bool), Failure> {
    if let Some(name) = &arguments.saved {
        let (text, parameters) = saved::chosen(name, &arguments.parameters, &arguments.folders)?;
        return Ok((text, parameters, true));
    }
    let (text, is_path) = match (&arguments.query_file, &arguments.query) {
        (Some(file), _) => (read(file)?, true),
        (None, Some(query)) if query == "-" => (standard_input()?, false),
        (None, Some(query)) => (query.clone(), false),
        (None, None) => return Err(Failure::NoQuery),
    };
    let parameters = saved::of_text(&text, &arguments.parameters)?;
    Ok((text, parameters, is_path))
}

/// The evidence: with a query that stands elsewhere, every word is a path.
fn paths(arguments: &Hunt, first_is_path: bool) -> Vec<PathBuf> {
    let first = arguments.query.iter().filter(|_| first_is_path).map(PathBuf::from);
    first.chain(arguments.paths.iter().cloned()).collect()
}

fn read(path: &Path) -> Result<String, Failure> {
    if path == Path::new("-") {
        return standard_input();
    }
    std::fs::read_to_string(path).map_err(|source| Failure::CannotRead {
        path: path.to_owned(),
        source,
    })
}

fn standard_input() -> Result<String, Failure> {
    let mut text = String::new();
    let read = io::stdin().lock().read_to_string(&mut text);
    let path = PathBuf::from("-");
    read.map_err(|source| Failure::CannotRead { path, source })?;
    Ok(text)
}
