//! A table in columns of display width, so that Japanese lines up.

use super::ink::{Ink, Painted, Role};
use crate::format::{cut_end, cut_middle, display_width};
use crate::sanitize;

/// Blanks between two columns.
const GAP: usize = 2;

/// How a column is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Column {
    /// Numbers stand to the right.
    pub(super) right: bool,
    /// Where to cut a text that is too long.
    pub(super) cut: Cut,
    /// The column is never made narrower than this, unless its texts are.
    pub(super) least: usize,
}

/// Where to cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cut {
    Never,
    Middle,
    End,
}

/// A text with its look.
pub(super) struct Cell {
    role: Role,
    text: String,
}

impl Column {
    pub(super) const fn fixed() -> Self {
        Self {
            right: false,
            cut: Cut::Never,
            least: 0,
        }
    }

    pub(super) const fn number() -> Self {
        Self {
            right: true,
            cut: Cut::Never,
            least: 0,
        }
    }

    pub(super) const fn flexible(cut: Cut, least: usize) -> Self {
        Self {
            right: false,
            cut,
            least,
        }
    }
}

impl Cell {
    pub(super) fn new(role: Role, text: &str) -> Self {
        Self {
            role,
            text: sanitize::terminal(text),
        }
    }
}

/// The lines of a table in at most `width` columns, as far as the columns can shrink; `None` stands for any width.
pub(super) fn lines(ink: Ink, columns: &[Column], rows: &[Vec<Cell>], width: Option<usize>) -> Vec<Painted> {
    let widths = widths(columns, rows, width);
    rows.iter().map(|row| line(ink, columns, &widths, row)).collect()
}

/// Whether the table can be made to fit into `width` columns.
pub(super) fn fits(columns: &[Column], rows: &[Vec<Cell>], width: usize) -> bool {
    let gaps = GAP * columns.len().saturating_sub(1);
    widths(columns, rows, Some(width)).iter().sum::<usize>() + gaps <= width
}

fn widths(columns: &[Column], rows: &[Vec<Cell>], width: Option<usize>) -> Vec<usize> {
    let natural = |place: usize| {
        rows.iter()
            .filter_map(|row| row.get(place))
            .map(|cell| display_width(&cell.text))
            .max()
            .unwrap_or(0)
    };
    let mut widths: Vec<usize> = (0..columns.len()).map(natural).collect();
    let gaps = GAP * columns.len().saturating_sub(1);
    let room = width.map_or(usize::MAX, |width| width.saturating_sub(gaps));
    while widths.iter().sum::<usize>() > room && shrink_widest(columns, &mut widths) {}
    widths
}

/// Takes one column from the widest that may shrink.
fn shrink_widest(columns: &[Column], widths: &mut [usize]) -> bool {
    let shrinkable = widths
        .iter_mut()
        .zip(columns)
        .filter(|(width, column)| column.cut != Cut::Never && **width > column.least);
    match shrinkable.max_by_key(|(width, _)| **width) {
        Some((width, _)) => {
            *width -= 1;
            true
        }
        None => false,
    }
}

fn line(ink: Ink, columns: &[Column], widths: &[usize], row: &[Cell]) -> Painted {
    let mut line = Painted::default();
    let mut start = 0;
    for ((cell, column), width) in row.iter().zip(columns).zip(widths) {
        let text = match column.cut {
            Cut::Never => cell.text.clone(),
            Cut::Middle => cut_middle(&cell.text, *width),
            Cut::End => cut_end(&cell.text, *width),
        };
        let offset = if column.right {
            width.saturating_sub(display_width(&text))
        } else {
            0
        };
        let gap = if start == 0 { 0 } else { GAP };
        line = line.tab(start + offset, gap.min(start), &ink.paint(cell.role, &text));
        start += width + GAP;
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(texts: [&str; 3]) -> Vec<Cell> {
        texts.into_iter().map(|text| Cell::new(Role::Plain, text)).collect()
    }

    const COLUMNS: [Column; 3] = [Column::fixed(), Column::flexible(Cut::Middle, 6), Column::number()];

    #[test]
    fn japanese_and_ascii_columns_line_up() {
        let rows = [row(["端末", "a", "1"]), row(["host", "日本", "22"])];
        let lines = lines(Ink { color: false }, &COLUMNS, &rows, None);
        let texts: Vec<&str> = lines.iter().map(Painted::as_str).collect();
        assert_eq!(texts, ["端末  a      1", "host  日本  22"]);
    }

    #[test]
    fn the_widest_flexible_column_gives_way() {
        let rows = [row(["203.0.113.77:443", "v10.events.data.microsoft.com", "1.1 MB"])];
        let lines = lines(Ink { color: false }, &COLUMNS, &rows, Some(40));
        assert_eq!(
            lines.first().map(Painted::as_str),
            Some("203.0.113.77:443  v10.eve…ft.com  1.1 MB")
        );
    }
}
