//! The tables that hunting queries see, and the columns of one.

use whotalks_case::tables::hunting::{column_in_japanese, is_microsoft, table_in_japanese};
use whotalks_case::tables::{Column as TableColumn, TableDescription, Unit};

use super::ink::Role;
use super::table::{self, Cell, Column, Cut};
use super::{Face, Page};
use crate::Language;
use crate::messages::SchemaMessage as M;
use crate::schema::kept_name;

/// A text is never cut shorter than this.
const LEAST_TEXT_COLUMNS: usize = 20;

/// All tables.
pub(super) fn tables(face: &Face, tables: &[TableDescription]) -> String {
    let mut page = face.page();
    for (title, of_microsoft) in [(M::OfMicrosoft, true), (M::OfWhotalks, false)] {
        let mut rows = vec![head(face, [M::Table, M::Columns, M::Says])];
        let own = tables.iter().filter(|table| is_microsoft(table.name) == of_microsoft);
        rows.extend(own.map(|table| {
            let count = table.columns.len().to_string();
            vec![
                Cell::new(Role::Plain, table.name),
                Cell::new(Role::Plain, &count),
                Cell::new(Role::Plain, &table_text(face, table)),
            ]
        }));
        page.gap();
        page.line(0, &face.ink.paint(Role::Heading, &face.words.text(&title)));
        let text = Column::flexible(Cut::End, LEAST_TEXT_COLUMNS);
        write(face, &mut page, &[Column::fixed(), Column::number(), text], &rows);
    }
    page.finish()
}

/// The columns of a table.
pub(super) fn columns(face: &Face, table: &TableDescription) -> String {
    let mut page = face.page();
    page.line(0, &face.ink.paint(Role::Heading, table.name));
    page.line(0, &face.ink.plain(&table_text(face, table)));
    page.gap();
    let mut rows = vec![head(face, [M::Column, M::Type, M::Unit, M::Says])];
    rows.extend(table.columns.iter().map(|column| row(face, table, column)));
    let text = Column::flexible(Cut::End, LEAST_TEXT_COLUMNS);
    write(
        face,
        &mut page,
        &[Column::fixed(), Column::fixed(), Column::fixed(), text],
        &rows,
    );
    if table.columns.iter().any(|column| column.added) {
        page.gap();
        page.line(0, &face.ink.paint(Role::Muted, &face.words.text(&M::Added)));
    }
    page.finish()
}

fn row(face: &Face, table: &TableDescription, column: &TableColumn) -> Vec<Cell> {
    let mark = if column.added { "+ " } else { "" };
    let text = match face.words.language() {
        Language::English => column.doc.clone(),
        Language::Japanese => column_in_japanese(table.name, kept_name(column))
            .unwrap_or_default()
            .to_owned(),
    };
    let unit = unit(column.unit).map(|unit| face.words.text(&unit)).unwrap_or_default();
    vec![
        Cell::new(Role::Plain, &format!("{mark}{}", column.name)),
        Cell::new(Role::Plain, column.kusto.name()),
        Cell::new(Role::Plain, &unit),
        Cell::new(Role::Plain, &text),
    ]
}

fn unit(unit: Unit) -> Option<M> {
    match unit {
        Unit::None => None,
        Unit::Bytes => Some(M::Bytes),
        Unit::Packets => Some(M::Packets),
        Unit::Nanoseconds => Some(M::Nanoseconds),
        Unit::Seconds => Some(M::Seconds),
    }
}

fn table_text(face: &Face, table: &TableDescription) -> String {
    match face.words.language() {
        Language::English => table.doc.clone(),
        Language::Japanese => table_in_japanese(table.name).unwrap_or_default().to_owned(),
    }
}

fn head<const N: usize>(face: &Face, titles: [M; N]) -> Vec<Cell> {
    let cell = |title: &M| Cell::new(Role::Muted, &face.words.text(title));
    titles.iter().map(cell).collect()
}

fn write(face: &Face, page: &mut Page, columns: &[Column], rows: &[Vec<Cell>]) {
    let width = (!face.wide).then_some(face.width);
    for line in table::lines(face.ink, columns, rows, width) {
        page.verbatim(&line);
    }
}
