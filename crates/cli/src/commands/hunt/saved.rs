//! Saved queries: those that come along and those of folders, and the parameters of one.

use std::path::PathBuf;

use whotalks_case::kql::Parameter;
use whotalks_queries::{Argument, SavedQuery, bundled, folder, of_text as read_text};

use crate::failure::Failure;

/// All saved queries; one of a folder hides a bundled one of its name.
pub(super) fn all(folders: &[PathBuf]) -> Result<Vec<SavedQuery>, Failure> {
    let mut queries = Vec::new();
    for path in folders {
        queries.extend(folder(path).map_err(|source| Failure::SavedQuery { source })?);
    }
    let hidden = |query: &SavedQuery| queries.iter().any(|known: &SavedQuery| known.name == query.name);
    let rest: Vec<SavedQuery> = bundled().into_iter().filter(|query| !hidden(query)).collect();
    queries.extend(rest);
    Ok(queries)
}

/// The text of a saved query, and the values of its parameters.
pub(super) fn chosen(name: &str, given: &[String], folders: &[PathBuf]) -> Result<(String, Vec<Parameter>), Failure> {
    let queries = all(folders)?;
    let query = queries.iter().find(|query| query.name == name);
    let query = query.ok_or_else(|| Failure::NoSuchQuery {
        name: name.to_owned(),
        similar: similar(name, &queries),
    })?;
    let parameters = parameters(query, given)?;
    Ok((query.text.clone(), parameters))
}

/// The values of the parameters of a query that is given as a text and may have front matter.
pub(super) fn of_text(text: &str, given: &[String]) -> Result<Vec<Parameter>, Failure> {
    let query = read_text(text).map_err(|source| Failure::FrontMatter { source })?;
    parameters(&query, given)
}

fn parameters(query: &SavedQuery, given: &[String]) -> Result<Vec<Parameter>, Failure> {
    let pairs = given.iter().map(|text| {
        let pair = text.split_once('=');
        let pair = pair.ok_or_else(|| Failure::ParameterForm { text: text.clone() })?;
        Ok((pair.0.trim().to_owned(), pair.1.to_owned()))
    });
    let pairs = pairs.collect::<Result<Vec<_>, Failure>>()?;
    let arguments = query
        .arguments(&pairs)
        .map_err(|source| Failure::Parameter { source })?;
    Ok(arguments.into_iter().map(parameter).collect())
}

fn parameter(argument: Argument) -> Parameter {
    Parameter {
        name: argument.name,
        kusto_type: argument.kusto_type,
        value: argument.value,
    }
}

/// A name that is contained in the other one, or the other way round.
fn similar(name: &str, queries: &[SavedQuery]) -> Option<String> {
    let is_similar = |query: &&SavedQuery| query.name.contains(name) || name.contains(&query.name);
    queries.iter().find(is_similar).map(|query| query.name.clone())
}
