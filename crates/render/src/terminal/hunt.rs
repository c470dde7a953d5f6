//! The answer to a hunting query: what `render` draws, or a table, and how much of it is shown.

use whotalks_case::kql::Answer;
use whotalks_case::kql::chart::{Picture, Undrawable};
use whotalks_case::kql::values::KustoType;

use super::ink::Role;
use super::table::{self, Cell, Column, Cut};
use super::{Face, Page, chart};
use crate::hunt::{notice, texts, undrawable};
use crate::messages::{HuntMessage, Message, QueryMessage as M};

/// A text column is never made narrower than this.
const LEAST_TEXT_COLUMNS: usize = 8;

/// The picture that the query asks for, or the rows where it asks for none or it cannot be drawn.
pub(super) fn drawn(face: &Face, answer: &Answer, most: usize) -> String {
    picture_or_rows(face, answer, most, Numbers::Hidden)
}

/// The same, with the numbers of the rows.
pub(super) fn numbered(face: &Face, answer: &Answer, most: usize) -> String {
    picture_or_rows(face, answer, most, Numbers::Shown)
}

/// The rows.
pub(super) fn write(face: &Face, answer: &Answer, most: usize) -> String {
    only_rows(face, answer, most, Numbers::Hidden)
}

/// Whether each row has its number before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Numbers {
    Shown,
    Hidden,
}

fn picture_or_rows(face: &Face, answer: &Answer, most: usize, numbers: Numbers) -> String {
    let Some(asked) = &answer.chart else {
        return only_rows(face, answer, most, numbers);
    };
    let mut page = Page::new(face.width);
    match Picture::of(answer, asked) {
        Ok(picture) => {
            chart::write(face, &mut page, asked, &picture);
            page.gap();
            let count = answer.row_count() as u64;
            say(face, &mut page, &HuntMessage::ChartRows { count });
        }
        Err(Undrawable::Table) => return only_rows(face, answer, most, numbers),
        Err(reason) => {
            rows(face, &mut page, answer, most, numbers);
            say(face, &mut page, &undrawable(&reason));
        }
    }
    notices(face, &mut page, answer);
    page.finish()
}

fn only_rows(face: &Face, answer: &Answer, most: usize, numbers: Numbers) -> String {
    let mut page = Page::new(face.width);
    rows(face, &mut page, answer, most, numbers);
    notices(face, &mut page, answer);
    page.finish()
}

fn rows(face: &Face, page: &mut Page, answer: &Answer, most: usize, numbers: Numbers) {
    let numbered = numbers == Numbers::Shown;
    let layouts = answer.columns.iter().map(|column| layout(column.kusto_type));
    let columns: Vec<_> = numbered.then(Column::number).into_iter().chain(layouts).collect();
    let head = answer.columns.iter().map(|column| Cell::new(Role::Muted, &column.name));
    let number = numbered.then(|| Cell::new(Role::Muted, "#"));
    let mut rows = vec![number.into_iter().chain(head).collect::<Vec<_>>()];
    for (index, row) in texts(answer, most).iter().enumerate() {
        let number = numbered.then(|| Cell::new(Role::Muted, &index.saturating_add(1).to_string()));
        let cells = row.iter().map(|text| Cell::new(Role::Plain, text));
        rows.push(number.into_iter().chain(cells).collect());
    }
    let width = (!face.wide).then_some(face.width);
    for line in table::lines(face.ink, &columns, &rows, width) {
        page.verbatim(&line);
    }
    page.gap();
    say(face, page, &total(answer.row_count(), most));
}

fn notices(face: &Face, page: &mut Page, answer: &Answer) {
    for said in &answer.notices {
        say(face, page, &notice(*said));
    }
}

fn say(face: &Face, page: &mut Page, message: &impl Message) {
    page.line(0, &face.ink.paint(Role::Muted, &face.words.text(message)));
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
