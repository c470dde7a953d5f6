//! What can stand at a place of a query, a line each with what it is and what it does.

use whotalks_case::kql::completion::{Candidate, CandidateKind, Completions};
use whotalks_case::tables::hunting::{self, column_in_japanese, table_in_japanese};

use super::Face;
use super::ink::{Painted, Role};
use super::table::{self, Cell, Column, Cut};
use crate::Language;
use crate::messages::HuntMessage as M;

/// A text is never cut shorter than this.
const LEAST_TEXT_COLUMNS: usize = 10;

/// At most so many lines, with the chosen one among them.
pub(super) fn write(face: &Face, completions: &Completions, chosen: Option<usize>, most: usize) -> String {
    let first = chosen.map_or(0, |chosen| chosen.saturating_add(1).saturating_sub(most));
    let shown = completions.candidates.iter().enumerate().skip(first).take(most);
    let rows: Vec<Vec<Cell>> = shown
        .map(|(index, candidate)| row(face, completions, candidate, chosen == Some(index)))
        .collect();
    let columns = [
        Column::fixed(),
        Column::flexible(Cut::End, LEAST_TEXT_COLUMNS),
        Column::flexible(Cut::End, LEAST_TEXT_COLUMNS),
    ];
    let mut page = face.page();
    // One column stays free, so that no line wraps by itself.
    for line in table::lines(face.ink, &columns, &rows, Some(face.width.saturating_sub(1))) {
        page.verbatim(&line);
    }
    let rest = completions
        .candidates
        .len()
        .saturating_sub(first.saturating_add(rows.len())) as u64;
    if rest > 0 {
        let text = face.words.text(&M::ShellMore { count: rest });
        page.verbatim(&Painted::blanks(0).then(&face.ink.paint(Role::Muted, &text)));
    }
    page.finish()
}

fn row(face: &Face, completions: &Completions, candidate: &Candidate, is_chosen: bool) -> Vec<Cell> {
    let role = if is_chosen { Role::Heading } else { Role::Command };
    let mark = if is_chosen { "> " } else { "  " };
    let kind = match candidate.kind {
        CandidateKind::Column(kusto_type) => kusto_type.name().to_owned(),
        CandidateKind::Function => candidate.syntax.clone().unwrap_or_default(),
        _ => String::new(),
    };
    vec![
        Cell::new(role, &format!("{mark}{}", candidate.text)),
        Cell::new(Role::Muted, &kind),
        Cell::new(Role::Plain, &text(face, completions, candidate)),
    ]
}

fn text(face: &Face, completions: &Completions, candidate: &Candidate) -> String {
    match candidate.kind {
        CandidateKind::Table => table_text(face, &candidate.text),
        CandidateKind::Column(_) => {
            let table = completions.table.as_deref();
            table
                .and_then(|table| column_text(face, table, &candidate.text))
                .unwrap_or_default()
        }
        _ => candidate.summary.to_owned(),
    }
}

fn table_text(face: &Face, name: &str) -> String {
    match face.words.language() {
        Language::Japanese => table_in_japanese(name).unwrap_or_default().to_owned(),
        Language::English => {
            let table = hunting::all().into_iter().find(|table| table.name == name);
            table.map(|table| table.doc).unwrap_or_default()
        }
    }
}

fn column_text(face: &Face, table: &str, column: &str) -> Option<String> {
    let kept = if column == "TimeGenerated" { "Timestamp" } else { column };
    if face.words.language() == Language::Japanese {
        return column_in_japanese(table, kept).map(str::to_owned);
    }
    let table = hunting::all().into_iter().find(|known| known.name == table)?;
    // The columns of Sentinel are those of Defender and some more.
    let view = hunting::Flavour::Sentinel.view(&table).description;
    let named = |name: &str| view.columns.iter().find(|known| known.name == name);
    Some(named(column).or_else(|| named(kept))?.doc.clone())
}
