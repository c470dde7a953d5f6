//! The table of external endpoints.

use whotalks_record::Text;
use whotalks_report::{EndpointRow, Overview};

use super::Face;
use super::ink::{Painted, Role};
use super::page::Page;
use super::table::{Cell, Column, Cut, fits, lines};
use crate::messages::LabelMessage as Label;
use crate::words::NOTHING;

/// Rows that a screenful has room for.
const MOST_ROWS: usize = 12;

/// Blanks before the table.
const INDENT: usize = 2;

pub(super) fn write(face: &Face, page: &mut Page, overview: &Overview) {
    page.gap();
    heading(face, page, overview);
    let shown = face.shown(overview.endpoints.len(), MOST_ROWS);
    let rows = overview.endpoints.get(..shown).unwrap_or_default();
    match rows {
        [] => {}
        _ if face.wide => wide(face, page, rows),
        _ => one_line_or_two(face, page, rows, overview.hosts.len() > 1),
    }
    let left_out = (overview.endpoints.len() - shown) as u64;
    let text = match left_out.saturating_add(overview.endpoints_omitted) {
        0 => return,
        _ if face.wide => face.words.text(&Label::EndpointsOmitted {
            count: overview.endpoints_omitted,
        }),
        count => face.words.text(&Label::More { count }),
    };
    page.line(INDENT, &face.ink.paint(Role::Muted, &text));
}

fn heading(face: &Face, page: &mut Page, overview: &Overview) {
    let heading = face.ink.paint(Role::Heading, &face.words.text(&Label::LabelEndpoints));
    let summary = face.ink.plain(&face.words.endpoint_counts(overview));
    page.line(0, &Painted::join(&[heading, summary], "  "));
}

fn titles(face: &Face, titles: &[Label]) -> Vec<Cell> {
    titles
        .iter()
        .map(|title| Cell::new(Role::Heading, &face.words.text(title)))
        .collect()
}

fn table(face: &Face, page: &mut Page, columns: &[Column], rows: &[Vec<Cell>]) {
    let width = (!face.wide).then(|| face.width.saturating_sub(INDENT));
    for line in lines(face.ink, columns, rows, width) {
        page.verbatim(&Painted::blanks(INDENT).then(&line));
    }
}

fn plain(text: &str) -> Cell {
    Cell::new(Role::Plain, text)
}

/// The cells of a row in full.
fn full_cells(face: &Face, row: &EndpointRow) -> Vec<Cell> {
    vec![
        plain(&row.remote.to_string()),
        plain(&face.words.row_name(row)),
        Cell::new(Role::Muted, &face.words.row_name_how(row)),
        plain(&face.words.program(&row.program)),
        Cell::new(Role::of_grade(row.program.grade), &face.words.program_how(&row.program)),
        plain(&face.words.size_or_nothing(row.sent_bytes)),
        plain(&face.words.size_or_nothing(row.received_bytes)),
        plain(&face.words.decision(row.verdict, row.filter.as_ref())),
        Cell::new(
            Role::of_explanation(&row.explanation),
            &face.words.explanation(&row.explanation),
        ),
    ]
}

/// The cells of a row for a screen of usual width.
fn brief_cells(face: &Face, row: &EndpointRow) -> Vec<Cell> {
    vec![
        plain(&row.remote.to_string()),
        plain(&face.words.row_name(row)),
        Cell::new(Role::Muted, &face.words.row_name_how(row)),
        plain(&face.words.program_in_brief(&row.program)),
        Cell::new(Role::of_grade(row.program.grade), &face.words.program_how(&row.program)),
        plain(&face.words.size_or_nothing(row.sent_bytes)),
        plain(&face.words.size_or_nothing(row.received_bytes)),
        plain(&face.words.decision(row.verdict, None)),
        Cell::new(
            Role::of_explanation(&row.explanation),
            &face.words.explanation_in_brief(&row.explanation),
        ),
    ]
}

const BRIEF_COLUMNS: [Column; 9] = [
    Column::fixed(),
    Column::flexible(Cut::Middle, 14),
    Column::flexible(Cut::End, 10),
    Column::flexible(Cut::Middle, 17),
    Column::flexible(Cut::End, 8),
    Column::number(),
    Column::number(),
    Column::fixed(),
    Column::flexible(Cut::End, 19),
];

fn core_titles() -> [Label; 9] {
    [
        Label::ColumnAddress,
        Label::ColumnName,
        Label::ColumnHow,
        Label::ColumnProgram,
        Label::ColumnHow,
        Label::ColumnSent,
        Label::ColumnReceived,
        Label::ColumnDecision,
        Label::ColumnExplanation,
    ]
}

/// One line per row where the terminal is wide enough, else two: an address that is cut cannot be asked about.
fn one_line_or_two(face: &Face, page: &mut Page, rows: &[EndpointRow], several_hosts: bool) {
    let mut columns = BRIEF_COLUMNS.to_vec();
    let mut head = core_titles().to_vec();
    if several_hosts {
        columns.insert(0, Column::flexible(Cut::End, 10));
        head.insert(0, Label::ColumnHost);
    }
    let mut cells = vec![titles(face, &head)];
    cells.extend(rows.iter().map(|row| {
        let host = several_hosts.then(|| plain(&face.words.or_nothing(row.host.as_ref())));
        host.into_iter().chain(brief_cells(face, row)).collect()
    }));
    if fits(&columns, &cells, face.width.saturating_sub(INDENT)) {
        table(face, page, &columns, &cells);
    } else {
        two_lines(face, page, rows, several_hosts);
    }
}

/// Everything: host, counts, times, filter in full and proof besides.
fn wide(face: &Face, page: &mut Page, rows: &[EndpointRow]) {
    let mut columns = vec![Column::fixed()];
    columns.extend(BRIEF_COLUMNS);
    columns.extend([
        Column::fixed(),
        Column::number(),
        Column::fixed(),
        Column::fixed(),
        Column::fixed(),
    ]);
    let mut head = vec![Label::ColumnHost];
    head.extend(core_titles());
    head.extend([
        Label::ColumnFilter,
        Label::ColumnCount,
        Label::ColumnFirst,
        Label::ColumnLast,
        Label::ColumnReference,
    ]);
    let mut cells = vec![titles(face, &head)];
    cells.extend(rows.iter().map(|row| wide_cells(face, row)));
    table(face, page, &columns, &cells);
}

fn wide_cells(face: &Face, row: &EndpointRow) -> Vec<Cell> {
    let mut cells = vec![plain(&face.words.or_nothing(row.host.as_ref()))];
    cells.extend(full_cells(face, row));
    let filter = row
        .filter
        .as_ref()
        .map(|filter| Text::from(face.words.filter_in_full(filter)));
    let references: Vec<String> = row.citations.iter().map(|it| it.span.to_string()).collect();
    cells.extend([
        plain(&face.words.or_nothing(filter.as_ref())),
        plain(&crate::format::grouped(row.conversations)),
        plain(&face.words.time_or_unknown(row.first)),
        plain(&face.words.time_or_unknown(row.last)),
        Cell::new(Role::Muted, &references.join(" ")),
    ]);
    cells
}

/// For narrow terminals: address, name and verdict above; program, bytes and decision below.
fn two_lines(face: &Face, page: &mut Page, rows: &[EndpointRow], several_hosts: bool) {
    let columns = [
        Column::fixed(),
        Column::flexible(Cut::Middle, 14),
        Column::flexible(Cut::End, 14),
    ];
    let mut cells = vec![titles(
        face,
        &[Label::ColumnAddress, Label::ColumnName, Label::ColumnExplanation],
    )];
    cells.extend(rows.iter().map(|row| {
        vec![
            plain(&row.remote.to_string()),
            plain(&face.words.row_name(row)),
            Cell::new(
                Role::of_explanation(&row.explanation),
                &face.words.explanation_in_brief(&row.explanation),
            ),
        ]
    }));
    let width = face.width.saturating_sub(INDENT);
    let above = lines(face.ink, &columns, &cells, Some(width));
    let below = std::iter::once(None).chain(rows.iter().map(Some));
    for (line, row) in above.iter().zip(below) {
        page.verbatim(&Painted::blanks(INDENT).then(line));
        if let Some(row) = row {
            page.line(INDENT + 4, &below_line(face, row, several_hosts));
        }
    }
}

fn below_line(face: &Face, row: &EndpointRow, several_hosts: bool) -> Painted {
    let words = &face.words;
    let amount = |title: &Label, bytes: Option<u64>| match bytes {
        Some(bytes) => format!("{} {}", words.text(title), words.size(bytes)),
        None => format!("{} {NOTHING}", words.text(title)),
    };
    let parts = [
        words.row_name_how(row),
        words.with_detail(words.program(&row.program), &words.program_how(&row.program)),
        amount(&Label::ColumnSent, row.sent_bytes),
        amount(&Label::ColumnReceived, row.received_bytes),
        words.decision(row.verdict, row.filter.as_ref()),
    ];
    let host = several_hosts.then(|| words.or_nothing(row.host.as_ref()));
    let parts: Vec<String> = host.into_iter().chain(parts).collect();
    face.ink.paint(Role::Muted, &parts.join(" · "))
}
