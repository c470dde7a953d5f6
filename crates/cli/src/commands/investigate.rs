//! `whotalks investigate`: everything the evidence says, most important first.

use std::path::Path;

use whotalks_render::{CliMessage, csv, html, json, terminal};
use whotalks_report::Overview;

use crate::arguments::Investigate;
use crate::face::Face;
use crate::failure::Failure;
use crate::outcome::Outcome;
use crate::{policy, save, source};

pub(super) fn run(arguments: &Investigate, face: &Face) -> Result<Outcome, Failure> {
    let policy = arguments.policy.as_deref().map(policy::read).transpose()?;
    let mut case = source::case(&arguments.source, face)?;
    policy.into_iter().for_each(|policy| case.hold_against(policy));
    let folder = arguments.source.case.as_deref();
    let overview = case.investigate().map_err(Failure::case(folder))?;
    if let Some(path) = &arguments.html {
        save_report(&overview, path, face)?;
    }
    if arguments.json {
        face.write_json(&json::overview(&overview))?;
    } else if arguments.csv {
        face.write(&csv::endpoints(&overview))?;
    } else {
        face.write(&terminal::overview(&overview, &face.options))?;
    }
    if let Some(folder) = folder {
        let path = folder.display().to_string();
        face.say(&CliMessage::CaseKept { path });
    }
    Ok(Outcome::Answered)
}

fn save_report(overview: &Overview, path: &Path, face: &Face) -> Result<(), Failure> {
    save::page(&html::report(overview, &face.report_options()), path, face)
}
