//! A table about packets: its title, its heads, its rows, and what was left out.

use super::Face;
use super::ink::Role;
use super::page::Page;
use super::table::{self, Column, Cut, lines};
use crate::messages::PacketMessage;
use crate::sheet::{Cell, Faces, Head, Sheet};

/// Blanks before the rows.
const INDENT: usize = 2;
/// Blanks for each step down a tree.
const STEP: usize = 2;
/// Columns of the longest bar.
const BAR_COLUMNS: f64 = 30.0;
/// Texts are not cut shorter than this; an IPv6 address with a port is cut in its middle where it must be.
const LEAST_TEXT: usize = 21;

/// Writes one table below the others.
pub(super) fn write(face: &Face, page: &mut Page, sheet: &Sheet) {
    page.gap();
    page.line(0, &face.ink.paint(Role::Heading, &face.words.text(&sheet.title)));
    if sheet.rows.is_empty() {
        page.line(INDENT, &face.ink.plain(&face.words.text(&PacketMessage::NothingSeen)));
    } else {
        rows(face, page, sheet);
    }
    if sheet.left_out > 0 {
        let count = sheet.left_out;
        say(face, page, &PacketMessage::RowsLeftOut { count });
    }
    for note in &sheet.notes {
        say(face, page, note);
    }
}

fn say(face: &Face, page: &mut Page, message: &PacketMessage) {
    page.line(INDENT, &face.ink.paint(Role::Muted, &face.words.text(message)));
}

fn rows(face: &Face, page: &mut Page, sheet: &Sheet) {
    let width = face.width.saturating_sub(INDENT);
    let mut shown = places(sheet, |head| head.faces != Faces::Data);
    loop {
        let (columns, rows) = laid_out(face, sheet, &shown);
        let dropped = least_wanted(sheet, &shown);
        if let (false, false, Some(place)) = (face.wide, table::fits(&columns, &rows, width), dropped) {
            shown.retain(|other| *other != place);
            continue;
        }
        let blanks = super::ink::Painted::blanks(INDENT);
        for line in lines(face.ink, &columns, &rows, (!face.wide).then_some(width)) {
            page.verbatim(&blanks.clone().then(&line));
        }
        return;
    }
}

fn places(sheet: &Sheet, shown: impl Fn(&Head) -> bool) -> Vec<usize> {
    let heads = sheet.heads.iter().enumerate();
    heads.filter(|(_, head)| shown(head)).map(|(place, _)| place).collect()
}

/// The column that goes first where there is no room for all.
fn least_wanted(sheet: &Sheet, shown: &[usize]) -> Option<usize> {
    let ranked = shown
        .iter()
        .filter_map(|place| Some((sheet.heads.get(*place)?.rank, *place)));
    let last = ranked.max_by_key(|(rank, _)| *rank)?;
    (last.0 > 0).then_some(last.1)
}

/// The columns that are shown, and their cells below a row of heads.
fn laid_out(face: &Face, sheet: &Sheet, shown: &[usize]) -> (Vec<Column>, Vec<Vec<table::Cell>>) {
    let heads: Vec<&Head> = shown.iter().filter_map(|place| sheet.heads.get(*place)).collect();
    let columns = heads.iter().map(|head| column(head)).collect();
    let title = |head: &&Head| table::Cell::new(Role::Muted, &face.words.text(&head.title));
    let mut rows = vec![heads.iter().map(title).collect()];
    rows.extend(sheet.rows.iter().map(|row| {
        let cells = shown.iter().filter_map(|place| row.get(*place));
        cells
            .map(|cell| table::Cell::new(role(cell), &text(face, cell)))
            .collect()
    }));
    (columns, rows)
}

const fn column(head: &Head) -> Column {
    if head.right {
        Column::number()
    } else {
        Column::flexible(Cut::Middle, LEAST_TEXT)
    }
}

const fn role(cell: &Cell) -> Role {
    match cell {
        Cell::Bar(_) => Role::Note,
        _ => Role::Plain,
    }
}

/// What people read.
fn text(face: &Face, cell: &Cell) -> String {
    match cell {
        Cell::Tree(depth, text) => format!("{}{text}", " ".repeat(depth * STEP)),
        Cell::Bar(part) => "█".repeat(bar_columns(*part)),
        other => face.words.sheet_cell(other),
    }
}

/// Whatever there is shows at least a little.
fn bar_columns(part: f64) -> usize {
    if part <= 0.0 {
        return 0;
    }
    // At most the longest bar, so the conversion loses nothing.
    (part.min(1.0) * BAR_COLUMNS).round().max(1.0) as usize
}
