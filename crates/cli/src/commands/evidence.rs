//! `whotalks evidence`: what was read, what was not, and why.

use whotalks_render::{json, terminal};

use crate::arguments::Evidence;
use crate::face::Face;
use crate::failure::Failure;
use crate::outcome::Outcome;
use crate::source;

/// The list is shown also where nothing could be read: it says why.
pub(super) fn run(arguments: &Evidence, face: &Face) -> Result<Outcome, Failure> {
    let (mut case, report) = source::ingest(&arguments.source, face)?;
    case.conclude()
        .map_err(Failure::case(arguments.source.case.as_deref()))?;
    let lines = case.evidence();
    let bundles = case.bundles(&lines);
    if arguments.json {
        face.write_json(&json::evidence(&lines, &bundles))?;
    } else {
        face.write(&terminal::evidence(&lines, &bundles, &face.options))?;
    }
    Ok(if report.read == 0 && !case.has_evidence() {
        Outcome::Unusable
    } else {
        Outcome::Answered
    })
}
