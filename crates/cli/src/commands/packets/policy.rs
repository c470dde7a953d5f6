//! `--policy`: what is against a policy.

use std::path::Path;

use whotalks_case::capture;
use whotalks_render::{json, sheet, sheet_csv, terminal};

use crate::arguments::Packets;
use crate::face::Face;
use crate::failure::Failure;
use crate::outcome::Outcome;
use crate::progress::Bar;
use crate::{captures, policy};

/// Rows that a person still looks at.
const READABLE_ROWS: usize = 40;

pub(super) fn run(arguments: &Packets, path: &Path, face: &Face) -> Result<Outcome, Failure> {
    let policy = policy::read(path)?;
    captures::check(&arguments.paths, face)?;
    let (judgement, read) = {
        let mut bar = Bar::new(&face.words);
        capture::judge(&arguments.paths, &policy, &mut bar)
    };
    captures::tell(&read, face)?;
    let (statistics, matches) = (&judgement.statistics, &judgement.matches);
    let for_programs = arguments.json || arguments.csv || face.options.wide;
    let readable = if for_programs { usize::MAX } else { READABLE_ROWS };
    let sheet = sheet::policy(matches, arguments.limit.unwrap_or(readable));
    let rules = policy.rules.len() as u64;
    if arguments.json {
        face.write_json(&json::policy(statistics, rules, &sheet, &read))?;
    } else if arguments.csv {
        face.write(&sheet_csv::sheets(&[sheet]))?;
    } else {
        face.write(&terminal::policy(statistics, rules, &sheet, &face.options))?;
    }
    Ok(if matches.is_empty() {
        Outcome::NothingFound
    } else {
        Outcome::Answered
    })
}
