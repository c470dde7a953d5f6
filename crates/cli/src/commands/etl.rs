//! `whotalks etl`: who wrote which events of a trace, and what it lost.

use whotalks_case::traces;
use whotalks_render::{json, terminal};

use crate::arguments::Etl;
use crate::face::Face;
use crate::failure::Failure;
use crate::outcome::Outcome;

pub(super) fn run(arguments: &Etl, face: &Face) -> Result<Outcome, Failure> {
    let mut summaries = Vec::new();
    for path in &arguments.traces {
        let summary = traces::summarise(path).map_err(|source| Failure::CannotRead {
            path: path.clone(),
            source,
        })?;
        summaries.push((path.display().to_string(), summary));
    }
    if arguments.json {
        face.write_json(&json::traces(&summaries))?;
    } else {
        face.write(&terminal::traces(&summaries, &face.options))?;
    }
    let is_any_trace = summaries.iter().any(|(_, summary)| summary.header.is_some());
    Ok(if is_any_trace {
        Outcome::Answered
    } else {
        Outcome::Unusable
    })
}
