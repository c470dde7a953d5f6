//! What was done for an answer to a hunting query: its steps in the order of a pipeline.

use whotalks_case::kql::{Profile, Pruned, Reading, Run, Step};

use super::ink::Role;
use super::table::{self, Cell, Column, Cut};
use super::{Face, Page};
use crate::format::grouped;
use crate::hunt::{length, step_word};
use crate::messages::HuntMessage as M;
use crate::words::NOTHING;

/// What a step is about is never cut shorter than this.
const LEAST_DETAIL_COLUMNS: usize = 20;

/// Makes a message of how many were left out of how many.
type Told = fn(u64, u64) -> M;

pub(super) fn write(face: &Face, profile: &Profile) -> String {
    let mut page = face.page();
    let count = profile.runs.len();
    for (number, run) in profile.runs.iter().enumerate() {
        let is_last = number.saturating_add(1) == count;
        let heading = if is_last {
            M::PlanHeading
        } else {
            let number = number.saturating_add(1) as u64;
            M::PlanFirst { number }
        };
        page.gap();
        page.line(0, &face.ink.paint(Role::Heading, &face.words.text(&heading)));
        steps(face, &mut page, run);
    }
    page.gap();
    page.line(0, &face.ink.paint(Role::Muted, &face.words.text(&M::PlanTimes)));
    page.finish()
}

fn steps(face: &Face, page: &mut Page, run: &Run) {
    let head = [M::PlanStep, M::PlanRows, M::PlanTime, M::PlanDetail];
    let head = head.iter().map(|title| Cell::new(Role::Muted, &face.words.text(title)));
    let mut rows = vec![head.collect::<Vec<_>>()];
    for step in &run.steps {
        rows.push(row(face, step));
        let lines = step.reading.iter().flat_map(|reading| reading_lines(face, reading));
        let spilled = (step.spilled_bytes > 0).then(|| {
            let bytes = face.words.size(step.spilled_bytes);
            face.words.text(&M::PlanSpilled { bytes })
        });
        rows.extend(lines.chain(spilled).map(|line| below(&line)));
    }
    let columns = [
        Column::fixed(),
        Column::number(),
        Column::number(),
        Column::flexible(Cut::End, LEAST_DETAIL_COLUMNS),
    ];
    let width = (!face.wide).then_some(face.width);
    for line in table::lines(face.ink, &columns, &rows, width) {
        page.verbatim(&line);
    }
    let time = face.words.span(length(run.time));
    page.line(
        0,
        &face.ink.paint(Role::Muted, &face.words.text(&M::PlanTotal { time })),
    );
}

fn row(face: &Face, step: &Step) -> Vec<Cell> {
    let word = format!("{}{}", "  ".repeat(step.depth), step_word(&face.words, step));
    let rows = step.rows.map_or_else(|| NOTHING.to_owned(), grouped);
    vec![
        Cell::new(Role::Plain, &word),
        Cell::new(Role::Plain, &rows),
        Cell::new(Role::Plain, &face.words.span(length(step.busy))),
        Cell::new(Role::Plain, &step.detail),
    ]
}

/// A line about the step above it.
fn below(text: &str) -> Vec<Cell> {
    let empty = || Cell::new(Role::Plain, "");
    vec![empty(), empty(), empty(), Cell::new(Role::Muted, text)]
}

fn reading_lines(face: &Face, reading: &Reading) -> Vec<String> {
    let whence = match reading.files {
        0 => M::PlanReadMemory,
        files => {
            let bytes = reading
                .bytes
                .map_or_else(|| NOTHING.to_owned(), |bytes| face.words.size(bytes));
            M::PlanReadFiles { files, bytes }
        }
    };
    let pruned: [(Pruned, Told); 4] = [
        (reading.file_ranges, |left, all| M::PlanPrunedFiles { left, all }),
        (reading.by_statistics, |left, all| M::PlanPrunedGroups { left, all }),
        (reading.by_bloom_filter, |left, all| M::PlanPrunedBloom { left, all }),
        (reading.pages, |left, all| M::PlanPrunedPages { left, all }),
    ];
    let told = pruned.iter().filter(|(pruned, _)| pruned.all > 0);
    let told = told.map(|(pruned, message)| message(pruned.left_out, pruned.all));
    std::iter::once(whence)
        .chain(told)
        .map(|message| face.words.text(&message))
        .collect()
}
