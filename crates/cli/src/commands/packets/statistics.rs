//! `--stat`: statistics over whole captures.

use whotalks_case::capture;
use whotalks_case::packets::statistics::Question;
use whotalks_render::{json, sheet, sheet_csv, terminal};

use crate::arguments::Packets;
use crate::captures;
use crate::face::Face;
use crate::failure::Failure;
use crate::outcome::Outcome;
use crate::progress::Bar;

/// Rows of a long list that a person still looks at.
const READABLE_ROWS: usize = 20;

pub(super) fn run(arguments: &Packets, face: &Face) -> Result<Outcome, Failure> {
    captures::check(&arguments.paths, face)?;
    let asked = arguments.asked();
    let mut question = Question::new(&asked);
    question.interval = arguments.interval;
    let (statistics, read) = {
        let mut bar = Bar::new(&face.words);
        capture::statistics(&arguments.paths, question, &mut bar)
    };
    captures::tell(&read, face)?;
    let for_programs = arguments.json || arguments.csv || face.options.wide;
    let limit = arguments
        .limit
        .unwrap_or(if for_programs { usize::MAX } else { READABLE_ROWS });
    let sheets = sheet::statistics(&statistics, &asked, limit);
    if arguments.json {
        face.write_json(&json::statistics(&statistics, &sheets, &read))?;
    } else if arguments.csv {
        face.write(&sheet_csv::sheets(&sheets))?;
    } else {
        face.write(&terminal::statistics(&statistics, &sheets, &face.options))?;
    }
    Ok(Outcome::Answered)
}
