//! `--stat`: statistics over whole captures, or over what passes a filter.

use whotalks_case::capture;
use whotalks_case::packets::select::Annotate;
use whotalks_case::packets::statistics::Question;
use whotalks_render::{json, sheet, sheet_csv, terminal};

use crate::arguments::Packets;
use crate::face::Face;
use crate::failure::Failure;
use crate::outcome::Outcome;
use crate::progress::Bar;
use crate::{captures, filter, known};

/// Rows of a long list that a person still looks at.
const READABLE_ROWS: usize = 20;

pub(super) fn run(arguments: &Packets, face: &Face) -> Result<Outcome, Failure> {
    captures::check(&arguments.paths, face)?;
    let asked = arguments.asked();
    let mut question = Question::new(&asked);
    question.interval = arguments.interval;
    let known = arguments.case.as_deref().map(known::open).transpose()?;
    let case = known.as_ref().map(|known| known as &dyn Annotate);
    let filter = arguments.filter.as_deref().map(filter::compiled).transpose()?;
    let (statistics, read) = {
        let (mut bar, paths) = (Bar::new(&face.words), &arguments.paths);
        match &filter {
            None => capture::statistics(paths, question, &mut bar),
            Some(filter) => capture::statistics_of(paths, question, filter, case, &mut bar),
        }
    };
    captures::tell(&read, face)?;
    let for_programs = arguments.json || arguments.csv || face.options.wide;
    let limit = arguments
        .limit
        .unwrap_or(if for_programs { usize::MAX } else { READABLE_ROWS });
    let sheets = sheet::statistics(&statistics, &asked, case, limit);
    let text = arguments.filter.as_deref();
    if arguments.json {
        face.write_json(&json::statistics(&statistics, text, &sheets, &read))?;
    } else if arguments.csv {
        face.write(&sheet_csv::sheets(&sheets))?;
    } else {
        let selected = text.map(|filter| (filter, read.packets()));
        face.write(&terminal::statistics(&statistics, selected, &sheets, &face.options))?;
    }
    Ok(match &filter {
        Some(filter) if statistics.totals.volume.packets == 0 => filter::nothing_passes(filter, case.is_some(), face),
        _ => Outcome::Answered,
    })
}
