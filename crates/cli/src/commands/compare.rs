//! `whotalks compare`: what changed from one capture to another.

use std::path::{Path, PathBuf};

use whotalks_case::capture::{self, CapturesRead};
use whotalks_case::packets::compare::{self, Comparison};
use whotalks_case::packets::select::Annotate;
use whotalks_case::packets::statistics::Statistics;
use whotalks_render::{html, json, sheet, sheet_csv, terminal};

use crate::arguments::Compare;
use crate::face::Face;
use crate::failure::Failure;
use crate::outcome::Outcome;
use crate::progress::Bar;
use crate::{captures, known, save};

/// Rows of a table that a person still looks at.
const READABLE_ROWS: usize = 15;

pub(super) fn run(arguments: &Compare, face: &Face) -> Result<Outcome, Failure> {
    let known = arguments.case.as_deref().map(known::open).transpose()?;
    let (before, read_before) = statistics(&arguments.before, face)?;
    let (after, read_after) = statistics(&arguments.after, face)?;
    let case = known.as_ref().map(|known| known as &dyn Annotate);
    let comparison = compare::compare(&before, &after, case);
    if let Some(path) = &arguments.html {
        report(&comparison, arguments, path, face)?;
    }
    let for_programs = arguments.json || arguments.csv || face.options.wide;
    let readable = if for_programs { usize::MAX } else { READABLE_ROWS };
    let sheets = sheet::comparison(&comparison, arguments.limit.unwrap_or(readable));
    if arguments.json {
        face.write_json(&json::comparison(&comparison, &sheets, [&read_before, &read_after]))?;
    } else if arguments.csv {
        face.write(&sheet_csv::sheets(&sheets))?;
    } else {
        let [before, after] = names(arguments);
        face.write(&terminal::comparison(
            &comparison,
            [&before, &after],
            &sheets,
            &face.options,
        ))?;
    }
    Ok(Outcome::Answered)
}

fn statistics(path: &Path, face: &Face) -> Result<(Statistics, CapturesRead), Failure> {
    let paths = [path.to_owned()];
    captures::check(&paths, face)?;
    let (statistics, read) = {
        let mut bar = Bar::new(&face.words);
        capture::statistics(&paths, compare::question(), &mut bar)
    };
    captures::tell(&read, face)?;
    Ok((statistics, read))
}

/// Everything, as a page.
fn report(comparison: &Comparison, arguments: &Compare, path: &Path, face: &Face) -> Result<(), Failure> {
    let sheets = sheet::comparison(comparison, usize::MAX);
    let [before, after] = names(arguments);
    let page = html::comparison(comparison, [&before, &after], &sheets, &face.report_options());
    save::page(&page, path, face)
}

fn names(arguments: &Compare) -> [String; 2] {
    [&arguments.before, &arguments.after].map(|path: &PathBuf| path.display().to_string())
}
