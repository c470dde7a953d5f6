//! The answer to a hunting query: a table, and how much of it is shown.

use whotalks_case::kql::Answer;
use whotalks_case::kql::values::KustoType;

use super::ink::Role;
use super::table::{self, Cell, Column, Cut};
use super::{Face, Page};
use crate::hunt::{notice, texts};
use crate::messages::QueryMessage as M;

/// A text column is never made narrower than this.
const LEAST_TEXT_COLUMNS: usize = 8;

pub(super) fn write(face: &Face, answer: &Answer, most: usize) -> String {
    let mut page = Page::new(face.width);
    let columns: Vec<_> = answer.columns.iter().map(|column| layout(column.kusto_type)).collect();
    let mut rows = vec![
        answer
            .columns
            .iter()
            .map(|column| Cell::new(Role::Muted, &column.name))
            .collect::<Vec<_>>(),
    ];
    let cells = |row: &Vec<String>| row.iter().map(|text| Cell::new(Role::Plain, text)).collect::<Vec<_>>();
    rows.extend(texts(answer, most).iter().map(cells));
    let width = (!face.wide).then_some(face.width);
    for line in table::lines(face.ink, &columns, &rows, width) {
        page.verbatim(&line);
    }
    page.gap();
    let count = answer.row_count();
    page.line(0, &face.ink.paint(Role::Muted, &face.words.text(&total(count, most))));
    for said in &answer.notices {
        page.line(0, &face.ink.paint(Role::Muted, &face.words.text(&notice(*said))));
    }
    page.finish()
}

fn total(count: usize, most: usize) -> M {
    let [count, shown] = [count, most.min(count)].map(|rows| rows as u64);
    if shown < count {
        M::RowsShown { shown, count }
    } else {
        M::Rows { count }
    }
}

fn layout(kusto_type: KustoType) -> Column {
    match kusto_type {
        KustoType::Int | KustoType::Long | KustoType::Real | KustoType::Decimal => Column::number(),
        KustoType::String | KustoType::Dynamic => Column::flexible(Cut::End, LEAST_TEXT_COLUMNS),
        _ => Column::fixed(),
    }
}
